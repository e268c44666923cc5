"""Who answers for a case today: the one place that says so, for messages, days and pages alike."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.accounts.enums import Role
from backend.accounts.models import Assignment, User
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant, ParticipantQuerySet


def who_acts(participant: Participant) -> list[User]:
    """Return who can act in the case today: its coach, else the unit's managers, else the administrators.

    Of a protected identity only the named handlers can; where none of them is left, an administrator has to
    see to it that there is one.
    """
    staff = User.objects.filter(is_active=True).order_by("pk")
    in_unit = {"assignments__unit": participant.unit_id, "assignments__ended_on": None}
    if participant.is_protected:
        staff = staff.filter(pk__in=participant.handlers.order_by().values("pk"))
    coach = staff.filter(pk=participant.coach_id, assignments__role=Role.COACH, **in_unit)
    managers = staff.filter(assignments__role=Role.MANAGER, **in_unit)
    handlers = staff.filter(**in_unit) if participant.is_protected else staff.none()
    for people in (coach, managers, handlers):
        if found := list(people.distinct()):
            return found
    return administrators_for(participant)


def administrators_for(participant: Participant) -> list[User]:
    """Return who administers the municipality of the case."""
    held = Assignment.objects.filter(
        municipality=participant.unit.municipality_id, role=Role.ADMINISTRATOR, ended_on=None
    )
    return list(User.objects.filter(is_active=True, pk__in=held.order_by().values("user")).order_by("pk"))


def without_coach(cases: ParticipantQuerySet) -> ParticipantQuerySet:
    """Keep the cases whose coach works in the unit no more, or has no account any more."""
    acting = Assignment.objects.filter(
        user=OuterRef("coach"),
        unit=OuterRef("unit"),
        role=Role.COACH,
        ended_on__isnull=True,
        user__is_active=True,
    )
    return cases.filter(~Exists(acting))


def awaiting_coach(user: User) -> ParticipantQuerySet:
    """Return the cases to which `user` is to give a coach: as the unit's manager, or as a named handler."""
    mine = Q(unit__in=user.unit_ids(Role.MANAGER)) | Q(is_protected=True)
    return without_coach(Participant.objects.visible_to(user).filter(mine))


def handled_without_coach(user: User) -> ParticipantQuerySet:
    """Return the protected identities that `user` handles and nobody coaches."""
    handled = Participant.objects.visible_to(user).filter(is_protected=True)
    return without_coach(handled).exclude(state=ParticipantState.ENDED)


def without_anybody(cases: ParticipantQuerySet) -> ParticipantQuerySet:
    """Keep the cases that have no coach, in units where nobody could name one."""
    in_unit = {"unit": OuterRef("unit"), "ended_on": None, "user__is_active": True}
    manager = Assignment.objects.filter(role=Role.MANAGER, **in_unit)
    handler = Assignment.objects.filter(user__in=_handlers_of(OuterRef(OuterRef("pk"))), **in_unit)
    nobody = Q(~Exists(manager), is_protected=False) | Q(~Exists(handler), is_protected=True)
    return without_coach(cases.filter(nobody))


def _handlers_of(participant: OuterRef) -> QuerySet[Any, Any]:
    handlers = Participant.handlers.through._default_manager.filter(participant=participant)
    return handlers.values("user")
