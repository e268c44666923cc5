"""Own choices about messages, the number for SMS and quiet hours, in the API."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.models import AuditEntry, MessageChoice, PhoneCode, QuietHours
from tests.cast import Cast
from tests.factories import AssignmentFactory, MunicipalityFactory
from tests.factories.base import NOW, TODAY


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def ask(user: User, name: str, *keys: Any, method: str = "post", key: str = "", **said: Any) -> HttpResponse:
    client = Client(headers={"Idempotency-Key": key} if key else {})
    client.force_login(user)
    kind = {"content_type": "application/json"} if method == "post" else {}
    answer: HttpResponse = getattr(client, method)(reverse(f"api:{name}", args=keys), said, **kind)
    return answer


class TestChoices:
    def test_are_read_and_kept_once(self, cast: Cast) -> None:
        before = ask(cast.coach, "message_choice", method="get").json()
        off = before["kinds"][0]["name"]
        assert before["kinds"][0]["is_mailed"]
        for _time in range(2):
            after = ask(cast.coach, "message_choice", key="a", pace="weekly", off=[off])
            assert after.json()["pace"] == "weekly"
            assert not after.json()["kinds"][0]["is_mailed"]
        assert AuditEntry.objects.filter(action="messages_chosen").count() == 1
        assert not MessageChoice.objects.exclude(user=cast.coach).exists()

    def test_what_is_not_offered_is_refused(self, cast: Cast) -> None:
        weekly = ask(cast.participant_user, "message_choice", pace="weekly", off=[])
        assert (weekly.status_code, weekly.json()["code"]) == (422, "message_pace_unknown")
        unknown = ask(cast.coach, "message_choice", pace="daily", off=["job_of_somebody_else"])
        assert unknown.json()["code"] == "message_cannot_be_off"
        assert not MessageChoice.objects.exists()


class TestTheNumber:
    def test_is_shown_to_be_ones_own_and_given_up(
        self, cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("backend.core.outbox.texting.is_set_up", lambda: True)
        monkeypatch.setattr("backend.accounts.own_messages.phones.secrets.randbelow", lambda _most: 4321)
        monkeypatch.setattr("backend.accounts.own_messages.phones._send", lambda *_what, **_when: None)
        pia = cast.participant_user
        for _time in range(2):
            assert ask(pia, "phone_send", key="a", number="070-123 45 67").status_code == 200
        assert PhoneCode.objects.count() == 1
        for _time in range(2):
            wrong = ask(pia, "phone_confirm", key="b", code="999999")
            assert (wrong.status_code, wrong.json()["code"]) == (422, "phone_code_wrong")
        assert PhoneCode.objects.get().tries == 2
        assert ask(cast.coach, "phone_confirm", code="004321").status_code == 422
        assert ask(pia, "phone_confirm", code="004321").json()["sms_number"]
        assert ask(pia, "sms_stop").json()["sms_number"] == ""

    def test_is_refused_where_no_sms_is_sent(self, cast: Cast) -> None:
        answer = ask(cast.participant_user, "phone_send", number="070-123 45 67")
        assert (answer.status_code, answer.json()["code"]) == (422, "sms_not_set_up")


class TestQuietHours:
    HOURS: dict[str, Any] = {"valid_from": TODAY, "starts_at": "20:00", "ends_at": "08:00"}

    def test_are_set_by_an_administrator_once(self, cast: Cast) -> None:
        for _time in range(2):
            answer = ask(cast.administrator, "quiet_hours", cast.municipality.pk, key="a", **self.HOURS)
            assert [each["starts_at"] for each in answer.json()] == ["20:00:00"]
        assert QuietHours.objects.count() == 1
        day = {**self.HOURS, "starts_at": "12:00"}
        refused = ask(cast.administrator, "quiet_hours", cast.municipality.pk, **day)
        assert refused.status_code == 422
        assert refused.json()["code"]

    def test_are_nobody_elses(self, cast: Cast) -> None:
        there = MunicipalityFactory(name="Annanstad")
        elsewhere = AssignmentFactory(unit=None, municipality=there, role="administrator").user
        for other in (cast.coach, cast.manager, cast.employer_member, cast.participant_user, elsewhere):
            for method in ("get", "post"):
                answer = ask(other, "quiet_hours", cast.municipality.pk, method=method, **self.HOURS)
                assert answer.status_code == 404
        assert not QuietHours.objects.exists()
