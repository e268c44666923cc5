"""Openings where what somebody needs can be had, as SQL: what Opening.arranged says of one that is read."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from backend.employers.models import Opening
from backend.employers.work_facts import ANSWERS

COLUMNS = {
    "offered_here": "adaptations",
    "offered_there": "workplace__adaptations_offered",
    "present_here": "facts_present",
    "absent_here": "facts_absent",
    "present_there": "workplace__facts_present",
    "absent_there": "workplace__facts_absent",
}


def with_needs(openings: QuerySet[Opening], needs: Iterable[str]) -> QuerySet[Opening]:
    """Keep the openings that answer every one of `needs` (codes of Adaptation)."""
    openings = openings.alias(**{name: Cast(column, TextField()) for name, column in COLUMNS.items()})
    for code in needs:
        openings = openings.filter(_has("offered_here", code) | _has("offered_there", code) | _is_met(code))
    return openings


def _is_met(code: str) -> Q:
    """Return that the facts in force meet a need; nothing where no fact can."""
    answer = ANSWERS.get(code)
    if answer is None or not answer.met:
        return Q(pk=None)
    met = Q()
    for fact, is_so in answer.met.items():
        name, opposite = ("present", "absent") if is_so else ("absent", "present")
        met &= _has(f"{name}_here", fact) | (_has(f"{name}_there", fact) & ~_has(f"{opposite}_here", fact))
    return met


def _has(column: str, code: str) -> Q:
    return Q(**{f"{column}__contains": f'"{code}"'})
