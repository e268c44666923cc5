"""Is this a job or an employer that is known already? What is alike is asked about, never guessed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from rapidfuzz import fuzz

from backend.employers.models import Employer
from backend.internships.enums import BEGAN
from backend.internships.models import Employment, Internship
from backend.participants.models import Participant

ALIKE = 85.0
# Two jobs at one employer within so many days of each other may well be one, written twice.
NEAR = timedelta(days=92)
SAME = timedelta(days=31)
LEGAL_FORM = re.compile(r"\b(ab|aktiebolag|hb|handelsbolag|kb|(ekonomisk|ideell) förening|ek\.? ?för)\b")


@dataclass(frozen=True)
class KnownEmployer:
    """An employer of the municipality whose name is like the one typed, and whether the person was there."""

    pk: UUID
    name: str
    was_intern: bool


def plain(name: str) -> str:
    """Return a name of an organisation or of work without case, signs and legal form."""
    words = LEGAL_FORM.sub(" ", name.casefold().replace(".", ""))
    return " ".join(re.sub(r"[^\w]+", " ", words).split()) or name.casefold().strip()


def is_alike(one: str, other: str) -> bool:
    """Tell whether two names may well be meant as one."""
    first, second = plain(one), plain(other)
    return first == second or fuzz.token_sort_ratio(first, second) >= ALIKE


def known_employers(participant: Participant, name: str) -> list[KnownEmployer]:
    """Return the employers that `name` may mean, those where the person was an intern first."""
    interned = set(
        Internship.objects.filter(participant=participant, state__in=BEGAN)
        .order_by()
        .values_list("workplace__employer", flat=True)
    )
    names = Employer.objects.filter(municipality=participant.unit.municipality_id)
    rows = names.order_by("sort_key", "pk").values_list("pk", "name")
    found = [KnownEmployer(pk, known, pk in interned) for pk, known in rows if is_alike(name, known)]
    return sorted(found, key=lambda each: not each.was_intern)


def jobs_at(
    participant: Participant,
    *,
    employer_name: str,
    near: date | None = None,
    besides: UUID | None = None,
) -> list[Employment]:
    """Return the person's jobs at an employer of a like name, or those of them that began near a day."""
    jobs = Employment.objects.filter(participant=participant)
    if besides is not None:
        jobs = jobs.exclude(pk=besides)
    if near is not None:
        jobs = jobs.filter(starts_on__range=(near - NEAR, near + NEAR))
    return [job for job in jobs.order_by("starts_on", "pk") if is_alike(job.employer_name, employer_name)]


def is_same_job(job: Employment, *, employer_name: str, title: str, starts_on: date) -> bool:
    """Tell whether the job is the one described, small differences of spelling aside."""
    same_place = plain(job.employer_name) == plain(employer_name)
    return same_place and is_alike(job.title, title) and abs(job.starts_on - starts_on) <= SAME
