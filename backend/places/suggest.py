"""Offers places while somebody types, and names that are spelt almost like what was written."""

from collections.abc import Iterator
from itertools import chain, islice

from django.db.models import Case, Q, Value, When
from rapidfuzz import fuzz, process

from backend.places.found import Place, locality_place, municipality_place, postal_town_place, postcode_place
from backend.places.models import Locality, MunicipalityArea, Postcode
from backend.places.names import match_key

MOST_SUGGESTIONS = 8
# Of 100, rapidfuzz's ratio: at 74 "torshalal" still finds Torshälla, but "berlin" does not find Berga.
ALMOST = 74


def suggest_places(typed: str, *, near_municipality: str = "", limit: int = MOST_SUGGESTIONS) -> list[Place]:
    """List places whose name or postcode begins with `typed`, then those with a later word that does.

    Those in `near_municipality` (a code) come first, then the most populous.
    """
    digits = "".join(typed.split())
    if digits.isascii() and digits.isdigit():
        return _by_postcode(digits, limit)
    key = match_key(typed)
    if not key:
        return []
    begins, later = Q(match_key__startswith=key), Q(match_key__contains=f" {key}")
    return list(islice(chain(_named(begins, near_municipality), _named(later, near_municipality)), limit))


def similar_places(name: str, *, limit: int = 3) -> list[Place]:
    """List the places whose names are spelt most like `name`, and none when nothing is near."""
    scored = process.extract(match_key(name), _keys(), scorer=fuzz.ratio, score_cutoff=ALMOST, limit=limit)
    best_first = [key for key, _, _ in scored]
    places = chain(_named(Q(match_key__in=best_first)), _postal_towns(Q(match_key__in=best_first)))
    by_key: dict[str, Place] = {}
    for place in places:
        by_key.setdefault(match_key(place.locality_name or place.municipality_name), place)
    return [by_key[key] for key in best_first]


def neighbouring_postal_towns(postcode: str, *, limit: int = 3) -> list[Place]:
    """List the postal towns whose postcodes share the first three digits of `postcode`."""
    return list(islice(_postal_towns(Q(code__startswith=postcode[:3])), limit)) if postcode else []


def _keys() -> set[str]:
    tables = (Locality, MunicipalityArea, Postcode)
    return {key for table in tables for key in table._default_manager.values_list("match_key", flat=True)}


def _named(wanted: Q, near_municipality: str = "") -> Iterator[Place]:
    nearby_first = Case(When(municipality=match_key(near_municipality), then=Value(0)), default=Value(1))
    localities = Locality.objects.select_related("municipality").filter(wanted)
    yield from map(locality_place, localities.order_by(nearby_first, "-population", "sort_key"))
    yield from map(municipality_place, MunicipalityArea.objects.filter(wanted))


def _postal_towns(wanted: Q) -> Iterator[Place]:
    rows = Postcode.objects.select_related("municipality").filter(wanted)
    towns = {(row.match_key, row.municipality_id): row for row in rows}
    return (postal_town_place([row]) for row in towns.values())


def _by_postcode(digits: str, limit: int) -> list[Place]:
    rows = Postcode.objects.select_related("municipality").filter(code__startswith=digits)
    return [postcode_place(row, None) for row in rows[:limit]]
