"""What the tags of the design system look things up in."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MESSAGE_TONES = {
    "error": "danger",
    "warning": "warning",
    "success": "success",
    "info": "info",
    "debug": "info",
}

# Days say little when there are many of them; what was so long ago is told in months.
MONTHS_AFTER, DAYS_A_MONTH = 92, 30.44

MARK_ORDER = {"met": 0, "near": 1, "ask": 2, "missing": 3}

# One colour for one meaning on every page: warning waits for somebody, info is under way, success is
# settled and good, danger needs help. What is not named here is over or not begun: neutral.
STATE_TONES = {
    "ask": "warning",
    "asked": "warning",
    "awaiting_approval": "warning",
    "doubt": "warning",
    "new": "warning",
    "paused": "warning",
    "requested": "warning",
    "sent": "warning",
    "active": "info",
    "filled": "info",
    "in_internship": "info",
    "interview": "info",
    "ongoing": "info",
    "planned": "info",
    "accepted": "success",
    "clear": "success",
    "good": "success",
    "placed": "success",
    "completed": "success",
    "employed": "success",
    "published": "success",
    "ended_early": "danger",
    "failed": "danger",
    "no_show": "danger",
    "overdue": "danger",
    "refuse": "danger",
    "stopped": "danger",
}


def read(thing: Any, name: str) -> Any:
    """Return the attribute or key `name` of `thing`; None when it has none."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def about_work(mark: Any) -> bool:
    """Tell whether a mark is about the kind of work, and not about something that is asked for."""
    return read(mark, "about") in ("experience", "wish")


def days_passed(passed: int) -> str:
    """Return how long ago something was (or how soon it is, when `passed` is negative), in whole days."""
    if passed in (0, 1, -1):
        return {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}[passed]
    if passed >= MONTHS_AFTER:
        return _("%(time)s ago") % {"time": _months(int(passed / DAYS_A_MONTH))}
    if passed > 0:
        return ngettext("%(n)s day ago", "%(n)s days ago", passed) % {"n": passed}
    return ngettext("in %(n)s day", "in %(n)s days", -passed) % {"n": -passed}


def stretch(days: int) -> str:
    """Return how long so many days are: "5 days", or in months when they are many."""
    if days >= MONTHS_AFTER:
        return _months(int(days / DAYS_A_MONTH))
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _months(count: int) -> str:
    """Return "5 months", "1 year", "1 year and 5 months"."""
    years, months = divmod(count, 12)
    in_months = ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    if not years:
        return in_months
    in_years = ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    return _("%(years)s and %(months)s") % {"years": in_years, "months": in_months} if months else in_years


def waited(days: str, *, passed: int) -> str:
    """Return "has waited 5 days", or since when who began to wait today."""
    return _("has waited %(days)s") % {"days": days} if passed > 0 else _("waiting since today")


def input_attrs(field: BoundField) -> dict[str, str]:
    """Return the attributes that follow from the kind of a field's widget."""
    own = field.field.widget.attrs
    return {"rows": "4"} if isinstance(field.field.widget, forms.Textarea) and own.get("rows") == "10" else {}
