"""What staff read of an employer's trust: measures, reviews, concerns, checks, and what speaks for it."""

from datetime import date
from typing import Any

from backend.accounts.models import User
from backend.employers.models import Employer, Redundancy
from backend.employers.services import obstacles
from backend.internships.models import Concern, UnionConsultation
from backend.safeguarding.models import Review
from backend.safeguarding.pages.good_signs import good_signs


def known_of(employer: Employer, reader: User, *, today: date) -> dict[str, Any]:
    """Return what the trust page of `employer`, read `for_page`, shows to a reader of the staff."""
    concerns = Concern.objects.visible_to(reader).filter(employer=employer).select_related("workplace")
    reviews = Review.objects.visible_to(reader).filter(employer=employer)
    return {
        "employer": employer,
        "obstacles": obstacles(employer=employer, on=today),
        "measures": [(each, each.may_be_lifted_on(today)) for each in employer.measures.all()],
        "concerns": concerns.order_by("-raised_at", "pk")[:50],
        "reviews": reviews.for_lists().order_by("-opened_at", "pk")[:20],
        "is_reviewed": reviews.undecided().exists(),
        "asked": _asked(employer, reader),
        "redundancies": _redundancies(employer, reader),
        "good": good_signs(employer),
        "may_decide": Employer.objects.managed_by(reader).filter(pk=employer.pk).exists(),
    }


def _redundancies(employer: Employer, reader: User) -> Any:
    """Return who was given notice at the employer, also what was taken back, the newest first."""
    noted = Redundancy.objects.visible_to(reader).filter(employer=employer)
    return noted.select_related("workplace", "noted_by", "taken_back_by", "put_otherwise")[:20]


def _asked(employer: Employer, reader: User) -> Any:
    """Return what unions were asked about the employer's workplaces, the newest first."""
    asked = UnionConsultation.objects.visible_to(reader).filter(workplace__employer=employer)
    return asked.select_related("workplace", "asked_by")[:20]
