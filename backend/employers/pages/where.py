"""Where the openings of a list are: municipalities and places on a map, each the way to its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.employers.pages.catalogue import Sought
from backend.places.distance import Point
from backend.places.models import MunicipalityArea
from backend.places.svg import Area, Map, Mark, counted_map

CLOSE = "10"
"""Kilometres within which the openings of a place are listed."""

Key = tuple[str, str]
"""A municipality's code and the name of a locality."""


@dataclass(frozen=True)
class Somewhere:
    """A municipality or a place with openings: its name, how many, and the list of them."""

    name: str
    count: int
    url: str
    within: str = ""

    @property
    def words(self) -> str:
        """The whole, for who does not see the map."""
        count = ngettext("%(n)s opening", "%(n)s openings", self.count) % {"n": self.count}
        return f"{self.name}: {count}"


@dataclass(frozen=True)
class OpeningMap:
    """What is drawn, and the same as rows of a table; `elsewhere` counts what is nowhere on the map."""

    drawing: Map
    areas: Sequence[tuple[Area, Somewhere]]
    marks: Sequence[tuple[Mark, Somewhere]]
    elsewhere: int

    @property
    def rows(self) -> list[Somewhere]:
        """The municipalities, each before its places; the most openings first."""
        found: list[Somewhere] = []
        for drawn, area in sorted(self.areas, key=lambda each: (-each[1].count, each[1].name)):
            inside = [mark for _mark, mark in self.marks if mark.within == drawn.label]
            found += [area, *sorted(inside, key=lambda each: (-each.count, each.name))]
        return found


def map_of(found: Sought) -> OpeningMap:
    """Return the map of what was found, of whatever page: two queries however many there are."""
    counts, points = _counted(found)
    codes = {code for code, _name in counts if code}
    areas = MunicipalityArea.objects.filter(code__in=codes).order_by("sort_key")
    names = dict(areas.values_list("code", "name"))
    by_code: Counter[str] = Counter()
    for (code, _name), count in counts.items():
        by_code[code] += count
    keys = [key for key in sorted(points) if key[0] in names]
    drawing = counted_map(by_code, names, [(_place(key, names), points[key]) for key in keys])
    asked = found.filter.form.data
    spots = [
        Somewhere(_place(key, names), counts[key], _near(asked, key, names), names[key[0]]) for key in keys
    ]
    drawn = [
        (area, Somewhere(_whole(area), by_code[area.code], _in(asked, area.code))) for area in drawing.areas
    ]
    elsewhere = sum(count for code, count in by_code.items() if code not in names)
    return OpeningMap(drawing, drawn, list(zip(drawing.marks, spots, strict=True)), elsewhere)


def _counted(found: Sought) -> tuple[Counter[Key], dict[Key, Point]]:
    fields = ("municipality_code", "locality_name", "latitude", "longitude")
    rows = found.filter.qs.order_by().values_list(*(f"workplace__{field}" for field in fields))
    counts: Counter[Key] = Counter()
    points: dict[Key, Point] = {}
    for code, name, latitude, longitude, count in rows.annotate(count=Count("pk")):
        counts[code, name] += count
        if latitude is not None and name:
            points.setdefault((code, name), Point(latitude, longitude))
    return counts, points


def _whole(area: Area) -> str:
    return _("%(name)s, the whole municipality") % {"name": area.label}


def _place(key: Key, names: Mapping[str, str]) -> str:
    return key[1] or names[key[0]]


def _in(asked: QueryDict, code: str) -> str:
    return _address(asked, municipality=code)


def _near(asked: QueryDict, key: Key, names: Mapping[str, str]) -> str:
    return _address(asked, near=f"{key[1]}, {names[key[0]]}", within=CLOSE)


def _address(asked: QueryDict, **chosen: str) -> str:
    """Return the address of the list with `chosen` in the place of wherever it was looked for."""
    data = asked.copy()
    for name in ("view", "page", "sort", "municipality", "near", "within"):
        data.pop(name, None)
    for name, value in chosen.items():
        data[name] = value
    return f"{reverse('employers:opening_list')}?{data.urlencode()}"
