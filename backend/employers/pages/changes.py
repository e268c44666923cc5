"""What was changed in an opening since others read it, side by side, for who approves it and who wrote it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.employers.enums import Intent, OpeningKind
from backend.employers.models import Opening
from backend.employers.services import changed_since_read, what_matters
from backend.skills import wording

LABELS: Mapping[str, Promise | str] = {
    "kind": gettext_lazy("Internship or job"),
    "intent": gettext_lazy("Afterwards"),
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("The work in plain words"),
    "workplace": gettext_lazy("Workplace"),
    "occupation": gettext_lazy("Occupation"),
    "requirements": gettext_lazy("Skills"),
    "licences": gettext_lazy("Licences that are needed"),
    "languages": gettext_lazy("Languages"),
}


class Change(NamedTuple):
    """One thing that matters, before and now."""

    label: str
    before: str
    now: str


def changes_of(opening: Opening) -> list[Change]:
    """Return what differs from what others have read, in words; nothing where it was never read."""
    names = changed_since_read(opening)
    now = what_matters(opening) if names else {}
    return [
        Change(str(LABELS[name]), _in_words(name, opening.as_read.get(name)), _in_words(name, now[name]))
        for name in names
    ]


def _in_words(name: str, value: Any) -> str:
    if not value:
        return "–"
    if name == "kind":
        return str(OpeningKind(value).label)
    if name == "intent":
        return str(Intent(value).label)
    if name == "requirements":
        needed = _("essential")
        return ", ".join(f"{text} ({needed})" if essential else text for text, essential in value)
    if name == "licences":
        return ", ".join(wording.licence(code) for code in value)
    return ", ".join(wording.languages(value)) if name == "languages" else str(value)
