"""A mail that is bad fails alone and soon; a mail server that is down costs no mail anything."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.template import TemplateDoesNotExist

from backend.core import outbox
from backend.core.enums import MessageState
from backend.core.models import Delivery, MailChannel, OutboxMessage
from backend.core.outbox import channel
from backend.matching import notifications
from backend.matching.models import Proposal
from tests.cast import Cast
from tests.factories import MembershipFactory, ProposalFactory
from tests.factories.base import NOW

MINUTE = timedelta(minutes=1)
DOWN = [
    ConnectionRefusedError(),
    TimeoutError(),
    smtplib.SMTPConnectError(554, b"go away"),
    smtplib.SMTPServerDisconnected(),
    smtplib.SMTPAuthenticationError(535, b"who are you"),
    smtplib.SMTPSenderRefused(550, b"not you", "noreply@praktikbron.example"),
    smtplib.SMTPHeloError(501, b"what"),
    smtplib.SMTPNotSupportedError(),
    smtplib.SMTPDataError(421, b"closing"),
    smtplib.SMTPRecipientsRefused({"a@example.org": (421, b"closing")}),
]
PUT_OFF = [
    smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"greylisted")}),
    smtplib.SMTPDataError(451, b"later"),
]
BAD = [
    smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}),
    smtplib.SMTPDataError(554, b"looks like spam"),
    ValueError("Invalid address"),
    TemplateDoesNotExist("emails/proposal_received.txt"),
]


def named(error: Exception) -> str:
    return f"{type(error).__name__} {getattr(error, 'recipients', '') or getattr(error, 'smtp_code', '')}"


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    return ProposalFactory(opening=cast.opening, participant=cast.pia)


def tell(proposal: Proposal, *, messages: int = 1) -> None:
    for number in range(messages):
        outbox.enqueue(notifications.RECEIVED, about=proposal, step=f"step {number}", path="/", at=NOW)


class Server:
    """A mail server that answers as told and remembers whose mail it was asked to take."""

    def __init__(self) -> None:
        self.answer: Callable[[EmailMessage], Exception | None] = lambda _mail: None
        self.asked: list[str] = []

    def send(self, email: EmailMessage) -> int:
        self.asked += email.to
        error = self.answer(email)
        if error is not None:
            raise error
        return 1


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()

    def send(email: EmailMessage, *_arguments: object) -> int:
        return server.send(email)

    monkeypatch.setattr(EmailMessage, "send", send)
    return server


def states() -> set[str]:
    return set(OutboxMessage.objects.values_list("state", flat=True))


class TestTheServerIsDown:
    @pytest.mark.parametrize("error", DOWN, ids=named)
    def test_no_message_is_given_up_in_days_and_one_mail_a_pause_is_tried(
        self, proposal: Proposal, server: Server, error: Exception
    ) -> None:
        tell(proposal, messages=5)
        server.answer = lambda _mail: error
        at = NOW
        while at < NOW + timedelta(days=3):
            outbox.deliver_due(at=at)
            at += timedelta(minutes=20)
        assert states() == {MessageState.QUEUED}
        assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {0}
        assert len(server.asked) <= 3 * 24 * 2 + 6

    def test_the_pauses_grow_to_half_an_hour(self, proposal: Proposal, server: Server) -> None:
        tell(proposal, messages=3)
        server.answer = lambda _mail: ConnectionRefusedError()
        pauses, at = [], NOW
        for _each in range(8):
            outbox.deliver_due(at=at)
            until = MailChannel.objects.get().paused_until
            assert until is not None
            pauses.append((until - at) // MINUTE)
            assert outbox.deliver_due(at=until - timedelta(seconds=1)) == 0
            at = until
        assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]
        assert len(server.asked) == 8

    def test_when_it_is_back_everything_is_sent_at_once(self, proposal: Proposal, server: Server) -> None:
        tell(proposal, messages=3)
        server.answer = lambda _mail: ConnectionRefusedError()
        outbox.deliver_due(at=NOW)
        server.answer = lambda _mail: None
        assert outbox.deliver_due(at=NOW + MINUTE) == 3
        assert channel.is_down() is None

    def test_a_mail_that_it_refuses_shows_that_it_is_back(
        self, cast: Cast, proposal: Proposal, server: Server
    ) -> None:
        tell(proposal, messages=2)
        server.answer = lambda _mail: ConnectionRefusedError()
        outbox.deliver_due(at=NOW)
        server.answer = lambda _mail: BAD[0] if len(server.asked) == 2 else None
        assert outbox.deliver_due(at=NOW + MINUTE) == 1
        assert channel.is_down() is None

    def test_a_message_that_is_no_longer_needed_does_not_use_the_try_up(
        self, proposal: Proposal, server: Server
    ) -> None:
        tell(proposal, messages=2)
        server.answer = lambda _mail: ConnectionRefusedError()
        outbox.deliver_due(at=NOW)
        server.answer = lambda _mail: None
        first = OutboxMessage.objects.order_by("due_at").first()
        assert first is not None
        OutboxMessage.objects.filter(pk=first.pk).update(subject_id=proposal.opening_id)
        assert outbox.deliver_due(at=NOW + MINUTE) == 2
        assert states() == {MessageState.SKIPPED, MessageState.SENT}

    def test_of_two_workers_one_tries(self, proposal: Proposal, server: Server) -> None:
        channel.has_failed(ConnectionRefusedError(), now=NOW)
        later = NOW + MINUTE
        assert [channel.turn(later) is not None for _each in range(3)] == [True, False, False]

    def test_a_sign_in_may_try_once_a_minute_although_the_pause_is_long(
        self, proposal: Proposal, server: Server
    ) -> None:
        channel.has_failed(ConnectionRefusedError(), now=NOW)
        MailChannel.objects.update(failures=6, paused_until=NOW + 30 * MINUTE)
        moments = [NOW + MINUTE / 2, NOW + MINUTE, NOW + MINUTE * 1.5, NOW + 2 * MINUTE]
        assert [channel.turn_to_sign_in(at) is not None for at in moments] == [False, True, False, True]


class TestTheMailIsBad:
    @pytest.mark.parametrize("error", BAD, ids=named)
    def test_it_fails_after_a_few_attempts_and_keeps_nobody_elses(
        self, cast: Cast, proposal: Proposal, server: Server, error: Exception
    ) -> None:
        other = MembershipFactory(employer=cast.bakery).user
        server.answer = lambda email: error if email.to == [cast.employer_member.email] else None
        tell(proposal)
        for hours in range(10):
            outbox.deliver_due(at=NOW + timedelta(hours=2 * hours))
        message = OutboxMessage.objects.get()
        assert message.state == MessageState.FAILED
        assert message.error.startswith(type(error).__name__)
        assert message.municipality_key == cast.municipality.pk
        assert server.asked.count(cast.employer_member.email) == outbox.MAX_ATTEMPTS
        assert server.asked.count(other.email) == 1
        assert channel.is_down() is None

    @pytest.mark.parametrize("error", PUT_OFF, ids=named)
    def test_what_one_receiver_puts_off_is_tried_for_days_and_pauses_nothing(
        self, cast: Cast, proposal: Proposal, server: Server, error: Exception
    ) -> None:
        server.answer = lambda _mail: error
        tell(proposal)
        at = NOW
        while at < NOW + timedelta(days=4, hours=23):
            outbox.deliver_due(at=at)
            at += timedelta(minutes=30)
        assert channel.is_down() is None
        assert states() == {MessageState.QUEUED}
        server.answer = lambda _mail: None
        assert outbox.deliver_due(at=at + timedelta(minutes=30)) == 1
        assert states() == {MessageState.SENT}

    def test_what_is_put_off_for_ever_fails_in_the_end(
        self, cast: Cast, proposal: Proposal, server: Server
    ) -> None:
        server.answer = lambda _mail: PUT_OFF[0]
        tell(proposal)
        outbox.deliver_due(at=NOW)
        outbox.deliver_due(at=NOW + timedelta(days=6))
        assert states() == {MessageState.FAILED}
        assert Delivery.objects.get().error == "SMTPRecipientsRefused 450"

    @pytest.mark.parametrize(
        "broken",
        [
            {"kind": "no_such_kind"},
            {"audience": "nobody"},
            {"path": "http://[::1"},
            {"subject_id": "00000000-0000-0000-0000-000000000000"},
        ],
        ids=str,
    )
    def test_a_row_that_is_broken_stops_no_other(
        self, proposal: Proposal, server: Server, broken: dict[str, str]
    ) -> None:
        tell(proposal, messages=3)
        first = OutboxMessage.objects.order_by("due_at", "id").first()
        assert first is not None
        OutboxMessage.objects.filter(pk=first.pk).update(**broken)
        for hours in range(5):
            outbox.deliver_due(at=NOW + timedelta(hours=2 * hours))
        others = OutboxMessage.objects.exclude(pk=first.pk)
        assert set(others.values_list("state", flat=True)) == {MessageState.SENT}
        assert not OutboxMessage.objects.filter(state__in=["queued", "sending"]).exists()


class TestTheLease:
    def test_is_renewed_for_each_receiver(self, cast: Cast, proposal: Proposal, server: Server) -> None:
        for _each in range(3):
            MembershipFactory(employer=cast.bakery)
        tell(proposal)
        now = [NOW]
        held: list[datetime | None] = []

        def slow(_mail: EmailMessage) -> None:
            held.append(OutboxMessage.objects.get().leased_until)
            now[0] += timedelta(minutes=4)

        server.answer = slow
        assert outbox.deliver_due(at=NOW, clock=lambda: now[0]) == 1
        assert held == [NOW + timedelta(minutes=4 * n) + outbox.lease() for n in range(4)]

    def test_a_worker_that_has_lost_it_goes_no_further(
        self, cast: Cast, proposal: Proposal, server: Server
    ) -> None:
        MembershipFactory(employer=cast.bakery)
        tell(proposal)
        taken = NOW + timedelta(hours=1)
        server.answer = lambda _mail: OutboxMessage.objects.update(leased_until=taken) and None
        assert outbox.deliver_due(at=NOW) == 0
        assert len(server.asked) == 1
        assert OutboxMessage.objects.get().leased_until == taken


def test_the_list_of_what_was_sent_is_unchanged_by_all_this(proposal: Proposal) -> None:
    tell(proposal)
    assert outbox.deliver_due(at=NOW) == 1
    assert len(mail.outbox) == 1
