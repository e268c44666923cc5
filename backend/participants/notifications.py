"""Messages about a participant's own affairs. None carries personal data: they say where to read."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core.models import OutboxMessage
from backend.core.outbox import MessageKind, enqueue, register
from backend.participants.audiences import coach, person
from backend.participants.enums import ConsentEnd
from backend.participants.models import Consent, Participant


def _is_first_visit(message: OutboxMessage) -> bool:
    """The participant has an account, and its owner has not been here yet."""
    participants = Participant.objects.filter(pk=message.subject_id, user__isnull=False)
    return participants.filter(user__last_login__isnull=True).exists()


def _is_taken_back(message: OutboxMessage) -> bool:
    """The consent is still taken back."""
    return Consent.objects.filter(pk=message.subject_id, end_reason=ConsentEnd.WITHDRAWN).exists()


INVITED = register(
    MessageKind(
        name="participant_invited",
        subject=_("You can sign in to Praktikbron"),
        is_due=_is_first_visit,
        audiences=(person(via="pk"),),
        is_urgent=True,
    )
)
WITHDRAWN = register(
    MessageKind(
        name="consent_withdrawn",
        subject=_("A consent was taken back"),
        is_due=_is_taken_back,
        audiences=(coach(via="consents"),),
        is_urgent=True,
    )
)


def tell_of_invitation(participant: Participant, *, at: datetime) -> None:
    """Queue the invitation to the participant's account, once a minute at most."""
    if participant.user:
        step = f"{at:%Y-%m-%dT%H:%M}"
        path = reverse("participants:my_data")
        enqueue(INVITED, about=participant, step=step, path=path, at=at)


def tell_coach_of_withdrawal(consent: Consent, *, at: datetime) -> None:
    """Queue a message to the coach that a participant has taken a consent back."""
    participant = consent.participant
    path = participant.get_absolute_url()
    enqueue(WITHDRAWN, about=consent, step="withdrawn", path=path, at=at)
