"""What managers are asked to decide, and what they have decided, as messages."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.internships.enums import OPEN_INTERNSHIPS
from backend.internships.models import Extension, Internship, ManagerDecision
from backend.internships.notifications.audiences import COACH, is_in
from backend.participants.audiences import coach, managers


def _not_decided(message: OutboxMessage) -> bool:
    return Internship.objects.awaiting_manager().filter(pk=message.subject_id).exists()


DECISION_WANTED = outbox.register(
    outbox.MessageKind(
        "decision_wanted",
        _("A placement waits for your decision"),
        _not_decided,
        audiences=(managers(via="internships"),),
        is_urgent=True,
    )
)


def _extension_waits(message: OutboxMessage) -> bool:
    return Extension.objects.awaiting_manager().filter(pk=message.subject_id).exists()


def _extension_pending(message: OutboxMessage) -> bool:
    return Extension.objects.pending().filter(pk=message.subject_id).exists()


EXTENSION_ASKED = outbox.register(
    outbox.MessageKind(
        "extension_asked",
        _("An extension waits for your decision"),
        _extension_waits,
        audiences=(managers(via="internships__extensions"),),
        is_urgent=True,
    )
)
EXTENSION_DECIDED = outbox.register(
    outbox.MessageKind(
        "extension_decided",
        _("The manager has decided about an extension"),
        _extension_pending,
        audiences=(coach(via="internships__extensions"),),
    )
)
DECIDED = outbox.register(
    outbox.MessageKind(
        "objection_decided",
        _("The manager has decided about a placement"),
        is_in(*OPEN_INTERNSHIPS),
        audiences=(COACH,),
    )
)


def ask_managers(internship: Internship, *, at: datetime) -> None:
    """Queue to the managers of the participant's unit that the union objects and that they decide."""
    path = reverse("internships:objection_decide", args=[internship.pk])
    outbox.enqueue(DECISION_WANTED, about=internship, step="objection", path=path, at=at)


def tell_of_gates(internship: Internship, *, at: datetime) -> None:
    """Queue to the managers of the participant's unit that a gate arose in a placement that goes on."""
    path = reverse("internships:objection_decide", args=[internship.pk])
    outbox.enqueue(DECISION_WANTED, about=internship, step=f"gates {day_of(at)}", path=path, at=at)


def tell_decided(internship: Internship, decision: ManagerDecision, *, at: datetime) -> None:
    """Queue to the coach that a manager has decided about the union's objection."""
    path, step = internship.get_absolute_url(), str(decision.pk)
    outbox.enqueue(DECIDED, about=internship, step=step, path=path, at=at)


def ask_about_extension(wanted: Extension, *, at: datetime) -> None:
    """Queue to the managers of the participant's unit that an extension waits for them."""
    path = reverse("internships:extension_decide", args=[wanted.pk])
    outbox.enqueue(EXTENSION_ASKED, about=wanted, step="asked", path=path, at=at)


def tell_extension_decided(wanted: Extension, decision: ManagerDecision, *, at: datetime) -> None:
    """Queue to the coach that a manager has decided about an extension."""
    path, step = wanted.internship.get_absolute_url(), str(decision.pk)
    outbox.enqueue(EXTENSION_DECIDED, about=wanted, step=step, path=path, at=at)
