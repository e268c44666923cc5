"""What an ad says, as far as it has a place here; what cannot be read is refused field by field."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import nh3
from django.utils.translation import gettext as _

from backend.core.writing.refusals import Reason, Refused
from backend.employers.exchange.ads.vocabulary import DRIVING, FULL_WEEK, PART_TIME
from backend.employers.refusals import ExchangeRefusal
from backend.employers.services import RequirementDraft
from backend.places.distance import Point
from backend.places.models import EAST, NORTH, SOUTH, WEST

LONGEST_ID: Final = 100
MOST_WORDS: Final = 500
_BREAKS: Final = re.compile(r"<(?:br|/p|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class Where:
    """The workplace as the ad gives it."""

    name: str
    street: str
    postcode: str
    city: str
    municipality: str
    municipality_code: str
    point: Point | None

    @property
    def written(self) -> str:
        """Where it is as people write it: 632 20 Eskilstuna."""
        code = f"{self.postcode[:3]} {self.postcode[3:]}" if len(self.postcode) == 5 else self.postcode
        return " ".join(part for part in (code, self.city) if part) or self.municipality


@dataclass(frozen=True)
class Ad:
    """An ad in the words of this program."""

    outside_id: str
    fields: Mapping[str, Any]
    occupation: str
    requirements: Sequence[RequirementDraft]
    number: str
    where: Where
    apply_by: date | None
    is_removed: bool
    notes: Sequence[str]


def ads_in(data: Any) -> list[Any]:
    """Return the ads, unread, in an answer of JobSearch, in a list of ads, or in one ad alone."""
    if isinstance(data, dict):
        hits = data.get("hits", data if "headline" in data else [])
        return hits if isinstance(hits, list) else [hits]
    return data if isinstance(data, list) else []


def name_of(raw: Any) -> str:
    """Return what a row is called in a report, be it broken."""
    headline = raw.get("headline") if isinstance(raw, dict) else None
    return headline[:120] if isinstance(headline, str) else ""


def number_of(raw: Any) -> str:
    """Return the organisation number of an ad as it is written there; "" where there is none."""
    return _Fields(raw).text("employer.organization_number") if isinstance(raw, dict) else ""


def read_ad(raw: Any) -> Ad:
    """Return what an ad says. Raises Refused that names every field that cannot be read."""
    if not isinstance(raw, dict) or not (raw.get("id") or raw.get("headline")):
        raise Refused(ExchangeRefusal.NO_AD)
    fields = _Fields(raw)
    ad = Ad(
        outside_id=fields.text("id", most=LONGEST_ID, needed=True),
        fields=_of_opening(fields),
        occupation=fields.text("occupation.label"),
        requirements=[*_skills(fields, "must_have"), *_skills(fields, "nice_to_have")],
        number=fields.text("employer.organization_number"),
        where=_where(fields),
        apply_by=fields.day("application_deadline"),
        is_removed=raw.get("removed") is True,
        notes=list(_without_a_place(fields)),
    )
    if fields.broken:
        raise Refused.for_reasons(Reason(ExchangeRefusal.AD_FIELD, {"field": each}) for each in fields.broken)
    return ad


class _Fields:
    """Reads values of an ad by their path, and gathers the paths of those that cannot be read."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.broken: list[str] = []

    def get(self, path: str) -> Any:
        """Return the value at a path with dots; None where there is none."""
        value: Any = self.raw
        for name in path.split("."):
            if value is None:
                return None
            if not isinstance(value, dict):
                self._is_broken(path)
                return None
            value = value.get(name)
        return value

    def text(self, path: str, *, most: int = 0, needed: bool = False) -> str:
        """Return a text, or a number as a text; "" where there is none."""
        value = self.get(path)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if abs(value) < 10**18 else []
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or (needed and not value.strip()) or (most and len(value) > most):
            self._is_broken(path)
            return ""
        return _NOT_TEXT.sub("", value).strip()

    def number(self, path: str, *, least: int, most: int) -> int | None:
        """Return a whole number within bounds; None where there is none."""
        value = self.get(path)
        if value is None:
            return None
        is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if not is_whole or isinstance(value, bool) or not least <= value <= most:
            self._is_broken(path)
            return None
        return int(value)

    def day(self, path: str) -> date | None:
        """Return the day of a moment; None where there is none."""
        written = self.text(path)
        try:
            return date.fromisoformat(written[:10]) if written else None
        except ValueError:
            self._is_broken(path)
            return None

    def labels(self, path: str) -> list[str]:
        """Return the labels of concepts in a list."""
        value = self.get(path)
        if value is None:
            return []
        rows = value if isinstance(value, list) else [None]
        labels = [row.get("label") if isinstance(row, dict) else None for row in rows[:MOST_WORDS]]
        found = [_NOT_TEXT.sub("", label).strip() for label in labels if isinstance(label, str)]
        if len(found) < len(labels):
            self._is_broken(path)
        return found

    def point(self, path: str) -> Point | None:
        """Return [longitude, latitude] as a point; None where there is none, or it is not in Sweden."""
        value = self.get(path)
        if value in (None, [], [None, None]):
            return None
        is_pair = (
            isinstance(value, list) and len(value) == 2 and all(type(each) in (int, float) for each in value)
        )
        if not is_pair:
            self._is_broken(path)
            return None
        longitude, latitude = value
        is_here = SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST
        return Point(latitude, longitude) if is_here else None

    def _is_broken(self, path: str) -> None:
        if path not in self.broken:
            self.broken.append(path)


def _of_opening(fields: _Fields) -> dict[str, Any]:
    fewest, most = _hours(fields)
    text = fields.text("description.text") or _plain(fields.text("description.text_formatted"))
    return {
        "title": fields.text("headline", needed=True),
        "description": text,
        "places": 1
        if (number := fields.number("number_of_vacancies", least=1, most=200)) is None
        else number,
        "hours_min": fewest,
        "hours_max": most,
        "licences": [DRIVING[label] for label in fields.labels("driving_license") if label in DRIVING],
    }


def _hours(fields: _Fields) -> tuple[Decimal, Decimal]:
    """Return the hours a week; part-time that says no more is from 10 hours on, as in the form."""
    least, most = (fields.number(f"scope_of_work.{end}", least=3, most=100) for end in ("min", "max"))
    if least is None and most is None:
        is_part = fields.text("working_hours_type.label") == PART_TIME[1]
        return (Decimal(10) if is_part else FULL_WEEK), FULL_WEEK
    most = most or 100
    return _share(most if least is None else least), _share(most)


def _share(percent: int) -> Decimal:
    return FULL_WEEK * percent / 100


def _skills(fields: _Fields, path: str) -> list[RequirementDraft]:
    is_essential = path == "must_have"
    return [RequirementDraft(label, essential=is_essential) for label in fields.labels(f"{path}.skills")]


def _where(fields: _Fields) -> Where:
    return Where(
        name=fields.text("employer.workplace", most=150),
        street=fields.text("workplace_address.street_address", most=150),
        postcode=fields.text("workplace_address.postcode", most=10).replace(" ", ""),
        city=fields.text("workplace_address.city", most=80),
        municipality=fields.text("workplace_address.municipality", most=80),
        municipality_code=fields.text("workplace_address.municipality_code", most=10),
        point=fields.point("workplace_address.coordinates"),
    )


def _without_a_place(fields: _Fields) -> Iterator[str]:
    """Yield in words what the ad says and a draft does not: nothing that it leaves open is made up."""
    for path in ("must_have", "nice_to_have"):
        if languages := fields.labels(f"{path}.languages"):
            # An ad names no level, and a level that nobody has stated is none.
            yield _("Languages without a level: %(words)s") % {"words": ", ".join(languages)}
        for kind in ("work_experiences", "education"):
            if others := fields.labels(f"{path}.{kind}"):
                yield _("Not taken over: %(words)s") % {"words": ", ".join(others)}
    if others := [label for label in fields.labels("driving_license") if label not in DRIVING]:
        yield _("Licences that we do not know: %(words)s") % {"words": ", ".join(others)}


def _plain(formatted: str) -> str:
    return html.unescape(nh3.clean(_BREAKS.sub("\n", formatted), tags=set())).strip()
