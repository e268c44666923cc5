"""Messages: queued with the change, delivered after it, once, and only while they are still true."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction

from backend.core import outbox
from backend.core.enums import MessageState
from backend.core.models import KeptEmail, OutboxMessage
from backend.matching import notifications
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from tests.cast import Cast
from tests.factories import ProposalFactory
from tests.factories.base import NOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    return ProposalFactory(opening=cast.opening, participant=cast.pia)


def tell(proposal: Proposal) -> None:
    notifications.tell_employer_of_proposal(proposal, at=NOW)


class TestEnqueue:
    def test_a_change_that_is_rolled_back_tells_nobody(self, proposal: Proposal) -> None:
        with transaction.atomic():
            tell(proposal)
            transaction.set_rollback(True)
        assert not OutboxMessage.objects.exists()

    def test_the_same_step_is_told_once(self, proposal: Proposal) -> None:
        tell(proposal)
        tell(proposal)
        assert OutboxMessage.objects.count() == 1


class TestDeliver:
    def test_the_mail_says_where_to_read_and_nothing_about_anybody(
        self, cast: Cast, proposal: Proposal
    ) -> None:
        tell(proposal)
        assert outbox.deliver_due(at=NOW) == 1
        [message] = mail.outbox
        assert message.to == [cast.employer_member.email]
        assert proposal.get_absolute_url() in message.body
        for secret in (cast.pia.first_name, cast.pia.last_name, cast.opening.title):
            assert secret not in message.subject + message.body

    def test_it_is_written_in_the_readers_language(self, cast: Cast, proposal: Proposal) -> None:
        type(cast.employer_member).objects.filter(pk=cast.employer_member.pk).update(language="en")
        tell(proposal)
        outbox.deliver_due(at=NOW)
        assert mail.outbox[0].subject == "You have received a proposal"

    def test_what_is_no_longer_so_is_not_sent(self, proposal: Proposal) -> None:
        tell(proposal)
        Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.WITHDRAWN)
        outbox.deliver_due(at=NOW)
        assert mail.outbox == []
        assert OutboxMessage.objects.get().state == MessageState.SKIPPED

    def test_what_is_due_later_waits(self, proposal: Proposal) -> None:
        tell(proposal)
        assert outbox.deliver_due(at=NOW - timedelta(minutes=1)) == 0

    def test_when_mail_is_down_it_is_tried_again_later_and_less_often(
        self, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_args: Any, **_kwargs: Any) -> None:
            raise ConnectionRefusedError

        tell(proposal)
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMessage.send", refuse)
            outbox.deliver_due(at=NOW)
        message = OutboxMessage.objects.get()
        assert (message.state, message.due_at) == (MessageState.QUEUED, NOW + timedelta(minutes=1))
        assert outbox.deliver_due(at=NOW + timedelta(minutes=1)) == 1
        assert len(mail.outbox) == 1

    def test_after_many_failures_it_is_given_up_and_says_why(
        self, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_args: Any, **_kwargs: Any) -> None:
            raise ConnectionRefusedError

        tell(proposal)
        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
        for attempt in range(outbox.MAX_ATTEMPTS):
            outbox.deliver_due(at=NOW + timedelta(days=attempt))
        message = OutboxMessage.objects.get()
        assert (message.state, message.error) == (MessageState.FAILED, "ConnectionRefusedError")

    def test_a_lease_that_somebody_holds_is_left_alone_until_it_ends(self, proposal: Proposal) -> None:
        tell(proposal)
        until = NOW + outbox.LEASE
        OutboxMessage.objects.update(state=MessageState.SENDING, leased_until=until)
        assert outbox.deliver_due(at=NOW) == 0
        assert outbox.deliver_due(at=until) == 1


SLOW_WORKER = """
import time
import django
django.setup()
from django.utils import timezone
from backend.core import mail, outbox
keep = mail.KeptEmailBackend.send_messages
def keep_and_hang(self, messages):
    keep(self, messages)
    print("kept", flush=True)
    time.sleep(60)
mail.KeptEmailBackend.send_messages = keep_and_hang
outbox.deliver_due(at=timezone.now())
"""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_marking_loses_and_doubles_nothing(
    proposal: Proposal, settings: Any
) -> None:
    tell(proposal)
    database = connection.settings_dict
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "DEMO": "1",
        "SECRET_KEY": "only-for-tests",
    }
    command = [sys.executable, "-c", SLOW_WORKER]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        try:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "kept\n"
        finally:
            os.kill(worker.pid, signal.SIGKILL)
    assert OutboxMessage.objects.get().state == MessageState.SENDING
    settings.EMAIL_BACKEND = "backend.core.mail.KeptEmailBackend"
    after_the_lease = OutboxMessage.objects.get().leased_until
    assert after_the_lease is not None
    assert outbox.deliver_due(at=after_the_lease) == 1
    assert OutboxMessage.objects.get().state == MessageState.SENT
    assert KeptEmail.objects.count() == 1
