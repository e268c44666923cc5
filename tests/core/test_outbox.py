"""Messages: queued with the change, delivered after it, once, and only while they are still true."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core import outbox
from backend.core.enums import MessageState
from backend.core.models import Delivery, KeptEmail, OutboxMessage
from backend.employers.enums import MembershipRole, MembershipState
from backend.matching import notifications
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.services import update_participant
from tests.cast import Cast
from tests.factories import AssignmentFactory, MembershipFactory, ProposalFactory
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
        assert cast.opening.title in message.body
        assert cast.opening.title not in message.subject
        for secret in (cast.pia.first_name, cast.pia.last_name):
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

    def test_whoever_has_had_it_can_read_it_in_the_app(self, cast: Cast, proposal: Proposal) -> None:
        tell(proposal)
        assert not Delivery.objects.exists()
        outbox.deliver_due(at=NOW)
        delivery = Delivery.objects.get()
        assert (delivery.recipient, delivery.sent_at) == (cast.employer_member, NOW)
        assert delivery.path == proposal.get_absolute_url()

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

    def test_a_lease_that_somebody_holds_is_left_alone_until_it_ends(self, proposal: Proposal) -> None:
        tell(proposal)
        until = NOW + outbox.lease()
        OutboxMessage.objects.update(state=MessageState.SENDING, leased_until=until)
        assert outbox.deliver_due(at=NOW) == 0
        assert outbox.deliver_due(at=until) == 1


class TestReceivers:
    """Who is told is asked when the message is delivered, never when it is queued."""

    def sent_to(self, at: datetime = NOW) -> list[str]:
        mail.outbox.clear()
        outbox.deliver_due(at=at)
        return sorted(address for message in mail.outbox for address in message.to)

    def test_a_contact_who_has_left_is_not_told_and_one_who_joined_is(
        self, cast: Cast, proposal: Proposal
    ) -> None:
        tell(proposal)
        cast.bakery.memberships.update(state=MembershipState.ENDED)
        joined = MembershipFactory(employer=cast.bakery).user
        MembershipFactory(employer=cast.bakery, role=MembershipRole.SUPERVISOR)
        MembershipFactory(employer=cast.bakery, state=MembershipState.REQUESTED)
        assert self.sent_to() == [joined.email]

    def test_a_closed_account_is_not_told(self, cast: Cast, proposal: Proposal) -> None:
        tell(proposal)
        User.objects.filter(pk=cast.employer_member.pk).update(is_active=False)
        assert self.sent_to() == []
        assert OutboxMessage.objects.get().state == MessageState.SKIPPED

    def test_a_case_that_has_moved_is_told_of_to_its_new_coach(self, cast: Cast, proposal: Proposal) -> None:
        new = AssignmentFactory(unit=cast.unit, role=Role.COACH).user
        Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.INTERVIEW)
        notifications.tell_coach(proposal, at=NOW)
        update_participant(participant_id=cast.pia.pk, coach=new, by=cast.coach, at=NOW)
        assert self.sent_to() == [new.email]

    def test_who_was_tried_in_vain_and_then_left_is_not_told(
        self, cast: Cast, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_args: Any, **_kwargs: Any) -> None:
            raise ConnectionRefusedError

        tell(proposal)
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMessage.send", refuse)
            outbox.deliver_due(at=NOW)
        assert Delivery.objects.get().recipient == cast.employer_member
        cast.bakery.memberships.update(state=MembershipState.ENDED)
        joined = MembershipFactory(employer=cast.bakery).user
        assert self.sent_to(NOW + timedelta(minutes=1)) == [joined.email]
        assert Delivery.objects.get().recipient == joined

    def test_an_address_that_fails_keeps_it_from_nobody_else_and_is_tried_alone(
        self, cast: Cast, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = MembershipFactory(employer=cast.bakery).user
        send, failing = EmailMessage.send, [cast.employer_member.email]

        def refuse_one(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
            if self.to == failing:
                raise SMTPRecipientsRefused({failing[0]: (550, b"no such user")})
            return send(self, *args, **kwargs)

        tell(proposal)
        with monkeypatch.context() as patch:
            patch.setattr(EmailMessage, "send", refuse_one)
            assert self.sent_to() == [other.email]
        assert OutboxMessage.objects.get().state == MessageState.QUEUED
        assert self.sent_to(NOW + timedelta(minutes=1)) == failing
        assert OutboxMessage.objects.get().state == MessageState.SENT

    def test_the_message_id_of_each_receiver_never_changes(self, cast: Cast, proposal: Proposal) -> None:
        MembershipFactory(employer=cast.bakery)
        tell(proposal)
        self.sent_to()
        first = {str(message.extra_headers["Message-ID"]) for message in mail.outbox}
        Delivery.objects.update(sent_at=None)
        OutboxMessage.objects.update(state=MessageState.QUEUED, sent_at=None)
        self.sent_to()
        assert {str(message.extra_headers["Message-ID"]) for message in mail.outbox} == first
        assert len(first) == 2


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
    assert (KeptEmail.objects.count(), Delivery.objects.count()) == (1, 1)
