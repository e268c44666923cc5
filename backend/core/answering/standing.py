"""Whether a question still stands for whoever got it by mail."""

from datetime import datetime

from backend.core.answering.questions import Question
from backend.core.models import Delivery
from backend.core.outbox.kinds import kinds


def is_still_asked(delivery: Delivery, question: Question, *, at: datetime) -> bool:
    """Tell whether the receiver can answer by the link at `at`: in time, not yet answered, and still asked.

    Who is asked is asked anew: whoever has left the case has nothing to answer.
    """
    if delivery.answered_at is not None or at >= delivery.created_at + question.good_for:
        return False
    kind = kinds[delivery.message.kind]
    if not kind.is_due(delivery.message):
        return False
    return any(each.user.pk == delivery.recipient_id for each in kind.receivers_of(delivery.message))
