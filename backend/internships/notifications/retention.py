"""Messages that ask whether a job lasts, and that one has not."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.internships.dates import working_day_from
from backend.internships.enums import RetentionAnswer
from backend.internships.models import RetentionCheck
from backend.internships.models.employments import RetentionCheckQuerySet
from backend.internships.notifications.audiences import SIDE_OF, morning_of
from backend.participants.audiences import coach, contacts, person


def _checks(message: OutboxMessage) -> RetentionCheckQuerySet:
    due = RetentionCheck.objects.filter(pk=message.subject_id)
    # Moved to a later day since: that day has a message of its own.
    return due.filter(due_on__lte=day_of(message.wanted_at))


def _not_answered(message: OutboxMessage) -> bool:
    return _checks(message).unanswered().exists()


RETENTION_DUE = outbox.register(
    outbox.MessageKind(
        "retention_due",
        _("It is time to ask how the job lasts"),
        _not_answered,
        audiences=(coach(via="employments__retention_checks"),),
    )
)


def _side_has_not_replied(message: OutboxMessage) -> bool:
    side, day = SIDE_OF[message.audience], day_of(message.wanted_at)
    return _checks(message).waiting_for(side, on=day).exists()


RETENTION_ASKED = outbox.register(
    outbox.MessageKind(
        "retention_asked",
        _("Does the job go on?"),
        _side_has_not_replied,
        audiences=(
            contacts(via="employments__retention_checks", about="employments__retention_checks"),
            person(via="employments__retention_checks"),
        ),
    )
)


def _is_lost(message: OutboxMessage) -> bool:
    said_no = RetentionCheck.objects.filter(pk=message.subject_id, replies__answer=RetentionAnswer.NO)
    return said_no.filter(employment__ends_on=None, employment__struck_at=None).exists()


JOB_LOST = outbox.register(
    outbox.MessageKind(
        "job_lost",
        _("A job has not lasted"),
        _is_lost,
        audiences=(coach(via="employments__retention_checks"),),
        is_urgent=True,
    )
)
COACH_ASKS_AFTER = timedelta(days=5)
"""So long the two sides have to answer for themselves before the coach is told to ask."""


def tell_of_lost_job(check: RetentionCheck, *, at: datetime) -> None:
    """Queue to the coach that somebody says that the job is no more."""
    path = reverse("internships:employment_detail", args=[check.employment_id])
    outbox.enqueue(JOB_LOST, about=check, step="lost", path=path, at=at)


def ask_retention(check: RetentionCheck, *, at: datetime) -> None:
    """Queue the question to both sides for the morning on which it falls due, and to the coach days later."""
    step, due_at = f"due {check.due_on}", morning_of(working_day_from(check.due_on))
    own = reverse("internships:retention_reply", args=[check.pk])
    outbox.enqueue(RETENTION_ASKED, about=check, step=step, path=own, at=at, due_at=due_at)
    path = reverse("internships:retention_answer", args=[check.pk])
    later = morning_of(working_day_from(check.due_on + COACH_ASKS_AFTER))
    outbox.enqueue(RETENTION_DUE, about=check, step=step, path=path, at=at, due_at=later)
