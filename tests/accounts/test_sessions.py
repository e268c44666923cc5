"""A session ends when nobody uses it, and never goes on for longer than its limit."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from backend.accounts.enums import Persona
from backend.core.running.jobs import forget_ended_sessions
from tests.accounts.people import signed_in_too
from tests.cast import Cast
from tests.factories.base import NOW

MINUTE = timedelta(minutes=1)
PAGE = "core:message_list"


@pytest.fixture
def signed_in(cast: Cast) -> Any:
    """Return a function that signs a role in at NOW and tells whether it is still in after some time."""

    def client_of(role: str) -> Client:
        client = Client()
        with time_machine.travel(NOW, tick=False):
            client.force_login(cast.roles()[role])
        return client

    return client_of


def is_in(client: Client, after: timedelta) -> bool:
    with time_machine.travel(NOW + after, tick=False):
        return client.get(reverse(PAGE)).status_code == 200


def test_each_persona_has_limits() -> None:
    assert set(settings.SESSION_LIMITS) == set(Persona.values)
    assert all(idle < whole for idle, whole in settings.SESSION_LIMITS.values())


@pytest.mark.parametrize(
    ("role", "persona"), [("coach", "staff"), ("employer_member", "employer"), ("participant", "participant")]
)
class TestIdle:
    def test_ends_it(self, signed_in: Any, role: str, persona: str) -> None:
        idle, _whole = settings.SESSION_LIMITS[persona]
        assert is_in(signed_in(role), idle - MINUTE)
        assert not is_in(signed_in(role), idle + MINUTE)

    def test_is_counted_from_the_last_request(self, signed_in: Any, role: str, persona: str) -> None:
        idle, _whole = settings.SESSION_LIMITS[persona]
        client = signed_in(role)
        assert is_in(client, idle - MINUTE)
        assert is_in(client, 2 * idle - 3 * MINUTE)
        assert not is_in(client, 3 * idle)

    def test_use_does_not_put_off_the_end_for_ever(self, signed_in: Any, role: str, persona: str) -> None:
        idle, whole = settings.SESSION_LIMITS[persona]
        client, step = signed_in(role), idle / 2
        lasted = timedelta()
        while is_in(client, lasted + step):
            lasted += step
        assert whole - step <= lasted <= whole


def test_a_session_that_ended_is_gone_from_the_database(signed_in: Any) -> None:
    client = signed_in("coach")
    key = client.session.session_key
    forget_ended_sessions(NOW + timedelta(minutes=30))
    assert Session.objects.filter(pk=key).exists()
    forget_ended_sessions(NOW + timedelta(hours=2))
    assert not Session.objects.filter(pk=key).exists()


def test_a_clock_that_is_set_back_ends_nothing(signed_in: Any) -> None:
    client = signed_in("coach")
    assert is_in(client, -timedelta(hours=5))


def test_the_session_is_not_written_at_every_request(signed_in: Any) -> None:
    client = signed_in("coach")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert is_in(client, MINUTE)
        assert is_in(client, 2 * MINUTE)
    assert [each["sql"] for each in asked if each["sql"].startswith("UPDATE")] == []


class TestSignOutEverywhere:
    @pytest.fixture
    def twice(self, cast: Cast) -> tuple[Client, Client]:
        return signed_in_too(cast.employer_member), signed_in_too(cast.employer_member)

    def test_ends_the_sessions_on_other_machines(self, twice: tuple[Client, Client]) -> None:
        here, there = twice

        here.post(reverse("usersessions_list"))

        assert here.get(reverse(PAGE)).status_code == 200
        assert there.get(reverse(PAGE))["Location"].startswith("/konto/login/")

    def test_is_offered_to_who_is_signed_in_twice(self, twice: tuple[Client, Client]) -> None:
        here, _there = twice

        with zeal_ignore():  # allauth asks of each session whose it is
            page = here.get(reverse("usersessions_list")).content.decode()

        assert "Logga ut överallt" in page
