"""Who has received somebody in a year, and whom the municipality thanks for it."""

from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from backend.employers.enums import MembershipState
from backend.employers.models import Employer, EmployerMembership
from backend.internships.enums import BEGAN
from backend.internships.models import Internship


def received_in(year: int) -> QuerySet[Internship]:
    """Return the internships that went on for some of `year`, as they were rather than as planned."""
    first, last = Coalesce("started_on", "starts_on"), Coalesce("ended_on", "ends_on")
    began = Internship.objects.filter(state__in=BEGAN).annotate(first=first, last=last)
    return began.filter(first__lte=date(year, 12, 31), last__gte=date(year, 1, 1))


def to_thank(*, year: int, on: date) -> QuerySet[Employer]:
    """Return who received somebody in `year`, has members, and is welcome `on` a day (no measure closes)."""
    members = EmployerMembership.objects.filter(state=MembershipState.ACTIVE, user__is_active=True)
    there = received_in(year).order_by().values("workplace__employer")
    found = Employer.objects.welcome(on).filter(pk__in=there)
    return found.filter(pk__in=members.order_by().values("employer"))
