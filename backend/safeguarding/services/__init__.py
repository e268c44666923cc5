"""Every write about reviews of employers."""

from backend.safeguarding.services.appeals import appeal, close_after_time, decide_appeal
from backend.safeguarding.services.reviews import (
    add_evidence,
    ask_reply,
    decide_review,
    dismiss_review,
    leave_unanswered,
    open_review,
    reply_to_review,
)
from backend.safeguarding.services.signals import notice_signals

__all__ = [
    "add_evidence",
    "appeal",
    "ask_reply",
    "close_after_time",
    "decide_appeal",
    "decide_review",
    "dismiss_review",
    "leave_unanswered",
    "notice_signals",
    "open_review",
    "reply_to_review",
]
