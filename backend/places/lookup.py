"""Finds the place that somebody wrote, and says so when it cannot: it never guesses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from backend.places.found import (
    Ambiguous,
    Answer,
    Place,
    Unknown,
    locality_place,
    municipality_place,
    postal_town_place,
    postcode_place,
)
from backend.places.models import Locality, MunicipalityArea, Postcode
from backend.places.names import match_key, municipality_spellings, names_municipality, spelling
from backend.places.suggest import neighbouring_postal_towns, similar_places

LONGEST_TEXT = 120
Found = TypeVar("Found")
_POSTCODE = re.compile(r"(?<![\d-])(?:SE?[-\s]*)?(\d{3})\s?(\d{2})(?![\d-])", re.IGNORECASE)
_QUALIFIED = re.compile(r"^(?P<name>.*?)\s*(?:,\s*(?P<after>[^,()]+)|\((?P<within>[^()]+)\))\s*$")


@dataclass(frozen=True)
class _Written:
    """The parts of what was written: "632 20 Torshälla, Eskilstuna" has all three."""

    postcode: str
    name: str
    qualifier: str


def find_place(text: str, *, near_municipality: str = "") -> Answer:
    """Find the place that `text` names: a postcode, a locality or a municipality, with or without å, ä, ö.

    Where several municipalities have a place of the name, the one in `near_municipality` (a code) is taken
    if there is one; otherwise the answer is the question which. What the gazetteer lacks is unknown, never
    approximated.
    """
    text = " ".join(text[:LONGEST_TEXT].split())
    written = _parts(text)
    candidates = _places(written)
    if len(candidates) > 1:
        nearby = [place for place in candidates if place.municipality_code == near_municipality]
        candidates = nearby if len(nearby) == 1 else candidates
    if not candidates:
        return Unknown(text, _suggestions(written))
    if len(candidates) > 1:
        return Ambiguous(text, tuple(candidates))
    return replace(candidates[0], text=text)


def postcode_in(text: str) -> str:
    """Return the five digits of the postcode that stands in `text`; "" where there is none."""
    found = _POSTCODE.search(text)
    return "".join(found.groups()) if found else ""


def _parts(text: str) -> _Written:
    postcode = _POSTCODE.search(text)
    if postcode:
        before, after = text[: postcode.start()].strip(" ,"), text[postcode.end() :].strip(" ,")
        text = after or before
    qualified = _QUALIFIED.match(text)
    name, qualifier = text, ""
    if qualified:
        name, qualifier = qualified["name"], qualified["after"] or qualified["within"]
    return _Written("".join(postcode.groups()) if postcode else "", name, qualifier.strip())


def _places(written: _Written) -> list[Place]:
    """List the places that answer to everything that was written."""
    named = _named(written)
    postcode = Postcode.objects.select_related("municipality").filter(code=written.postcode).first()
    if postcode is None:
        return named
    place = postcode_place(postcode, _locality_of(postcode))
    agree = match_key(written.name) == postcode.match_key or not named
    if agree or any(other.municipality_code == place.municipality_code for other in named):
        return [place]
    return [place, *named]


def _locality_of(postcode: Postcode) -> Locality | None:
    localities = Locality.objects.select_related("municipality")
    return localities.filter(match_key=postcode.match_key, municipality=postcode.municipality_id).first()


def _named(written: _Written) -> list[Place]:
    if not written.qualifier:
        return _by_name(written.name)
    places = _by_name(written.name)
    if not places and any(sign.isdigit() for sign in written.name):
        # A street address: what follows the comma is the place.
        return _by_name(written.qualifier)
    within = {municipality.code for municipality in _municipalities(written.qualifier)}
    return [place for place in places if place.municipality_code in within]


def _by_name(name: str) -> list[Place]:
    if not match_key(name):
        return []
    if names_municipality(name) and (named := _municipalities(name)):
        return [municipality_place(municipality) for municipality in named]
    localities = Locality.objects.select_related("municipality").filter(match_key=match_key(name))
    covered = {locality.municipality_id for locality in localities}
    municipalities = MunicipalityArea.objects.filter(match_key=match_key(name)).exclude(code__in=covered)
    places = [
        *((locality.name, locality_place(locality)) for locality in localities),
        *((municipality.name, municipality_place(municipality)) for municipality in municipalities),
    ]
    return _spelt_best(places, [spelling(name)]) or _postal_towns(name)


def _municipalities(text: str) -> list[MunicipalityArea]:
    spellings = municipality_spellings(text)
    rows = MunicipalityArea.objects.filter(match_key__in={match_key(short) for short in spellings})
    return _spelt_best([(row.name, row) for row in rows], spellings)


def _spelt_best(named: Sequence[tuple[str, Found]], spellings: Iterable[str]) -> list[Found]:
    """Prefer what is spelt exactly as written: Habo is Håbo only where nothing else fits."""
    exact = [found for name, found in named if spelling(name) in set(spellings)]
    return exact or [found for _, found in named]


def _postal_towns(name: str) -> list[Place]:
    """List the places that only the postal service knows by this name, one per municipality."""
    rows = Postcode.objects.select_related("municipality").filter(match_key=match_key(name)).order_by("code")
    by_municipality: dict[str, list[Postcode]] = {}
    for row in rows:
        by_municipality.setdefault(row.municipality_id, []).append(row)
    return [postal_town_place(group) for group in by_municipality.values()]


def _suggestions(written: _Written) -> tuple[Place, ...]:
    """Offer the name in other municipalities, else names spelt almost so; for a postcode its neighbours."""
    elsewhere = _by_name(written.name)
    if elsewhere or written.name:
        return tuple(elsewhere or similar_places(written.name))
    return tuple(neighbouring_postal_towns(written.postcode))
