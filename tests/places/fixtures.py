"""The starter gazetteer, for tests that look places up."""

from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from backend.places.models import Locality, MunicipalityArea, Postcode
from backend.places.services import load_gazetteer

TABLES = (MunicipalityArea, Locality, Postcode)


@pytest.fixture(scope="session")
def starter_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[list[Any]]:
    """Make the rows once; a test then only inserts them, which is quicker than reading the tables again."""
    with django_db_blocker.unblock():
        load_gazetteer()
        rows = [list(table.objects.all()) for table in TABLES]
        for table in reversed(TABLES):
            table.objects.all().delete()
    return rows


@pytest.fixture
def gazetteer(db: None, starter_rows: list[list[Any]]) -> None:
    for table, rows in zip(TABLES, starter_rows, strict=True):
        table.objects.bulk_create(rows)
