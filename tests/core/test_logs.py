"""The audit and the read log are only ever added to, whoever asks and however."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from backend.core.models import AuditEntry, ReadEntry
from backend.core.writing import audit
from backend.participants.models import Participant
from tests.cast import Cast
from tests.factories.base import NOW

OPERATIONS = Path(__file__).resolve().parents[2] / "docs/operations.md"
Log = type[AuditEntry] | type[ReadEntry]
LOGS = [AuditEntry, ReadEntry]


@pytest.fixture
def written(cast: Cast) -> Cast:
    audit.record(cast.pia, "enrolled", by=cast.coach, at=NOW)
    audit.record_reads(Participant, {cast.pia.pk: "participants.file"}, by=cast.coach, at=NOW)
    return cast


def application_role(role: str) -> list[str]:
    """Return the statements of the operations guide after the first, which makes the role."""
    [block] = re.findall(r"```sql\n(.+?)```", OPERATIONS.read_text(), re.DOTALL)
    return [line.replace("praktikbron_app", role) for line in block.strip().splitlines()[1:]]


def run(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize("log", LOGS)
class TestTheDatabaseRefuses:
    def refused(self, log: Log, *statement: Any) -> None:
        before = list(log.objects.order_by("pk").values_list())
        with pytest.raises(DatabaseError), transaction.atomic():
            run(*statement)
        assert list(log.objects.order_by("pk").values_list()) == before

    def test_to_change_a_row(self, written: Cast, log: Log) -> None:
        self.refused(log, f"UPDATE {log._meta.db_table} SET by_id = %s", written.manager.pk.hex)

    def test_to_delete_a_row(self, written: Cast, log: Log) -> None:
        self.refused(log, f"DELETE FROM {log._meta.db_table} WHERE id > 0")

    def test_to_delete_all(self, written: Cast, log: Log) -> None:
        self.refused(log, f"DELETE FROM {log._meta.db_table}")

    def test_to_delete_through_the_model(self, written: Cast, log: Log) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            log.objects.all().delete()
        assert log.objects.count() == 1

    def test_to_put_a_row_in_the_place_of_another(self, written: Cast, log: Log) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("REPLACE is SQLite's own")
        table, columns = log._meta.db_table, ", ".join(field.column for field in log._meta.fields)
        wanted = columns.replace("subject_id", f"'{uuid4().hex}'")
        self.refused(log, f"REPLACE INTO {table} ({columns}) SELECT {wanted} FROM {table}")
        self.refused(log, f"UPDATE OR REPLACE {table} SET id = 1")

    @pytest.mark.postgres
    def test_to_empty_the_table(self, written: Cast, log: Log) -> None:
        self.refused(log, f"TRUNCATE {log._meta.db_table}")
        self.refused(log, f"TRUNCATE {log._meta.db_table} CASCADE")


def test_rows_are_added_as_before(written: Cast) -> None:
    audit.record(written.pelle, "enrolled", by=None, at=NOW)
    audit.record_reads(Participant, {written.pelle.pk: "participants.file"}, by=None, at=NOW)
    assert (AuditEntry.objects.count(), ReadEntry.objects.count()) == (2, 2)


def test_entries_are_found_by_what_they_are_about(cast: Cast) -> None:
    audit.record(cast.pia, "enrolled", by=cast.coach, at=NOW)
    audit.record(cast.pelle, "enrolled", by=None, at=NOW)
    assert [entry.subject_id for entry in AuditEntry.objects.about(cast.pia)] == [cast.pia.pk]
    assert AuditEntry.objects.about(cast.pia, cast.pelle).count() == 2


@pytest.mark.postgres
class TestTheApplicationsRole:
    """The rights that docs/operations.md tells the database administrator to give."""

    @pytest.fixture
    def as_application(self, written: Cast) -> Iterator[None]:
        role = f"praktikbron_app_{uuid4().hex[:8]}"
        run(f"CREATE ROLE {role}")
        for statement in application_role(role):
            run(statement)
        run(f"SET LOCAL ROLE {role}")
        yield
        run("RESET ROLE")

    @pytest.mark.parametrize("log", LOGS)
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE {} SET by_id = NULL",
            "DELETE FROM {}",
            "TRUNCATE {}",
            "ALTER TABLE {} DISABLE TRIGGER ALL",
            "DROP TABLE {}",
        ],
    )
    def test_may_not_touch_what_a_log_holds(self, as_application: None, log: Log, statement: str) -> None:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            run(statement.format(log._meta.db_table))
        assert log.objects.count() == 1

    def test_may_read_and_add_and_work_with_the_rest(self, as_application: None, written: Cast) -> None:
        audit.record(written.pelle, "enrolled", by=None, at=NOW)
        assert AuditEntry.objects.count() == 2
        assert Participant.objects.filter(pk=written.pelle.pk).update(phone="070") == 1
