"""The audit and the read log are written once and never changed."""

import pytest
from django.db import DatabaseError, transaction

from backend.core.models import AuditEntry, ReadEntry
from backend.core.writing import audit
from tests.cast import Cast
from tests.factories.base import NOW


@pytest.mark.parametrize("log", [AuditEntry, ReadEntry])
def test_the_database_refuses_to_change_a_row(cast: Cast, log: type[AuditEntry] | type[ReadEntry]) -> None:
    audit.record(cast.pia, "enrolled", by=cast.coach, at=NOW)
    audit.record_read(cast.pia, by=cast.coach, at=NOW, page="file")
    with pytest.raises(DatabaseError), transaction.atomic():
        log.objects.update(by=cast.manager)
    assert log.objects.get().by == cast.coach


def test_entries_are_found_by_what_they_are_about(cast: Cast) -> None:
    audit.record(cast.pia, "enrolled", by=cast.coach, at=NOW)
    audit.record(cast.pelle, "enrolled", by=None, at=NOW)
    assert [entry.subject_id for entry in AuditEntry.objects.about(cast.pia)] == [cast.pia.pk]
    assert AuditEntry.objects.about(cast.pia, cast.pelle).count() == 2
