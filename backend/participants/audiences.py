"""Who in a case is told of something; asked when the message is delivered.

`via` is the way from a participant to what the message is about, as a query follows it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core.models import OutboxMessage
from backend.core.outbox import Audience, Receiver
from backend.employers.audiences import contacts as contacts_of_employer
from backend.participants.models import Participant
from backend.participants.responsible import who_acts

PARTICIPANT = "participant"


def coach(*, via: str) -> Audience:
    """Return the coach of the case, or who else can act in it today; see `who_acts`."""

    def receivers(message: OutboxMessage) -> Iterator[Receiver]:
        for participant in _cases(via, message):
            for user in who_acts(participant):
                # Whoever stands in may not open every page of a coach; their own day says what to do.
                is_coach = user.pk == participant.coach_id
                yield Receiver(user, "" if is_coach else resolve_url(settings.LOGIN_REDIRECT_URL))

    return Audience("coach", receivers, _("the job coach"), _municipality(via), (Persona.STAFF,))


def person(*, via: str) -> Audience:
    """Return the participant, who may have no account."""

    def receivers(message: OutboxMessage) -> list[Receiver]:
        return [Receiver(each.user) for each in _cases(via, message) if each.user]

    persona = (Persona.PARTICIPANT,)
    return Audience(PARTICIPANT, receivers, _("the participant"), _municipality(via), persona)


def contacts(*, via: str, about: str) -> Audience:
    """Return those who answer for the employer, as long as it may know of the person.

    `via` leads from the employer and `about` from the participant; a protected identity is told of to nobody.
    """
    theirs = contacts_of_employer(via=via)

    def receivers(message: OutboxMessage) -> list[Receiver]:
        known = Participant.objects.findable().filter(**{about: message.subject_id})
        return list(theirs.receivers(message)) if known.exists() else []

    return replace(theirs, receivers=receivers)


def managers(*, via: str) -> Audience:
    """Return the managers of the participant's unit."""

    def receivers(message: OutboxMessage) -> list[Receiver]:
        units = [each.unit_id for each in _cases(via, message)]
        held = {"assignments__role": Role.MANAGER, "assignments__ended_on": None}
        found = User.objects.filter(assignments__unit__in=units, is_active=True, **held)
        return [Receiver(user) for user in found.order_by("pk").distinct()]

    return Audience(
        "managers", receivers, _("the managers of the unit"), _municipality(via), (Persona.STAFF,)
    )


def _municipality(via: str) -> Callable[[OutboxMessage], UUID | None]:
    """Return what tells in whose tenant the participant of a message is."""

    def municipality(message: OutboxMessage) -> UUID | None:
        units = Participant.objects.filter(**{via: message.subject_id}).order_by("pk")
        return units.values_list("unit__municipality", flat=True).first()

    return municipality


def _cases(via: str, message: OutboxMessage) -> list[Participant]:
    found = Participant.objects.filter(**{via: message.subject_id})
    return list(found.select_related("coach", "unit", "user").distinct())
