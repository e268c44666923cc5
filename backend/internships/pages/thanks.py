"""What a year at an employer led to: figures that the employer may know, and nobody's name."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from backend.core.models import OutboxMessage
from backend.employers.models import Employer
from backend.internships.enums import BEGAN, ENDED
from backend.internships.models import Employment, Internship
from backend.internships.notifications.thanks import YEARLY_THANKS
from backend.internships.received import received_in

FEWEST_TOLD = 5
"""Smaller numbers about the whole municipality are not told: they could be about somebody."""


def thanks_to(employer: Any) -> QuerySet[OutboxMessage]:
    """Return the mails of thanks to an employer, given by its key or by what stands for that in a query."""
    about = Employer._meta.label_lower
    return OutboxMessage.objects.filter(kind=YEARLY_THANKS.name, subject_type=about, subject_id=employer)


@dataclass(frozen=True)
class YearAtEmployer:
    """What an employer is thanked for.

    `people` came, `ended` internships came to their end, `hired` got a job at the employer. `got_jobs` is how
    many in the whole municipality got a job after an internship; None where that number is too small to tell.
    """

    pk: UUID
    employer: str
    municipality: str
    year: str
    people: int
    ended: int
    hired: int
    got_jobs: int | None


def years_at(employers: QuerySet[Employer], *, today: date) -> list[int]:
    """Return the years in which anybody was at `employers`, the newest first; at least the present one."""
    began = Internship.objects.filter(workplace__employer__in=employers, state__in=BEGAN)
    first = began.order_by("starts_on", "pk").values_list("starts_on", flat=True).first() or today
    return list(range(today.year, min(first.year, today.year) - 1, -1))


def years_at_employers(employers: QuerySet[Employer], *, year: int) -> list[YearAtEmployer]:
    """Return the year at each of `employers`, in the order of their names; as many queries for any number."""
    days = date(year, 1, 1), date(year, 12, 31)
    here = Internship.objects.filter(workplace__employer__in=employers, state__in=BEGAN)
    came = received_in(year).filter(workplace__employer__in=employers)
    ended = here.filter(state__in=ENDED, ended_on__range=days)
    jobs = Employment.objects.filter(struck_at=None, internship__isnull=False, starts_on__range=days)
    by_employer = "workplace__employer"
    people, over = _people(came, by_employer), _people(ended, by_employer, what="pk")
    hired = _people(jobs.filter(employer__in=employers), "employer")
    got_jobs = _people(jobs, "participant__unit__municipality")
    return [
        YearAtEmployer(
            pk=each.pk,
            employer=str(each),
            municipality=str(each.municipality),
            year=str(year),
            people=people.get(each.pk, 0),
            ended=over.get(each.pk, 0),
            hired=hired.get(each.pk, 0),
            got_jobs=_enough(got_jobs.get(each.municipality_id, 0)),
        )
        for each in employers.select_related("municipality").order_by("sort_key", "pk")
    ]


def _people(rows: QuerySet[Any], of: str, *, what: str = "participant") -> dict[UUID, int]:
    """Return how many people, or rows, there are of each."""
    return dict(rows.order_by().values_list(of).annotate(n=Count(what, distinct=True)))


def _enough(number: int) -> int | None:
    return number if number >= FEWEST_TOLD else None
