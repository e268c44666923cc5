"""Messages that ask how an internship goes."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.internships.enums import BEGAN, InternshipState
from backend.internships.models import FollowUp
from backend.internships.notifications.audiences import SIDE_OF, morning_of
from backend.participants.audiences import coach, contacts, person


def _follow_ups(message: OutboxMessage) -> QuerySet[FollowUp]:
    # A pause is silent: what fell in it has been moved, and has a message of its own.
    ongoing = [state for state in BEGAN if state != InternshipState.PAUSED]
    due = FollowUp.objects.still_open().filter(pk=message.subject_id, internship__state__in=ongoing)
    # Moved to a later day since: that day has a message of its own.
    return due.filter(due_on__lte=day_of(message.wanted_at))


def _side_has_not_answered(message: OutboxMessage) -> bool:
    # Moved to a later day since: that day has a message of its own.
    side, day = SIDE_OF[message.audience], day_of(message.wanted_at)
    return FollowUp.objects.filter(pk=message.subject_id).waiting_for(side, on=day).exists()


def _not_closed(message: OutboxMessage) -> bool:
    return _follow_ups(message).exists()


FOLLOW_UP_ASKED = outbox.register(
    outbox.MessageKind(
        "follow_up_asked",
        _("How is the internship going?"),
        _side_has_not_answered,
        audiences=(
            contacts(via="workplaces__internships__follow_ups", about="internships__follow_ups"),
            person(via="internships__follow_ups"),
        ),
        is_needed=True,
        by_sms=True,
    )
)
FOLLOW_UP_DUE = outbox.register(
    outbox.MessageKind(
        "follow_up_due",
        _("It is time for a follow-up"),
        _not_closed,
        audiences=(coach(via="internships__follow_ups"),),
    )
)


def _is_red(message: OutboxMessage) -> bool:
    return FollowUp.objects.still_open().red().filter(pk=message.subject_id).exists()


FOLLOW_UP_RED = outbox.register(
    outbox.MessageKind(
        "follow_up_red",
        _("It is not going well in an internship"),
        _is_red,
        audiences=(coach(via="internships__follow_ups"),),
        is_urgent=True,
    )
)


def tell_of_red(follow_up: FollowUp, what: str, *, at: datetime) -> None:
    """Queue to the coach at once that a side says that it goes badly, or wants a call (`what`)."""
    path = reverse("internships:follow_up_answer", args=[follow_up.pk])
    outbox.enqueue(FOLLOW_UP_RED, about=follow_up, step=f"red {what}", path=path, at=at)


def ask_follow_ups(follow_ups: Iterable[FollowUp], *, at: datetime) -> None:
    """Queue the questions of follow-ups for the mornings on which they fall due."""
    for follow_up in follow_ups:
        path = reverse("internships:follow_up_answer", args=[follow_up.pk])
        due_at = morning_of(follow_up.due_on)
        step = f"due {follow_up.due_on}"
        for kind in (FOLLOW_UP_ASKED, FOLLOW_UP_DUE):
            outbox.enqueue(kind, about=follow_up, step=step, path=path, at=at, due_at=due_at)
