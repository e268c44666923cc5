"""What a closed group of the opening's page says of itself: what stands in it now, typed or stored."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backend.core.templatetags.ui import period
from backend.core.ui.summaries import said_together, value_of
from backend.employers.enums import Intent, OpeningKind
from backend.skills import wording
from backend.skills.enums import Language, LanguageLevel

LEGENDS: dict[str, Promise] = {
    "needs": gettext_lazy("What is needed"),
    "when": gettext_lazy("How many and when"),
    "arranged": gettext_lazy("What you can arrange"),
    "after": gettext_lazy("Afterwards, and who shows the work"),
}
FIELDS: dict[str, tuple[str, ...]] = {
    "needs": ("occupation", "licences"),
    "when": ("places", "starts_on", "ends_on", "hours_min", "hours_max", "weekdays", "supervisors"),
    "arranged": ("adaptations", "facts", "support"),
    "after": ("intent", "supervisor_name"),
}


@dataclass(frozen=True)
class Group:
    """A group of fields that folds: `said` is what is filled in, in a few words."""

    key: str
    legend: Promise
    said: str
    is_open: bool


def groups_of(form: BaseForm, skills: Any, languages: Any) -> dict[str, Group]:
    """Return the groups by key; one with something to mend stands open."""
    said = {
        "needs": _needs(form, skills, languages),
        "when": _when(form),
        "arranged": _arranged(form),
        "after": _after(form),
    }
    refused = {key for key, names in FIELDS.items() if form.is_bound and set(names) & set(form.errors)}
    if any(rows.total_error_count() for rows in (skills, languages) if rows.is_bound):
        refused.add("needs")
    return {
        key: Group(key, legend, said_together(said[key]), is_open=key in refused)
        for key, legend in LEGENDS.items()
    }


def _value(form: BaseForm, name: str) -> Any:
    return value_of(form[name]) if name in form.fields else None


def _needs(form: BaseForm, skills: Any, languages: Any) -> list[str]:
    count = sum(bool(row.written) for row in skills.forms)
    spoken = {row["language"].value(): row["level"].value() for row in languages.forms}
    said = [
        _value(form, "occupation") or "",
        ngettext("%(n)s skill", "%(n)s skills", count) % {"n": count} if count else "",
        *wording.languages(_known(spoken)),
        *(wording.licence(code) for code in _value(form, "licences") or ()),
    ]
    return said if any(said) else [_("nothing is asked for")]


def _known(spoken: dict[str, str]) -> dict[str, str]:
    """Keep the languages that are stated with a level, whatever else was typed."""
    levels = LanguageLevel.values
    return {code: level for code, level in spoken.items() if code in Language.values and level in levels}


def _when(form: BaseForm) -> list[str]:
    places = _value(form, "places")
    starts_on, ends_on = _value(form, "starts_on"), _value(form, "ends_on")
    return [
        ngettext("%(n)s place", "%(n)s places", places) % {"n": places} if places else "",
        capfirst(period(starts_on, ends_on)) if starts_on or ends_on else _("Any time"),
        wording.hours_a_week(_value(form, "hours_min"), _value(form, "hours_max")),
        wording.weekdays(_value(form, "weekdays") or ()),
    ]


def _arranged(form: BaseForm) -> list[str]:
    answers = list((_value(form, "adaptations") or {}).values())
    yes, no = answers.count(True), answers.count(False)
    said = [
        ngettext("%(n)s can be arranged", "%(n)s can be arranged", yes) % {"n": yes} if yes else "",
        ngettext("%(n)s cannot", "%(n)s cannot", no) % {"n": no} if no else "",
    ]
    return said if any(said) else [_("nothing said yet")]


def _after(form: BaseForm) -> list[str]:
    intent = "" if _value(form, "kind") == OpeningKind.JOB else _value(form, "intent")
    return [
        str(Intent(intent).label) if intent else "",
        _value(form, "supervisor_name") or _("no supervisor named"),
    ]
