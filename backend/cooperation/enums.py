"""How what is released to an agency gets there, and the states of a case review."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from backend.core.writing.lifecycle import Lifecycle


class ReadHow(TextChoices):
    """How somebody at an agency came to read a package."""

    PAGE = "page", _("In Praktikbron")
    PDF = "pdf", _("As a PDF")
    JSON = "json", _("As a file for programs")
    PAPER = "paper", _("On paper, noted by hand")


class InterventionKind(TextChoices):
    """What was done for a person. Kinds of work and learning alone: nothing here tells of health."""

    WORK_TRAINING = "work_training", _("Work training")
    COURSE = "course", _("Course")
    SWEDISH = "swedish", _("Swedish lessons")
    JOB_SEARCH = "job_search", _("Help to look for work")
    PLACEMENT = "placement", _("Time at a workplace")
    REHABILITATION = "rehabilitation", _("Work rehabilitation")
    GUIDANCE = "guidance", _("Guidance")
    OTHER = "other", _("Something else")


class WhyEnded(TextChoices):
    """Why an effort ended."""

    AS_PLANNED = "as_planned", _("As planned")
    WORK_OR_STUDIES = "work_or_studies", _("Got work or studies")
    DID_NOT_FIT = "did_not_fit", _("It did not fit")
    MOVED = "moved", _("Moved away")
    NO_FUNDING = "no_funding", _("The money or the time ran out")
    OTHER = "other", _("Another reason")
    NOT_KNOWN = "not_known", _("Not known")


class ToldBy(TextChoices):
    """Who has told of an effort."""

    PERSON = "person", _("The person")
    AGENCY = "agency", _("The agency, with the person's leave")


class CaseReviewState(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CLOSED = "closed", _("Minutes closed")
    CALLED_OFF = "called_off", _("Called off")


OPEN_REVIEWS = (CaseReviewState.PLANNED, CaseReviewState.HELD)
"""In these states people are put on the agenda."""

CASE_REVIEW_LIFECYCLE = Lifecycle(
    moves={
        CaseReviewState.PLANNED: frozenset({CaseReviewState.HELD, CaseReviewState.CALLED_OFF}),
        CaseReviewState.HELD: frozenset({CaseReviewState.CLOSED}),
    },
    steps=(CaseReviewState.PLANNED, CaseReviewState.HELD, CaseReviewState.CLOSED),
)
