"""SMS: 46elks' format over HTTP, once each, by mail when it cannot be; and whose number it is."""

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.accounts.own_messages.jobs import FORGET_PHONE_CODES
from backend.accounts.own_messages.phones import MOST_A_DAY, MOST_TRIES, VALID_FOR
from backend.accounts.own_messages.services import confirm_phone, send_phone_code, stop_sms
from backend.core import outbox
from backend.core.enums import MessageState, Way
from backend.core.models import AuditEntry, Delivery, MailChannel, MessageChoice, OutboxMessage, PhoneCode
from backend.core.outbox import texting
from backend.core.outbox.texting import SmsIsDown, SmsRefused, send_sms
from backend.internships.enums import FollowUpKind
from backend.internships.models import FollowUp
from backend.internships.notifications import ask_follow_ups
from tests.cast import Cast
from tests.core.test_when import local
from tests.factories import FollowUpFactory, InternshipFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

NUMBER = "+46701740605"


class Provider:
    """A server that answers as 46elks does: `status` is its next answer, `taken` what it was sent."""

    def __init__(self) -> None:
        self.status = 200
        self.taken: list[dict[str, Any]] = []


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    state = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = {name: values[0] for name, values in parse_qs(body).items()}
            state.taken.append({"path": self.path, "headers": dict(self.headers), **fields})
            self.send_response(state.status)
            if state.status == 302:
                self.send_header("Location", self.path + "elsewhere")
            self.end_headers()
            self.wfile.write(json.dumps({"id": "s1", "status": "created"}).encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SMS_URL = f"http://user:pass%40word@127.0.0.1:{server.server_port}/a1/sms"
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def frozen_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class TestTheFormat:
    def test_is_a_form_with_basic_authorisation(self, provider: Provider) -> None:
        send_sms(to=NUMBER, text="Hej på dig")

        [sent] = provider.taken
        key = base64.b64encode(b"user:pass@word").decode()
        assert sent["path"] == "/a1/sms"
        assert sent["headers"]["Authorization"] == f"Basic {key}"
        assert sent["headers"]["Content-Type"] == "application/x-www-form-urlencoded"
        assert (sent["from"], sent["to"], sent["message"]) == ("Praktikbron", NUMBER, "Hej på dig")

    def test_a_number_that_is_refused_is_the_messages_fault(self, provider: Provider) -> None:
        provider.status = 400
        with pytest.raises(SmsRefused):
            send_sms(to=NUMBER, text="Hej")

    @pytest.mark.parametrize("status", [302, 401, 403, 429, 500, 503])
    def test_anything_else_is_the_providers_and_no_redirect_is_followed(
        self, provider: Provider, status: int
    ) -> None:
        provider.status = status
        with pytest.raises(SmsIsDown):
            send_sms(to=NUMBER, text="Hej")
        assert len(provider.taken) == 1

    def test_a_provider_that_is_not_there_is_down(self, settings: Any) -> None:
        settings.SMS_URL = "http://u:p@127.0.0.1:9/a1/sms"
        with pytest.raises(SmsIsDown):
            send_sms(to=NUMBER, text="Hej")

    def test_a_file_takes_them_where_nobody_is_to_be_reached(self, settings: Any, tmp_path: Path) -> None:
        file = tmp_path / "var" / "sms.jsonl"
        settings.SMS_URL = file.as_uri()
        for text in ("Hej", "Hej då"):
            send_sms(to=NUMBER, text=text)

        assert [json.loads(line)["message"] for line in file.read_text().splitlines()] == ["Hej", "Hej då"]
        assert file.stat().st_mode & 0o077 == 0


@pytest.fixture
def asked(cast: Cast) -> FollowUp:
    MessageChoice.objects.create(user=cast.employer_member, sms_number=NUMBER)
    MessageChoice.objects.create(user=cast.participant_user, sms_number="+46701740606")
    going = InternshipFactory(opening=cast.opening, participant=cast.pia, state="ongoing", starts_on=TODAY)
    follow_up: FollowUp = FollowUpFactory(internship=going, kind=FollowUpKind.FIRST_WEEK, due_on=TODAY)
    return follow_up


def mailed_to(user: User) -> int:
    return sum(each.to == [user.email] for each in mail.outbox)


class TestDelivery:
    def test_goes_by_sms_with_the_link_and_names_nobody(
        self, client: Client, cast: Cast, asked: FollowUp, provider: Provider
    ) -> None:
        ask_follow_ups([asked], at=NOW)
        outbox.deliver_due(at=NOW)

        sent = {each["to"]: each["message"] for each in provider.taken}
        assert set(sent) == {NUMBER, "+46701740606"}
        assert sent[NUMBER].startswith("Hur går det på praktiken?")
        assert sent["+46701740606"].startswith("Du har ett nytt meddelande")
        for secret in (cast.pia.first_name, cast.pia.last_name, cast.bakery.name):
            assert secret not in "".join(sent.values())
        link = re.search(r"/svar/\S+", sent[NUMBER])
        assert link
        assert client.get(link[0]).status_code == 200
        assert mailed_to(cast.employer_member) == mailed_to(cast.participant_user) == 0
        assert set(Delivery.objects.filter(recipient=cast.employer_member).values_list("way", "sent_at")) == {
            (Way.SMS, NOW)
        }

    def test_waits_for_the_morning(self, cast: Cast, asked: FollowUp, provider: Provider) -> None:
        night = local("2026-03-12 22:00")
        outbox.enqueue(kind_of("follow_up_asked"), about=asked, step="x", path="/", at=night)
        outbox.deliver_due(at=night)
        assert provider.taken == []
        outbox.deliver_due(at=local("2026-03-13 07:00"))
        assert len(provider.taken) == 2

    @pytest.mark.parametrize("status", [400, 503])
    def test_what_cannot_be_sent_goes_by_mail(
        self, cast: Cast, asked: FollowUp, provider: Provider, status: int
    ) -> None:
        provider.status = status
        ask_follow_ups([asked], at=NOW)
        outbox.deliver_due(at=NOW)
        outbox.deliver_due(at=NOW)

        assert mailed_to(cast.employer_member) == 1
        states = set(
            OutboxMessage.objects.filter(audience="contacts", kind="follow_up_asked").values_list("state")
        )
        assert states == {(MessageState.SENT,)}

    def test_a_provider_that_is_down_is_not_asked_for_each_and_mail_goes_on(
        self, cast: Cast, asked: FollowUp, provider: Provider
    ) -> None:
        provider.status = 503
        ask_follow_ups([asked], at=NOW)
        outbox.deliver_due(at=NOW)

        assert len(provider.taken) == 1
        assert set(MailChannel.objects.filter(down_since__isnull=False).values_list("pk", flat=True)) == {
            "sms"
        }

    def test_a_worker_that_dies_while_it_sends_texts_nobody_twice(
        self, cast: Cast, asked: FollowUp, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        MessageChoice.objects.filter(user=cast.participant_user).delete()
        ask_follow_ups([asked], at=NOW)
        with monkeypatch.context() as patch:
            patch.setattr(texting, "send_sms", die_after(send_sms))
            with pytest.raises(KeyboardInterrupt):
                outbox.deliver_due(at=NOW)
        for minutes in (10, 11):
            outbox.deliver_due(at=NOW + timedelta(minutes=minutes))

        assert len(provider.taken) == 1
        assert mailed_to(cast.employer_member) == 1

    def test_without_a_provider_everything_goes_by_mail(self, cast: Cast, asked: FollowUp) -> None:
        ask_follow_ups([asked], at=NOW)
        outbox.deliver_due(at=NOW)
        assert mailed_to(cast.employer_member) == 1

    def test_is_for_short_questions_and_reminders(self) -> None:
        kinds = {kind.name for kind in outbox.kinds.values() if kind.by_sms}
        assert kinds == {"follow_up_asked", "evaluation_asked", "visit_reminder"}


def kind_of(name: str) -> outbox.MessageKind:
    return outbox.kinds[name]


def die_after(send: Callable[..., None]) -> Callable[..., None]:
    def dying(**what: str) -> None:
        send(**what)
        raise KeyboardInterrupt

    return dying


class TestTheNumber:
    def ask(self, cast: Cast, commit: Any, number: str = "070-174 06 05") -> None:
        with commit(execute=True):
            send_phone_code(number=number, by=cast.participant_user, at=NOW)

    def code(self, provider: Provider) -> str:
        found = re.search(r"\d{6}", provider.taken[-1]["message"])
        assert found
        return found[0]

    def test_is_taken_when_its_code_is_typed(
        self, cast: Cast, provider: Provider, django_capture_on_commit_callbacks: Any
    ) -> None:
        self.ask(cast, django_capture_on_commit_callbacks)
        assert provider.taken[0]["to"] == NUMBER
        confirm_phone(typed=self.code(provider), by=cast.participant_user, at=NOW)

        assert MessageChoice.objects.get().sms_number == NUMBER
        assert AuditEntry.objects.filter(action="sms_chosen").count() == 1
        assert NUMBER not in str(AuditEntry.objects.values_list("changes", flat=True))

        stop_sms(by=cast.participant_user, at=NOW)
        assert MessageChoice.objects.get().sms_number == ""

    def test_is_not_taken_on_a_wrong_an_old_or_somebody_elses_code(
        self, cast: Cast, provider: Provider, django_capture_on_commit_callbacks: Any
    ) -> None:
        self.ask(cast, django_capture_on_commit_callbacks)
        right = self.code(provider)
        wrong = f"{(int(right) + 1) % 10**6:06}"
        for typed, who, at in (
            (wrong, cast.participant_user, NOW),
            (right, cast.other_participant_user, NOW),
            (right, cast.participant_user, NOW + VALID_FOR),
        ):
            with refused_for("phone_code_wrong"):
                confirm_phone(typed=typed, by=who, at=at)
        assert not MessageChoice.objects.exists()

    def test_cannot_be_guessed_at_for_long(
        self, cast: Cast, provider: Provider, django_capture_on_commit_callbacks: Any
    ) -> None:
        self.ask(cast, django_capture_on_commit_callbacks)
        for _try in range(MOST_TRIES):
            with refused_for("phone_code_wrong"):
                confirm_phone(typed="x", by=cast.participant_user, at=NOW)
        with refused_for("phone_code_wrong"):
            confirm_phone(typed=self.code(provider), by=cast.participant_user, at=NOW)
        assert PhoneCode.objects.get().tries == MOST_TRIES

    def test_gets_few_codes_a_day(
        self, cast: Cast, provider: Provider, django_capture_on_commit_callbacks: Any
    ) -> None:
        for _again in range(MOST_A_DAY):
            self.ask(cast, django_capture_on_commit_callbacks)
        with refused_for("too_many_phone_codes"):
            self.ask(cast, django_capture_on_commit_callbacks)
        assert len(provider.taken) == MOST_A_DAY

    @pytest.mark.parametrize("number", ["016-710 10 00", "+1 212 555 0100", "hej", "0939-123 456"])
    def test_is_a_swedish_mobile(
        self, cast: Cast, provider: Provider, django_capture_on_commit_callbacks: Any, number: str
    ) -> None:
        with refused_for("not_a_mobile"):
            self.ask(cast, django_capture_on_commit_callbacks, number=number)
        assert provider.taken == []

    def test_is_asked_for_where_sms_is_sent(
        self, client: Client, cast: Cast, django_capture_on_commit_callbacks: Any
    ) -> None:
        with refused_for("sms_not_set_up"):
            self.ask(cast, django_capture_on_commit_callbacks)
        client.force_login(cast.participant_user)
        assert client.get(reverse("own_messages:phone_edit")).status_code == 404

    def test_is_given_on_pages(
        self, client: Client, cast: Cast, provider: Provider, django_capture_on_commit_callbacks: Any
    ) -> None:
        client.force_login(cast.participant_user)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("own_messages:phone_edit"), {"number": "0701740605"})
        assert answer.headers["Location"] == reverse("own_messages:phone_confirm")
        assert client.post(answer.headers["Location"], {"code": "1"}).status_code == 422
        assert client.post(answer.headers["Location"], {"code": self.code(provider)}).status_code == 302
        assert "+46701740605" in client.get(reverse("own_messages:choice_edit")).content.decode()

    def test_codes_are_forgotten_after_a_day(
        self, cast: Cast, provider: Provider, django_capture_on_commit_callbacks: Any
    ) -> None:
        self.ask(cast, django_capture_on_commit_callbacks)
        FORGET_PHONE_CODES.run(NOW + timedelta(days=1))
        assert not PhoneCode.objects.exists()
