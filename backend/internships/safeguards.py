"""What must hold before anybody is placed anywhere. Every path that creates a placement asks here."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from backend.core.writing.refusals import Reason, Refused
from backend.employers.models import Employer
from backend.employers.services import obstacles
from backend.internships.enums import InternshipState
from backend.internships.models import Internship, PlacementRule
from backend.internships.refusals import PlacementRefusal


def check_placement(internship: Internship, *, today: date) -> None:
    """Raise Refused with every reason why the placement must not be.

    The grounds follow 2000:628 §§ 9a-9c for the employer, and 2007:813 and 2007:414 for the length.
    """
    reasons = [
        *_missing_basis(internship),
        *_employer_refused(internship.workplace.employer, today=today),
        *_against_its_rule(internship),
    ]
    if reasons:
        raise Refused.for_reasons(reasons)


def _missing_basis(internship: Internship) -> Iterator[PlacementRefusal]:
    if not (internship.decided_by and internship.decision_reference.strip()):
        yield PlacementRefusal.NO_DECISION
    if not internship.insurance:
        yield PlacementRefusal.NO_INSURANCE
    if not internship.supervisor_name.strip():
        yield PlacementRefusal.NO_SUPERVISOR
    if not internship.union_outcome:
        yield PlacementRefusal.UNION_NOT_ASKED


def _employer_refused(employer: Employer, *, today: date) -> Iterator[Reason | PlacementRefusal]:
    if not employer.is_in_good_standing:
        yield PlacementRefusal.EMPLOYER_NOT_IN_GOOD_STANDING
    for obstacle in obstacles(employer=employer, on=today):
        yield Reason(PlacementRefusal.EMPLOYER_CHECK, {"obstacle": obstacle})


def _against_its_rule(internship: Internship) -> Iterator[Reason | PlacementRefusal]:
    rule = rule_on(internship.kind, internship.starts_on)
    if rule is None:
        yield PlacementRefusal.NO_RULE
        return
    if not rule.employer_chooses and internship.proposal_id:
        yield PlacementRefusal.EMPLOYER_HAS_NO_SAY
    if rule.longest_days and days_so_far(internship) + _days(internship) > rule.longest_days:
        yield Reason(PlacementRefusal.TOO_LONG, {"days": rule.longest_days})


def rule_on(kind: str, day: date) -> PlacementRule | None:
    """Return the rule of a kind of placement that is in force on `day`, if any."""
    in_force = PlacementRule.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day
    )
    return in_force.filter(kind=kind).order_by("-valid_from").first()


def days_so_far(internship: Internship) -> int:
    """Return the calendar days that the person has had at the employer in this kind of placement."""
    earlier = Internship.objects.filter(
        participant=internship.participant_id,
        workplace__employer=internship.workplace.employer_id,
        kind=internship.kind,
    ).exclude(pk=internship.pk)
    earlier = earlier.exclude(state=InternshipState.CANCELLED)
    return sum(_days(each) for each in earlier.order_by("pk"))


def _days(internship: Internship) -> int:
    first = internship.started_on or internship.starts_on
    last = internship.ended_on or internship.ends_on
    return (last - first + timedelta(days=1)).days
