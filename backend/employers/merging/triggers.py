"""What is written to a merged row while nobody looks follows to the row that stands for it.

Whoever writes has read the employer before; the merger may be done between the two. A trigger on every
foreign key waits for a merger that is going on, and leads on. The triggers are made of the models after each
`migrate`, so that a relation that is added later has one too; SQLite makes tables anew when they change, and
must not find triggers that name them meanwhile.
"""

from typing import Any

from django.db import connections, models

from backend.employers.merging.relations import Way, ways_to
from backend.employers.models import Employer, Workplace

MERGEABLE: tuple[type[models.Model], ...] = (Employer, Workplace)
_PREFIX = "follows_"
_COLUMN = "merged_into_id"

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
DECLARE follows {type};
BEGIN
  IF NEW.{column} IS NULL THEN RETURN NEW; END IF;
  SELECT merged_into_id INTO follows FROM {target} WHERE {key} = NEW.{column} FOR KEY SHARE;
  IF follows IS NOT NULL THEN NEW.{column} := follows; END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {column} ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}();
"""
_SQLITE = """
CREATE TRIGGER {name}_{event} AFTER {event}{of} ON {table}
WHEN EXISTS (SELECT 1 FROM {target} WHERE {key} = NEW.{column} AND merged_into_id IS NOT NULL)
BEGIN
  UPDATE {table} SET {column} = (SELECT merged_into_id FROM {target} WHERE {key} = NEW.{column})
  WHERE rowid = NEW.rowid;
END
"""


def make_triggers(*, using: str, **_signal: Any) -> None:
    """Make the triggers that are not there yet; received after each `migrate`, also one back to before."""
    connection = connections[using]
    there = _names(connection)
    with connection.cursor() as cursor:
        for model in MERGEABLE:
            if not _has(cursor, model._meta.db_table, _COLUMN):
                continue
            for way in ways_to(model):
                is_new = _name(way) not in there
                if is_new and _has(cursor, way.model._meta.db_table, way.field.column):
                    _make(cursor, model, way)


def drop_triggers(*, using: str, **_signal: Any) -> None:
    """Take them away while the tables of SQLite change; received before each `migrate`."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in _names(connection, whole=True):
                cursor.execute(f"DROP TRIGGER {name}")


def drop_all(schema_editor: Any) -> None:
    """Take all away, with what they call; for the migration back to when nothing was merged."""
    connection = schema_editor.connection
    for name in _names(connection, whole=True):
        what = f"FUNCTION {name}() CASCADE" if connection.vendor == "postgresql" else f"TRIGGER {name}"
        schema_editor.execute(f"DROP {what}")


def _has(cursor: Any, table: str, column: str) -> bool:
    introspection = cursor.db.introspection
    if table not in introspection.table_names(cursor):
        return False
    return any(each.name == column for each in introspection.get_table_description(cursor, table))


def _make(cursor: Any, model: type[models.Model], way: Way) -> None:
    key: Any = model._meta.pk
    words = {
        "name": _name(way),
        "table": way.model._meta.db_table,
        "column": way.field.column,
        "target": model._meta.db_table,
        "key": key.column,
        "type": key.db_type(cursor.db),
    }
    if cursor.db.vendor == "postgresql":
        cursor.execute(_POSTGRESQL.format(**words))
        return
    for event, of in (("INSERT", ""), ("UPDATE", f" OF {way.field.column}")):
        cursor.execute(_SQLITE.format(**words, event=event, of=of))


def _name(way: Way) -> str:
    return f"{_PREFIX}{way.model._meta.db_table}_{way.field.column}"


def _names(connection: Any, *, whole: bool = False) -> set[str]:
    """Return the names of the triggers that are there; of SQLite's two for each key one, unless `whole`."""
    tables = {"postgresql": ("tgname", "pg_trigger"), "sqlite": ("name", "sqlite_master")}
    column, table = tables[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} LIKE %s", [f"{_PREFIX}%"])  # noqa: S608
        found = {name for (name,) in cursor.fetchall()}
    if whole or connection.vendor == "postgresql":
        return found
    return {name.rsplit("_", 1)[0] for name in found}
