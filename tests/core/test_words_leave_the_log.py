"""The migration that moved people's words out of the log: nothing is lost, and the log is closed again."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from backend.core.models import AuditEntry, WrittenReason
from tests.factories.base import NOW

migration = import_module("backend.core.migrations.0009_written_reasons")

pytestmark = pytest.mark.django_db(transaction=True)


def old_row(why: str) -> int:
    """Write a row of the log as it was written before, with the words in it."""
    facts = {"subject_type": "x.y", "subject_id": uuid4(), "at": NOW, "action": "old"}
    return AuditEntry.objects.create(**facts, why=why).pk


def run(*steps: str) -> None:
    for step in steps:
        with connection.schema_editor() as editor:
            getattr(migration, step)(apps, editor)


def refuses_change() -> bool:
    try:
        with transaction.atomic():
            AuditEntry.objects.update(action="new")
    except DatabaseError:
        return True
    return False


def test_words_are_moved_codes_stay_and_the_log_is_closed_again() -> None:
    words, lookalike, code, nothing = map(old_row, ["Hon orkar inte mer.", "sjuk", "no_place", ""])
    run("open_log", "move_words", "close_log")

    assert dict(AuditEntry.objects.values_list("pk", "why")) == {
        words: "",
        lookalike: "",
        code: "no_place",
        nothing: "",
    }
    assert dict(WrittenReason.objects.values_list("entry", "text")) == {
        words: "Hon orkar inte mer.",
        lookalike: "sjuk",
    }
    assert refuses_change()


def test_back_again_they_stand_where_they_stood() -> None:
    key = old_row("Hon orkar inte mer.")
    run("open_log", "move_words", "move_back", "close_log")

    assert AuditEntry.objects.get(pk=key).why == "Hon orkar inte mer."
    assert refuses_change()
