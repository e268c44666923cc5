"""Ads from elsewhere become drafts of the employer whose number they bear, through the ordinary services."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.templatetags.ui import day as in_words
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import Intent, OpeningKind
from backend.employers.exchange.ads.reading import Ad, Where, name_of, number_of, read_ad
from backend.employers.exchange.bringing_in import Result, Row, Written, bring_in, ensure_fits
from backend.employers.models import Employer, ImportedAd, Opening, Workplace
from backend.employers.models.numbers import keys_of
from backend.employers.organisationsnummer import clean_organisationsnummer, is_personal
from backend.employers.refusals import ExchangeRefusal
from backend.employers.services import add_workplace, save_opening
from backend.places.enums import Precision
from backend.places.found import Place, municipality_place
from backend.places.lookup import LONGEST_TEXT, find_place
from backend.places.models import MunicipalityArea

MOST_ADS: Final = 1_000


@one_write
def import_ads(
    *, ads: Sequence[Any], by: User, at: datetime, is_trial: bool, employer: Employer | None = None
) -> list[Result]:
    """Make a draft of each ad of an organisation that `by` may write for, once for each id at its source.

    An ad without a number is of `employer`. A workplace that the employer does not have yet is added.
    Returns for each ad what became of it; a trial is taken back. Raises Refused for none, and for
    more than MOST_ADS.
    Source: https://jobsearch.api.jobtechdev.se (JobAd).
    """
    if not ads:
        raise Refused(ExchangeRefusal.EMPTY)
    if len(ads) > MOST_ADS:
        raise Refused(ExchangeRefusal.TOO_MANY, most=MOST_ADS, count=len(ads))
    writable = Employer.objects.writable_by(by).select_related("municipality")
    known = {each.number_key: each for each in writable}
    if employer is not None:
        known[""] = writable.get(pk=employer.pk)
    elif len(known) == 1:
        known[""] = next(iter(known.values()))
    merged = Employer.with_merged.filter(merged_into__in=writable).select_related("merged_into__municipality")
    known |= {each.number_key: each.current for each in merged}
    # Of two imports for one employer the second waits, and finds what the first has made; nobody else does.
    numbers = {key for each in ads for key in _keys_in(each)}
    meant = {each.pk for number, each in known.items() if number in numbers}
    list(locked(Employer.objects.filter(pk__in=meant)))
    rows = [
        Row(number, name_of(raw), partial(_write, raw, known=known, by=by, at=at))
        for number, raw in enumerate(ads, start=1)
    ]
    return bring_in(rows=rows, is_trial=is_trial)


def _write(raw: Any, *, known: dict[str, Employer], by: User, at: datetime) -> Written:
    ad = read_ad(raw)
    employer = _employer(ad, known)
    made = ImportedAd.objects.filter(outside_id=ad.outside_id, opening__workplace__employer=employer)
    if before := made.select_related("opening").first():
        return Written(before.opening, is_new=False)
    _ensure_current(ad, at)
    ensure_fits(ad.fields)
    workplace = _workplace(ad.where, employer, by=by, at=at)
    opening: Opening = save_opening(
        fields={
            **ad.fields,
            "workplace": workplace,
            "kind": OpeningKind.JOB,
            "intent": Intent.WILL_HIRE,
        },
        by=by,
        at=at,
        occupation=ad.occupation,
        requirements=ad.requirements,
    )
    row = ImportedAd(opening=opening, outside_id=ad.outside_id, apply_by=ad.apply_by)
    row.full_clean()
    row.save(force_insert=True)
    return Written(opening, notes=ad.notes)


def _employer(ad: Ad, known: dict[str, Employer]) -> Employer:
    number = clean_organisationsnummer(ad.number) if ad.number else ""
    if theirs := [known[key] for key in _keys(number) if key in known]:
        return theirs[0]
    is_told = number and not is_personal(number)
    raise Refused(ExchangeRefusal.AD_WHOSE, number=number if is_told else "–")


def _keys(number: str) -> list[str]:
    return keys_of(number) if number else [""]


def _keys_in(raw: Any) -> list[str]:
    """Return what the organisation number of an ad is known by; "" where there is none that is right."""
    try:
        return _keys(clean_organisationsnummer(written) if (written := number_of(raw)) else "")
    except Refused:
        return [""]


def _ensure_current(ad: Ad, at: datetime) -> None:
    if ad.is_removed:
        raise Refused(ExchangeRefusal.AD_REMOVED)
    if ad.apply_by and ad.apply_by < day_of(at):
        raise Refused(ExchangeRefusal.AD_PASSED, day=in_words(ad.apply_by))


def _workplace(where: Where, employer: Employer, *, by: User, at: datetime) -> Workplace:
    """Return the employer's workplace that the ad means; one that it does not have yet is added."""
    own = list(Workplace.objects.filter(employer=employer))
    if not (where.name or where.street or where.written) and len(own) == 1:
        return own[0]
    name = where.name or where.street or employer.name
    for each in own:
        is_there = not where.street or each.street.casefold() == where.street.casefold()
        if is_there and each.name.casefold() == name.casefold():
            return each
    place = _place(where, near=employer.municipality.area_id)
    return add_workplace(employer=employer, name=name, street=where.street, place=place, by=by, at=at)


def _place(where: Where, *, near: str) -> Place:
    area = MunicipalityArea.objects.filter(code=where.municipality_code).first()
    if area:
        found: Any = municipality_place(
            area, locality_name=where.city, written_out=where.written[:LONGEST_TEXT]
        )
    else:
        found = find_place(where.written, near_municipality=near)
    if not isinstance(found, Place):
        raise Refused(ExchangeRefusal.AD_WHERE, place=where.written or "–")
    if where.point is None:
        return found
    latitude, longitude = where.point
    return replace(found, latitude=latitude, longitude=longitude, precision=Precision.POSTCODE)
