"""The papers of somebody's internships: agreements with who has signed, and certificates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from backend.accounts.models import User
from backend.internships.models import Agreement, Certificate, Internship
from backend.internships.notifications import page_of_agreement
from backend.internships.pages.agreements import Version, versions_of
from backend.internships.pages.certificates import downloads_of


@dataclass(frozen=True)
class Edition:
    """One edition of a certificate, and where it is downloaded."""

    number: int
    issued_at: datetime
    is_current: bool
    downloads: list[dict[str, str]]


@dataclass(frozen=True)
class Papers:
    """What there is on paper about one internship."""

    place: str
    starts_on: date
    ends_on: date
    url: str
    agreement_url: str
    versions: list[Version]
    editions: list[Edition]


def papers_of(internships: Iterable[Internship], reader: User, *, on: date) -> list[Papers]:
    """Return the papers of `internships`, read `with_papers`, that `reader` may read."""
    found = (_papers(each, reader, on=on) for each in internships)
    return [each for each in found if each.versions or each.editions]


def with_papers() -> list[Any]:
    """Return what reads the papers of many internships in as many queries as for one."""
    agreements = Agreement.objects.order_by("-number").prefetch_related("signatures__by")
    editions = Certificate.objects.order_by("-number")
    return [
        Prefetch("agreements", agreements, to_attr="versions_read"),
        Prefetch("certificates", editions, to_attr="editions_read"),
    ]


def _papers(internship: Internship, reader: User, *, on: date) -> Papers:
    versions, editions = internship.versions_read, internship.editions_read  # type: ignore[attr-defined]
    return Papers(
        place=str(internship.workplace.employer),
        starts_on=internship.started_on or internship.starts_on,
        ends_on=internship.ended_on or internship.ends_on,
        url=internship.get_absolute_url(),
        agreement_url=page_of_agreement(internship),
        versions=versions_of(versions, internship, reader, on=on),
        editions=[
            Edition(each.number, each.issued_at, each.superseded_at is None, downloads_of(each))
            for each in editions
        ],
    )
