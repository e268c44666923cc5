"""Messages that ask both sides for an evaluation, and that one has arrived."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.internships.dates import working_day_from
from backend.internships.models import Evaluation
from backend.internships.notifications.audiences import SIDE_OF, morning_of
from backend.participants.audiences import coach, contacts, person


def _side_has_not_evaluated(message: OutboxMessage) -> bool:
    return (
        Evaluation.objects.unanswered().filter(pk=message.subject_id, side=SIDE_OF[message.audience]).exists()
    )


EVALUATION_ASKED = outbox.register(
    outbox.MessageKind(
        "evaluation_asked",
        _("Thank you – how was it?"),
        _side_has_not_evaluated,
        audiences=(
            contacts(via="workplaces__internships__evaluations", about="internships__evaluations"),
            person(via="internships__evaluations"),
        ),
        by_sms=True,
    )
)


def _not_looked_at(message: OutboxMessage) -> bool:
    return Evaluation.objects.to_look_at().filter(pk=message.subject_id).exists()


EVALUATED = outbox.register(
    outbox.MessageKind(
        "evaluation_answered",
        _("An evaluation has arrived"),
        _not_looked_at,
        audiences=(coach(via="internships__evaluations"),),
    )
)
ASKED_AGAIN_AFTER = (timedelta(days=4), timedelta(days=11))
"""So long after the end who has not answered is reminded; after the last the coach calls."""


def ask_evaluation(evaluation: Evaluation, *, at: datetime) -> None:
    """Queue the question to the side, and the reminders, which are held against the answer when sent."""
    path = reverse("internships:evaluation_answer", args=[evaluation.pk])
    outbox.enqueue(EVALUATION_ASKED, about=evaluation, step="asked", path=path, at=at)
    for n, later in enumerate(ASKED_AGAIN_AFTER, start=1):
        due_at = morning_of(working_day_from(day_of(at) + later))
        outbox.enqueue(
            EVALUATION_ASKED, about=evaluation, step=f"reminder {n}", path=path, at=at, due_at=due_at
        )


def tell_of_evaluation(evaluation: Evaluation, *, at: datetime) -> None:
    """Queue to the coach that an answer has arrived."""
    path = reverse("internships:evaluation_answer", args=[evaluation.pk])
    outbox.enqueue(EVALUATED, about=evaluation, step="answered", path=path, at=at)
