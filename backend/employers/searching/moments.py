"""Whether what was made of the openings at a moment is true still: one short query."""

from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, DateTimeField, Func, Subquery

from backend.core.writing import seen
from backend.core.writing.seen import Seen
from backend.employers.changes import OPENINGS_CHANGE_WITH
from backend.skills.models import CatalogueVersion as CatalogueVersions
from backend.skills.understanding.index import Version as CatalogueVersion


class Moment(NamedTuple):
    """A version of the catalogue, and the openings as they were then."""

    catalogue: CatalogueVersion
    seen: Seen


def is_true_still(moment: Moment) -> bool:
    """Tell whether neither the catalogue nor any opening has changed since."""
    columns = seen.stamp_columns(OPENINGS_CHANGE_WITH, floor=moment.seen.floor)
    versions = CatalogueVersions.objects.imports().order_by("-id").annotate(**columns)
    row = versions.values_list("id", "imported_at", *columns).first()
    return (
        row is not None
        and row[:2] == moment.catalogue
        and seen.stamp_in(row[2:], floor=moment.seen.floor) == moment.seen.stamp
    )


class Glance(NamedTuple):
    """The same for who only wants to know whether, not what: a question in SQL, and what the answer was.

    Every page asks it, so it is put into SQL once.
    """

    sql: str
    parameters: tuple[Any, ...]
    answer: tuple[Any, ...]

    @property
    def catalogue(self) -> int | None:
        """The key of the newest import then."""
        key: int | None = self.answer[-1]
        return key

    def is_true_still(self) -> bool:
        """Tell whether the database gives the same answer now."""
        return _answer(self.sql, self.parameters) == self.answer


def glance() -> Glance:
    """Return the present moment, to be read before the rows: what changes meanwhile is then seen."""
    entries = seen.entries_above(OPENINGS_CHANGE_WITH, seen.newest() - seen.LATE)
    version = CatalogueVersions.objects.imports().order_by("-id")
    # Func, not Count and Max: the row is one also where there is nothing to count.
    count, newest = (Func("pk", function=name, output_field=BigIntegerField()) for name in ("COUNT", "MAX"))
    latest = Func("at", function="MAX", output_field=DateTimeField())
    catalogue = (Subquery(version.values(name)[:1]) for name in ("imported_at", "id"))
    rows = entries.values_list(count, newest, latest, *catalogue)
    sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    return Glance(sql, tuple(parameters), _answer(sql, tuple(parameters)))


def _answer(sql: str, parameters: tuple[Any, ...]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return tuple(cursor.fetchone())
