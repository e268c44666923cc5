"""What the whole suite is run under: stricter than production, so that sloppiness fails here.

Undefined template variables fail, queries without an order come back shuffled, nothing reaches the
network, and tests that need PostgreSQL or a browser are deselected (visibly) where there is none.
"""

import os
import shutil
import socket
import string
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from allauth.account.internal.flows.login import record_authentication
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpRequest
from django.middleware import csrf
from django.template import Engine
from django.template.base import FilterExpression
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker

from backend.core.outbox import sign_in
from backend.core.templatetags import ui
from backend.core.writing.unsent import token_for
from backend.employers.searching import index, shelf
from scripts import messages

ROOT = Path(__file__).resolve().parents[1]
INTERNET = {socket.AF_INET, socket.AF_INET6}
THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}
ONCE = (
    "architecture",
    "docs",
    "scripts",
    "demo",
    "journeys/test_api_documentation.py",
    "places",
    "cases/test_all_pairs.py",
    "cases/test_clock.py",
    "core/test_api_schema.py",
    "core/text",
    "employers/exchange/test_ads.py",
    "employers/exchange/test_sheets.py",
    "employers/writing",
    "matching/engine",
    "matching/test_earlier_efforts.py",
    "skills/label_index",
    "skills/test_notes_measured.py",
    "skills/test_words.py",
    "core/test_charts.py",
    "core/test_empty_forms.py",
    "core/test_outbox_faults.py",
    "core/test_ui.py",
    "permissions/test_api_schema.py",
    "permissions/test_dead_buttons.py",
    "permissions/test_employers_objects.py",
    "permissions/test_links.py",
    "permissions/test_matrix.py",
    "permissions/test_outsiders.py",
    "permissions/test_what_is_said_is_so.py",
    "permissions/test_what_is_shown.py",
)
"""What reads code, pages or plain data; the demo is made on PostgreSQL too, by the drill of backups."""
SHORT_NAMES = ("Pia", "Bob", "Skye", "Omar", "Adam")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


# A busy machine is no fault of the code; a failure found in CI can be found again.
hypothesis.settings.register_profile(
    "suite",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("suite")
    if not hasattr(config, "workerinput"):  # one process compiles, its workers read
        messages.main()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent = _absent_markers()
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in absent)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what is run once, and let a test that commits put back what migrations had written.

    What needs PostgreSQL has one lane already: left out there too, it would be run nowhere.
    """
    is_told_once = item.path.relative_to(ROOT / "tests").as_posix().startswith(ONCE)
    if is_told_once and not item.get_closest_marker("postgres"):
        item.add_marker("once")
    marker = item.get_closest_marker("django_db")
    options = marker.kwargs if marker else {}
    if options.get("transaction") or {"transactional_db", "live_server"} & set(item.fixturenames):
        kept = options | {"transaction": True, "serialized_rollback": True}
        item.add_marker(pytest.mark.django_db(**kept), append=False)
        item.fixturenames.insert(0, "committing_tests_leave_the_first_rows")


def _absent_markers() -> set[str]:
    absent = set()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        absent.add("postgres")
    if not os.environ.get("CI") and not any(map(shutil.which, BROWSERS)):
        absent.add("browser")
    return absent


class UndefinedVariable(str):  # noqa: SLOT000 - one instance
    """Stands in for Django's `string_if_invalid`: raises for our own templates, is empty for others'.

    Django asks for its truth exactly when a variable could not be resolved. `|default` on an optional
    input is an answer to that, so it passes.
    """

    def __bool__(self) -> bool:
        asking = sys._getframe(1)
        if asking.f_code is FilterExpression.resolve.__code__:
            expression = asking.f_locals["self"]
            has_default = any(function.__name__ == "default" for function, _ in expression.filters)
            template = _template_being_rendered(asking)
            if not has_default and template.is_relative_to(ROOT / "frontend_templates"):
                raise AssertionError(f"{{{{ {expression.token} }}}} is undefined in {template}")
        return False


def _template_being_rendered(frame: Any) -> Path:
    while frame is not None:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if origin is not None:
            return Path(origin.name)
        frame = frame.f_back
    return Path()


@pytest.fixture(scope="session", autouse=True)
def undefined_template_variables_fail() -> Iterator[None]:
    """On the class, because a test that overrides DEBUG gets new engines."""
    stand_in = UndefinedVariable()
    fixed = property(lambda engine: stand_in, lambda engine, value: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "string_if_invalid", fixed, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def unordered_queries_are_shuffled() -> Iterator[None]:
    """Order by chance where no order was asked for: on a small table the database never would.

    The branches of a union may have no order. After Adam Johnson,
    https://adamj.eu/tech/2023/07/04/django-test-random-order-querysets/.
    """
    ordered, combine = SQLCompiler._order_by_pairs, SQLCompiler.get_combinator_sql
    branches: set[int] = set()

    def ordered_or_shuffled(compiler: SQLCompiler) -> Iterator[tuple[OrderBy, bool]]:
        pairs = list(ordered(compiler))
        yield from pairs or ([] if id(compiler.query) in branches else _shuffle(compiler))

    def combined(compiler: SQLCompiler, *how: Any) -> Any:
        theirs = {id(query) for query in compiler.query.combined_queries}
        branches.update(theirs)
        try:
            return combine(compiler, *how)
        finally:
            branches.difference_update(theirs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "_order_by_pairs", ordered_or_shuffled)
        patch.setattr(SQLCompiler, "get_combinator_sql", combined)
        yield


def _shuffle(compiler: SQLCompiler) -> list[tuple[OrderBy, bool]]:
    query = compiler.query
    lists_rows = query.default_cols or query.selected
    cannot_shuffle = query.distinct or query.combinator or query.group_by is not None or query.subquery
    return [] if cannot_shuffle or not lists_rows else [(OrderBy(Random()), False)]


@contextmanager
def logs_can_be_emptied() -> Iterator[None]:
    """Lift, as owner of the test database, what keeps the logs from being emptied; put it back at once."""
    triggers = import_module("backend.core.migrations.0007_logs_are_only_added_to")
    with connection.schema_editor() as editor:
        triggers.drop_triggers(None, editor)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            triggers.add_triggers(None, editor)


@pytest.fixture(scope="session")
def committing_tests_leave_the_first_rows(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Django puts them back before the next test that commits; the tests after the last one need them too.

    Beside a browser's event loop a thread has another connection, which must learn of the rows.
    """
    flush = TransactionTestCase._fixture_teardown
    rows = connection._test_serialized_contents

    def flush_and_restore(case: TransactionTestCase) -> None:
        connection._test_serialized_contents = rows
        with logs_can_be_emptied():
            flush(case)
        connection.creation.deserialize_db_from_string(rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_and_restore)
        yield


@pytest.fixture(scope="session", autouse=True)
def whoever_is_signed_in_has_passed_the_second_factor() -> Iterator[None]:
    """Let `force_login` sign in as staff do: with both factors."""
    force_login = Client.force_login

    def with_both_factors(client: Client, user: Any, backend: str | None = None) -> None:
        force_login(client, user, backend)
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, user, "mfa", type="totp")
        request.session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", with_both_factors)
        yield


@pytest.fixture(scope="session", autouse=True)
def tokens_spell_no_name() -> Iterator[None]:
    """Let no token of a form spell "Pia" by chance on a page that must not name her."""

    def nameless(reader: Any) -> str:
        token = token_for(reader)
        return nameless(reader) if any(name in token for name in SHORT_NAMES) else token

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "CSRF_ALLOWED_CHARS", string.digits)
        patch.setattr(ui, "token_for", nameless)
        yield


@pytest.fixture(scope="session", autouse=True)
def network_is_closed() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in INTERNET and address[0] not in THIS_MACHINE:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True)
def lists_of_another_test_are_forgotten() -> None:
    """Let go of what is kept of openings: another test's may have had the same keys and moments."""
    index.forget()
    shelf.forget()


@pytest.fixture(autouse=True)
def sign_in_mail_is_sent_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be the worker for whoever waits to sign in, unless a test asks for `sign_in_mail_waits`."""
    if "sign_in_mail_waits" in request.fixturenames:
        return
    post = sign_in.post

    def post_and_deliver(email: EmailMultiAlternatives, *, at: datetime, valid_for: timedelta) -> None:
        post(email, at=at, valid_for=valid_for)
        sign_in.deliver(clock=lambda: at)

    monkeypatch.setattr(sign_in, "post", post_and_deliver)


@pytest.fixture
def sign_in_mail_waits() -> None:
    """Leave mails for those who sign in to the worker, as in production."""
