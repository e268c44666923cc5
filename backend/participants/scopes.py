"""Whom the matcher may see, for each reader: the people and the cache key in one, so that they cannot part.

A protected identity is in none of them. All people of the same units are one choice, whoever asks.
"""

from collections.abc import Iterable
from uuid import UUID

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.scopes import Scope, only_one
from backend.participants.models import Participant, ParticipantQuerySet

People = Scope[ParticipantQuerySet]


def listed_people(user: User) -> People:
    """Return who may stand in a list that `user` reads, as a coach or a manager."""
    return _of_units(user.unit_ids(Role.COACH, Role.MANAGER), user)


def matched_people(coach: User) -> People:
    """Return whom `coach` may propose: the people of the units in which the user is a coach now."""
    return _of_units(coach.unit_ids(Role.COACH), coach)


def own_people(coach: User) -> People:
    """Return whom `coach` answers for, in the units in which the user is a coach now."""
    theirs = matched_people(coach)
    return People(theirs.rows.filter(coach=coach), ("coach", coach.pk, theirs.key), theirs.municipality)


def people_of_municipality(municipality_id: UUID) -> People:
    """Return the people of a municipality, for whoever runs the house and reads references only."""
    people = Participant.objects.findable().filter(unit__municipality=municipality_id)
    return People(people, ("municipality", municipality_id), municipality_id)


def _of_units(units: Iterable[UUID], user: User) -> People:
    keys = frozenset(units)
    municipalities = {each.municipality_id for each in user.current_assignments if each.unit_id in keys}
    return People(
        Participant.objects.findable().filter(unit__in=keys), ("units", keys), only_one(municipalities)
    )
