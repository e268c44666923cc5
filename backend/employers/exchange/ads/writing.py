"""Openings as ads: paid jobs that a stranger finds in the list, and no other."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from backend.employers.enums import OpeningKind
from backend.employers.exchange.ads.vocabulary import (
    DRIVING,
    DURATIONS,
    FOR_A_TIME,
    FULL_TIME,
    FULL_WEEK,
    PART_TIME,
    PERMANENT,
    UNTIL_FURTHER_NOTICE,
    by_label,
    concept,
    in_swedish,
)
from backend.employers.exchange.public.openings import last_day_by, site_address
from backend.employers.models import Opening, SkillRequirement, Workplace
from backend.employers.scopes import public_openings
from backend.places.lookup import postcode_in
from backend.places.models import MunicipalityArea


class NotAJob(ValueError):
    """An internship would have become a job ad."""


def jobs_as_ads(*, on: date) -> QuerySet[Any]:
    """Return the openings that go out as ads on a day: the paid jobs of the stranger's list."""
    related = ("workplace__employer", "occupation__concept", "imported_ad")
    jobs = public_openings(on=on).filter(kind=OpeningKind.JOB, capacity__isnull=True)
    found: QuerySet[Any] = jobs.select_related(*related).prefetch_related("requirements__concept")
    return found


def answer_of(openings: Iterable[Opening], *, total: int, at: datetime) -> dict[str, Any]:
    """Return the answer of JobSearch that holds `openings`, of `total` that there are."""
    rows = list(openings)
    codes = {each.workplace.municipality_code for each in rows}
    areas = {area.code: area for area in MunicipalityArea.objects.filter(code__in=codes)}
    last_day = last_day_by(at=at)
    hits = [
        ad_of(each, area=areas.get(each.workplace.municipality_code), until=last_day(each)) for each in rows
    ]
    return {"total": {"value": total}, "positions": sum(each.places_left for each in rows), "hits": hits}


def ad_of(opening: Opening, *, area: MunicipalityArea | None, until: date) -> dict[str, Any]:
    """Return the ad of one job. Raises NotAJob for anything else."""
    if opening.kind != OpeningKind.JOB or opening.capacity_id:
        raise NotAJob(opening.pk)
    occupation, ad = getattr(opening, "occupation", None), getattr(opening, "imported_ad", None)
    uri = occupation.concept.uri if occupation and occupation.concept else ""
    licences = [by_label(code) for code in opening.licences if code in DRIVING]
    return {
        "id": ad.outside_id if ad else str(opening.pk),
        "external_id": str(opening.pk),
        "webpage_url": site_address(opening.get_absolute_url()),
        "headline": opening.title,
        "application_deadline": _moment(until),
        "number_of_vacancies": opening.places,
        "description": {"text": opening.description},
        **_conditions(opening),
        "employer": _employer(opening.workplace),
        "driving_license_required": bool(licences),
        "driving_license": licences or None,
        "occupation": by_label(occupation.text, uri) if occupation else None,
        "workplace_address": _address(opening.workplace, area),
        "must_have": _asked_for(opening, essential=True),
        "nice_to_have": _asked_for(opening, essential=False),
        "publication_date": _local(opening.published_at),
        "last_publication_date": _moment(until),
        "removed": False,
    }


def percent_of(hours: Decimal) -> int:
    """Return how much of a full week `hours` are, as ads say it."""
    return int((hours * 100 / FULL_WEEK).quantize(Decimal(1), ROUND_HALF_UP))


def _conditions(opening: Opening) -> dict[str, Any]:
    span = {"min": percent_of(opening.hours_min), "max": percent_of(opening.hours_max)}
    return {
        "employment_type": concept(FOR_A_TIME if opening.ends_on else PERMANENT),
        "duration": concept(_duration(opening)),
        "working_hours_type": concept(FULL_TIME if span["min"] == 100 else PART_TIME),
        "scope_of_work": span,
    }


def _duration(opening: Opening) -> tuple[str, str]:
    if not opening.ends_on:
        return UNTIL_FURTHER_NOTICE
    begins = opening.starts_on or localtime(opening.published_at).date()
    days = max((opening.ends_on - begins).days + 1, 0)
    return next(word for least, word in DURATIONS if days >= least)


def _employer(workplace: Workplace) -> dict[str, Any]:
    employer = workplace.employer
    return {
        "name": employer.name,
        "organization_number": employer.organisationsnummer or None,
        "workplace": workplace.name,
        "url": employer.website or None,
    }


def _address(workplace: Workplace, area: MunicipalityArea | None) -> dict[str, Any]:
    has_point = workplace.latitude is not None
    return {
        "municipality": area.name if area else None,
        "municipality_code": workplace.municipality_code or None,
        "region": area.county_name if area else None,
        "region_code": area.county_code if area else None,
        "country": "Sverige",
        "street_address": workplace.street or None,
        "postcode": postcode_in(workplace.place_text) or None,
        "city": workplace.locality_name or None,
        "coordinates": [workplace.longitude, workplace.latitude] if has_point else None,
    }


def _asked_for(opening: Opening, *, essential: bool) -> dict[str, list[Any]]:
    skills = [_skill(each) for each in opening.requirements.all() if each.essential == essential]
    spoken: Sequence[str] = sorted(opening.languages) if essential else ()
    languages = [by_label(in_swedish(code)) for code in spoken]
    return {"skills": skills, "languages": languages, "work_experiences": [], "education": []}


def _skill(requirement: SkillRequirement) -> dict[str, Any]:
    return by_label(requirement.text, requirement.concept.uri if requirement.concept else "")


def _moment(day: date) -> str:
    return datetime.combine(day, time(23, 59, 59)).isoformat()


def _local(at: datetime | None) -> str | None:
    return localtime(at).replace(tzinfo=None).isoformat(timespec="seconds") if at else None
