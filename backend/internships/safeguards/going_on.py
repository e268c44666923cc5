"""What puts a planned or ongoing internship in question: the same reasons for service, page, message and day.

`doubts` judges a row that is read; `InternshipQuerySet.in_question` says the same of many in SQL.
"""

from datetime import date
from enum import Enum, auto

from backend.core.writing.refusals import Refusal
from backend.internships.enums import (
    OPEN_INTERNSHIPS,
    UNDER_WAY,
    ConsultationOutcome,
    InternshipState,
    WayIn,
)
from backend.internships.models import Internship
from backend.internships.refusals import InternshipRefusal
from backend.internships.safeguards.refusals import PlacementRefusal
from backend.participants.enums import ParticipantState


def lacks_consent(internship: Internship, *, day: date) -> bool:
    """Tell whether what was released for the placement may not be told on `day`."""
    consent = internship.standing_consent
    if consent is None:
        return internship.way_in != WayIn.EARLIER
    return not consent.holds_on(day)


class Objection(Enum):
    """Why a planned placement is kept from starting, by the union or by a gate."""

    UNDECIDED = auto()
    UPHELD = auto()


def may_be_decided(internship: Internship) -> bool:
    """Tell whether a manager decides about it, once or anew: it is held back, or a gate has arisen."""
    if internship.state in UNDER_WAY:
        return internship.gates_noticed_at is not None
    is_held = internship.union_outcome == ConsultationOutcome.OBJECTION or bool(internship.gates)
    return is_held and internship.state == InternshipState.PLANNED


def objection_of(internship: Internship, *, decided: bool | None) -> Objection | None:
    """Return how what holds it back stands; `decided`: the newest decision that counts, None before one."""
    if decided or not may_be_decided(internship):
        return None
    return Objection.UNDECIDED if decided is None else Objection.UPHELD


def may_start(internship: Internship, *, day: date) -> bool:
    """Tell whether nothing that is known of the row itself keeps it from starting."""
    employer = internship.workplace.employer
    return not lacks_consent(internship, day=day) and employer.is_in_good_standing_on(day)


def doubts(internship: Internship, *, day: date) -> list[Refusal]:
    """Return why an internship that is planned or ongoing cannot simply go on; nothing about any other."""
    if internship.state not in OPEN_INTERNSHIPS:
        return []
    reasons: list[Refusal] = []
    if not internship.participant.is_findable:
        reasons.append(InternshipRefusal.PROTECTED)
    elif lacks_consent(internship, day=day):
        reasons.append(InternshipRefusal.NO_CONSENT)
    if not internship.workplace.employer.is_in_good_standing_on(day):
        reasons.append(PlacementRefusal.EMPLOYER_NOT_IN_GOOD_STANDING)
    if internship.participant.state == ParticipantState.EMPLOYED:
        reasons.append(InternshipRefusal.HAS_A_JOB)
    return reasons
