"""States of a review, and what it can rest on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from backend.core.writing.lifecycle import Lifecycle


class ReviewState(TextChoices):
    PROPOSED = "proposed", _("Proposed by a signal")
    OPEN = "open", _("Being looked into")
    REPLY_ASKED = "reply_asked", _("Waits for the employer's reply")
    REPLIED = "replied", _("The employer has replied")
    UNANSWERED = "unanswered", _("No reply in time")
    DECIDED = "decided", _("Decided")
    APPEALED = "appealed", _("Appealed")
    CLOSED = "closed", _("Closed")
    DISMISSED = "dismissed", _("Dismissed")


HEARD = (ReviewState.REPLIED, ReviewState.UNANSWERED)
"""The employer has replied, or had its time: now it can be decided."""
UNDECIDED = (ReviewState.PROPOSED, ReviewState.OPEN, ReviewState.REPLY_ASKED, *HEARD)
MAY_REPLY = (ReviewState.REPLY_ASKED, ReviewState.UNANSWERED)
FOR_MANAGER = (ReviewState.PROPOSED, ReviewState.OPEN, *HEARD, ReviewState.APPEALED)
"""In these states a review waits for a manager."""

REVIEW_LIFECYCLE = Lifecycle(
    moves={
        ReviewState.PROPOSED: frozenset({ReviewState.OPEN, ReviewState.DISMISSED}),
        ReviewState.OPEN: frozenset({ReviewState.REPLY_ASKED, ReviewState.DISMISSED}),
        ReviewState.REPLY_ASKED: frozenset({*HEARD, ReviewState.DISMISSED}),
        ReviewState.REPLIED: frozenset({ReviewState.DECIDED, ReviewState.DISMISSED}),
        ReviewState.UNANSWERED: frozenset({ReviewState.REPLIED, ReviewState.DECIDED, ReviewState.DISMISSED}),
        ReviewState.DECIDED: frozenset({ReviewState.APPEALED, ReviewState.CLOSED}),
        ReviewState.APPEALED: frozenset({ReviewState.CLOSED}),
    },
    steps=(ReviewState.OPEN, ReviewState.REPLY_ASKED, ReviewState.REPLIED, ReviewState.DECIDED),
)


class EvidenceKind(TextChoices):
    CONCERN = "concern", _("A concern")
    SIGNAL = "signal", _("A signal")
    NOTE = "note", _("What staff have seen")


class Signal(TextChoices):
    """What the figures can tell of a workplace; each is one question to the database (safeguards.signals)."""

    SAME_TASKS = "same_tasks", _("One after another has had the same tasks, and nobody was hired")
    PER_EMPLOYEE = "per_employee", _("Many interns for the number of employees")
    PER_SUPERVISOR = "per_supervisor", _("Many interns for one supervisor")
    EARLY_ENDINGS = "early_endings", _("Internships that ended early because of the workplace")
    AT_EMPLOYER = "at_employer", _("Somebody has been at the employer for more days than the rule allows")
    NOTHING_NEW = "nothing_new", _("Longer and longer with the same tasks")
    REDUNDANCIES = "redundancies", _("People who worked here were given notice lately")
    BACKDATED = "backdated", _("Placements that were written down long after their first day")
    JOB_SEEKING = "job_seeking", _("Hours that leave no time to look for work")
