"""A code to sign in with: queued at once, sent before everything else, never kept, never too late."""

import re
import smtplib
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core import outbox
from backend.core.models import MailChannel, OutboxMessage, SignInMail
from backend.core.outbox import channel, sign_in
from backend.matching import notifications
from tests.cast import Cast
from tests.factories import ProposalFactory
from tests.factories.base import NOW

CODE = re.compile(r"^\s*([A-Z0-9]+-[A-Z0-9]+)\s*$", re.MULTILINE)
ASK, CONFIRM = "account_request_login_code", "account_confirm_login_code"

pytestmark = pytest.mark.usefixtures("sign_in_mail_waits")


@pytest.fixture
def person(db: None) -> User:
    user = User.objects.create_user("eva@example.org", name="Eva Ek", persona="employer")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def ask(client: Client, email: str = "eva@example.org") -> Any:
    return client.post(reverse(ASK), {"email": email})


def deliver(at: datetime = NOW) -> int:
    return sign_in.deliver(clock=lambda: at)


def post(at: datetime = NOW, to: str = "eva@example.org") -> None:
    email = EmailMultiAlternatives("Your code", "ABCD-EFGH", to=[to])
    sign_in.post(email, at=at, valid_for=timedelta(minutes=3))


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def send(_email: EmailMessage, *_arguments: object) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", send)


class TestAsking:
    def test_sends_nothing_itself_and_says_nothing_of_an_account(self, client: Client, person: User) -> None:
        known, unknown = ask(client), ask(Client(), "ingen@example.org")
        assert mail.outbox == []
        assert SignInMail.objects.count() == 2
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])

    def test_a_mail_server_that_is_down_is_no_error_of_the_page(
        self, client: Client, person: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fail_with(monkeypatch, ConnectionRefusedError())
        assert ask(client).status_code == 302
        assert deliver() == 0
        page = client.get(reverse(CONFIRM)).content.decode()
        assert "Mejl är försenade just nu" in page

    def test_the_code_signs_in(self, client: Client, person: User) -> None:
        ask(client)
        deliver()
        found = CODE.search(str(mail.outbox[0].body))
        assert found
        client.post(reverse(CONFIRM), {"code": found[1]})
        assert "_auth_user_id" in client.session

    def test_the_page_says_nothing_of_late_mail_while_there_is_none(
        self, client: Client, person: User
    ) -> None:
        ask(client)
        assert "försenade" not in client.get(reverse(CONFIRM)).content.decode()

    def test_a_worker_that_is_down_is_told_on_the_page(self, client: Client, person: User) -> None:
        post(at=NOW - timedelta(minutes=2))
        assert "försenade" in client.get(reverse("account_login")).content.decode()


@pytest.mark.django_db
class TestWhatIsKept:
    def test_can_be_read_by_nobody_while_it_waits(self) -> None:
        post()
        content = SignInMail.objects.get().content
        assert "ABCD" not in content
        assert "eva" not in content

    def test_is_gone_when_it_is_sent(self) -> None:
        post()
        assert deliver() == 1
        assert not SignInMail.objects.exists()
        assert mail.outbox[0].to == ["eva@example.org"]

    def test_is_never_sent_when_the_code_is_valid_no_longer(self) -> None:
        post()
        assert deliver(NOW + timedelta(minutes=3)) == 0
        assert mail.outbox == []
        assert not SignInMail.objects.exists()

    def test_what_was_sealed_with_a_lost_key_is_gone(self, settings: Any) -> None:
        post()
        settings.SECRET_KEY = "another"
        assert deliver() == 0
        assert not SignInMail.objects.exists()


@pytest.mark.django_db
class TestDelivering:
    def test_goes_before_every_other_message(self, cast: Cast) -> None:
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia)
        long_ago = NOW - timedelta(days=1)
        for step in ("1", "2", "3"):
            outbox.enqueue(notifications.RECEIVED, about=proposal, step=step, path="/", at=long_ago)
        post()
        assert outbox.deliver_due(at=NOW) == 4
        assert mail.outbox[0].subject == "Your code"

    def test_one_that_is_posted_meanwhile_goes_before_the_rest(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia)
        for step in ("1", "2", "3"):
            outbox.enqueue(notifications.RECEIVED, about=proposal, step=step, path="/", at=NOW)
        sent: list[str] = []

        def send(email: EmailMessage, *_arguments: object) -> int:
            sent.append(str(email.subject))
            if len(sent) == 1:
                post()
            return 1

        monkeypatch.setattr(EmailMessage, "send", send)
        outbox.deliver_due(at=NOW)
        assert sent.index("Your code") == 1

    def test_an_address_that_is_refused_is_forgotten_and_pauses_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        post()
        fail_with(monkeypatch, smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}))
        assert deliver() == 0
        assert not SignInMail.objects.exists()
        assert channel.is_down() is None

    def test_one_that_is_put_off_is_sent_soon(self, monkeypatch: pytest.MonkeyPatch) -> None:
        post()
        with monkeypatch.context() as patch:
            fail_with(patch, smtplib.SMTPRecipientsRefused({"a": (450, b"greylisted")}))
            assert deliver() == 0
        assert deliver(NOW + timedelta(seconds=10)) == 0
        assert deliver(NOW + timedelta(seconds=20)) == 1

    def test_it_opens_the_channel_for_all(self, cast: Cast) -> None:
        channel.has_failed(ConnectionRefusedError(), now=NOW - timedelta(minutes=2))
        MailChannel.objects.update(paused_until=NOW + timedelta(minutes=20))
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia)
        outbox.enqueue(notifications.RECEIVED, about=proposal, step="1", path="/", at=NOW)
        post()
        assert outbox.deliver_due(at=NOW) == 2
        assert OutboxMessage.objects.get().state == "sent"

    def test_of_two_workers_one_sends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        post()
        sent: list[int] = []

        def send(_email: EmailMessage, *_arguments: object) -> int:
            sent.append(deliver())
            return 1

        monkeypatch.setattr(EmailMessage, "send", send)
        assert deliver() == 1
        assert sent == [0]

    def test_it_has_the_same_message_id_when_it_is_sent_again(self) -> None:
        post()
        key = SignInMail.objects.get().pk
        deliver()
        assert str(key) in str(mail.outbox[0].extra_headers["Message-ID"])

    def test_while_the_server_is_down_one_of_many_tries_and_all_wait(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(5):
            post(to=f"person{number}@example.org")
        tried: list[int] = []

        def send(_email: EmailMessage, *_arguments: object) -> int:
            tried.append(1)
            raise ConnectionRefusedError

        monkeypatch.setattr(EmailMessage, "send", send)
        for seconds in range(0, 120, 2):
            deliver(NOW + timedelta(seconds=seconds))
        assert len(tried) == 2
        assert SignInMail.objects.count() == 5

    def test_one_that_cannot_be_opened_does_not_open_the_channel(self, settings: Any) -> None:
        channel.has_failed(ConnectionRefusedError(), now=NOW - timedelta(minutes=2))
        post()
        settings.SECRET_KEY = "another"
        deliver()
        down = channel.is_down()
        assert down is not None
        assert down.paused_until is not None
        assert down.paused_until <= NOW
