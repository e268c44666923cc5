"""What puts a planned or ongoing internship in question: the same reasons for service, page, message and day.

`doubts` judges a row that is read; `InternshipQuerySet.in_question` says the same of many in SQL.
"""

from datetime import date

from backend.core.writing.refusals import Refusal
from backend.internships.models import Internship
from backend.internships.refusals import InternshipRefusal, PlacementRefusal
from backend.participants.enums import ParticipantState


def lacks_consent(internship: Internship, *, day: date) -> bool:
    """Tell whether what was released for the placement may not be told on `day`."""
    proposal = internship.proposal
    return proposal is not None and (proposal.consent is None or not proposal.consent.holds_on(day))


def doubts(internship: Internship, *, day: date) -> list[Refusal]:
    """Return why an internship that is planned or ongoing cannot simply go on."""
    reasons: list[Refusal] = []
    if not internship.participant.is_findable:
        reasons.append(InternshipRefusal.PROTECTED)
    elif lacks_consent(internship, day=day):
        reasons.append(InternshipRefusal.NO_CONSENT)
    if not internship.workplace.employer.is_in_good_standing:
        reasons.append(PlacementRefusal.EMPLOYER_NOT_IN_GOOD_STANDING)
    if internship.participant.state == ParticipantState.EMPLOYED:
        reasons.append(InternshipRefusal.HAS_A_JOB)
    return reasons
