"""Columns that apps higher up add to the staff's list of employers, such as how many became a job."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.templatetags.ui import day
from backend.employers.models import Employer, EmployerContact


@dataclass(frozen=True)
class Column:
    """A heading; `value` makes the expression of an employer's row, and `words` what a reader sees of it."""

    key: str
    heading: Promise
    value: Callable[[], Any]
    words: Callable[[Any], Any] = lambda value: value


_columns: list[Column] = []


def register(column: Column) -> Column:
    """Add `column` to the list and to its Excel file; an app does so from its AppConfig."""
    _columns.append(column)
    return column


def columns() -> list[Column]:
    """Return the added columns."""
    return list(_columns)


def with_columns(employers: "QuerySet[Employer]") -> "QuerySet[Employer]":
    """Ask for the values of all columns together with the rows."""
    return employers.annotate(**{column.key: column.value() for column in _columns})


def orders() -> dict[str, list[Any]]:
    """Return how the list is sorted by each column, both ways; what has no value comes last."""
    found: dict[str, list[Any]] = {}
    for column in _columns:
        found[column.key] = [F(column.key).asc(nulls_last=True), "sort_key", "pk"]
        found[f"-{column.key}"] = [F(column.key).desc(nulls_last=True), "sort_key", "pk"]
    return found


def cells(employer: Employer) -> list[Any]:
    """Return what each column says of `employer`."""
    return [column.words(getattr(employer, column.key)) for column in _columns]


def rows(employers: Iterable[Employer]) -> list[tuple[Employer, list[tuple[Any, Any]]]]:
    """Return each employer with what the columns say, each under its heading."""
    headings = [column.heading for column in _columns]
    return [(each, list(zip(headings, cells(each), strict=True))) for each in employers]


def _last_contact() -> Subquery:
    lines = EmployerContact.objects.filter(employer=OuterRef("pk")).order_by().values("employer")
    return Subquery(lines.annotate(last=Max("happened_on")).values("last"))


register(Column("last_contact", _("Last contact"), _last_contact, words=lambda on: day(on) if on else "–"))
