"""Hours in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.activities.hours import Hours

HEADINGS: dict[str, Promise] = {
    "planned": gettext_lazy("Planned until now"),
    "attended": gettext_lazy("Was there"),
    "accepted": gettext_lazy("Absent with an accepted reason"),
    "not_accepted": gettext_lazy("Absent, reason not accepted"),
    "under_review": gettext_lazy("Absent, reason not assessed yet"),
    "elsewhere": gettext_lazy("Elsewhere according to plan"),
    "no_day": gettext_lazy("Not a day at the workplace"),
    "unmarked": gettext_lazy("Not marked"),
}
ALWAYS = ("planned", "attended", "unmarked")
MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class HoursLine:
    """One figure with its heading."""

    name: str
    heading: Promise
    words: str


def lines_of(hours: Hours) -> list[HoursLine]:
    """Return the figures that say something; what is zero is left out, but for the main ones."""
    return list(_lines(hours))


def _lines(hours: Hours) -> Iterator[HoursLine]:
    for name, heading in HEADINGS.items():
        minutes = getattr(hours, name)
        if minutes or name in ALWAYS:
            yield HoursLine(name, heading, in_words(minutes))


def in_words(minutes: int) -> str:
    """Return "7 h 30 min"."""
    hours, rest = divmod(minutes, MINUTES_AN_HOUR)
    whole = _("%(hours)s h") % {"hours": hours}
    part = _("%(minutes)s min") % {"minutes": rest}
    return f"{whole} {part}" if hours and rest else part if rest else whole
