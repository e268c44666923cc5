"""What must hold before anybody is placed anywhere. Every path that creates a placement asks here."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from backend.employers.models import Employer
from backend.employers.services import obstacles
from backend.internships.enums import InternshipState
from backend.internships.models import Internship, PlacementRule


def check_placement(internship: Internship, *, today: date) -> None:
    """Raise ValidationError with every reason why the placement must be refused, in words.

    The grounds follow 2000:628 §§ 9a-9c for the employer, and 2007:813 and 2007:414 for the length.
    """
    reasons = [
        *_missing_basis(internship),
        *_employer_refused(internship.workplace.employer, today=today),
        *_against_its_rule(internship),
    ]
    if reasons:
        raise ValidationError(reasons)


def _missing_basis(internship: Internship) -> Iterator[str]:
    if not (internship.decided_by and internship.decision_reference.strip()):
        yield _("State who decided on the placement and the reference of the decision.")
    if not internship.insurance:
        yield _("State which insurance covers the participant.")
    if not internship.supervisor_name.strip():
        yield _("Name the supervisor.")
    if not internship.union_outcome:
        yield _("State when the union was asked and what it answered.")


def _employer_refused(employer: Employer, *, today: date) -> Iterator[str]:
    if not employer.is_in_good_standing:
        yield _("The municipality does not place anybody with this employer at the moment.")
    for obstacle in obstacles(employer=employer, on=today):
        yield _("A check of the employer is in the way – %(obstacle)s.") % {"obstacle": obstacle}


def _against_its_rule(internship: Internship) -> Iterator[str]:
    rule = rule_on(internship.kind, internship.starts_on)
    if rule is None:
        yield _("There is no rule in force for this kind of placement.")
        return
    if not rule.employer_chooses and internship.proposal_id:
        yield _("The employer has no say in who gets this kind of placement, but has answered a proposal.")
    if rule.longest_days and days_so_far(internship) + _days(internship) > rule.longest_days:
        yield _("This kind of placement may last %(days)d days in all at one employer.") % {
            "days": rule.longest_days
        }


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
