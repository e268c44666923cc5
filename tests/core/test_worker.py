"""The worker as a process: stopped, cut off from its database, killed, and without a mail server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection

from backend.core import outbox
from backend.core.enums import MessageState
from backend.core.management.commands import run_worker
from backend.core.models import OutboxMessage, ScheduledRun
from backend.core.running import schedule
from backend.matching import notifications
from backend.matching.models import Proposal
from tests.cast import Cast
from tests.core.smtp import mail_server
from tests.factories import ProposalFactory
from tests.factories.base import NOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    return ProposalFactory(opening=cast.opening, participant=cast.pia)


def tell(proposal: Proposal, *, messages: int = 1) -> None:
    for number in range(messages):
        outbox.enqueue(notifications.RECEIVED, about=proposal, step=f"step {number}", path="/", at=NOW)


@contextmanager
def worker(*, port: int, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Run the worker on the test's own database, with the mail server at `port`."""
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "SECRET_KEY": "only-for-tests-" * 5,
        "HTTPS": "0",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        **more,
    }
    command = [sys.executable, "manage.py", "run_worker", "--pause=0.1"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


class TestARound:
    """In the process of the test: one round, whatever happens in it."""

    @pytest.fixture(autouse=True)
    def the_tests_connection_stays(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(run_worker, "close_old_connections", lambda: None)
        monkeypatch.setattr(run_worker, "refuse_unsafe_start", lambda: None)
        monkeypatch.setattr(run_worker.connection, "close", lambda: None)

    @pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed"), ValueError()])
    def test_what_goes_wrong_does_not_end_the_worker(
        self, db: None, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        def fail(**_arguments: Any) -> int:
            raise error

        monkeypatch.setattr(outbox, "deliver_due", fail)
        call_command("run_worker", once=True)

    def test_a_job_that_raises_stops_no_other(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(at: Any) -> str:
            raise ValueError

        monkeypatch.setattr(schedule, "jobs", {})
        for name, run in (("a", fail), ("b", lambda at: "done"), ("c", fail)):
            job = schedule.Job(name, schedule.LEASE, run)
            monkeypatch.setitem(schedule.jobs, name, job)
        call_command("run_worker", once=True)
        outcomes = dict(ScheduledRun.objects.filter(name__in="abc").values_list("name", "outcome"))
        assert outcomes == {"a": "failed: ValueError", "b": "done", "c": "failed: ValueError"}

    def test_the_signals_are_as_they_were_afterwards(self, db: None) -> None:
        before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
        call_command("run_worker", once=True)
        assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestStopping:
    def test_a_silent_mail_server_does_not_keep_it_from_stopping(self, proposal: Proposal) -> None:
        tell(proposal)
        with mail_server(is_silent=True) as sink, worker(port=sink.port, EMAIL_TIMEOUT="600") as process:
            assert sink.met.wait(30)
            asked_at = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(6) == 0
            assert time.monotonic() - asked_at < 6
        message = OutboxMessage.objects.get()
        assert message.state == MessageState.SENDING
        assert message.leased_until is not None
        assert outbox.deliver_due(at=message.leased_until) == 1

    def test_one_that_has_nothing_to_do_stops_at_once(self, cast: Cast) -> None:
        with mail_server() as sink, worker(port=sink.port) as process:
            wait_until(ScheduledRun.objects.exists)
            asked_at = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(6) == 0
            assert time.monotonic() - asked_at < 3

    def test_a_silent_mail_server_is_waited_for_no_longer_than_the_time_out(self, proposal: Proposal) -> None:
        tell(proposal)
        with mail_server(is_silent=True) as sink, worker(port=sink.port, EMAIL_TIMEOUT="1"):
            wait_until(
                lambda: (
                    OutboxMessage.objects.filter(error="SMTPServerDisconnected").exists()
                    or OutboxMessage.objects.filter(error="TimeoutError").exists()
                )
            )
        assert OutboxMessage.objects.get().state == MessageState.QUEUED


def wait_until(is_so: Callable[[], bool], *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
