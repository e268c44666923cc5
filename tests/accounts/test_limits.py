"""Guesses are limited: strictly for an account, widely for an address, and the count cannot be pushed out."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.core.internal.httpkit import get_client_ip
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.config import settings as ours
from backend.core.running.cache import ROOM, LastingDatabaseCache
from tests.factories import UserFactory
from tests.installation import settings_of

PASSWORD = "ett långt lösenord 1"
LOGIN, ASK, CONFIRM = map(
    reverse, ("account_login", "account_request_login_code", "account_confirm_login_code")
)


@pytest.fixture
def limits(settings, db):
    """The limits of an installation, and the cache that they are counted in."""
    settings.ACCOUNT_RATE_LIMITS = ours.ACCOUNT_RATE_LIMITS
    settings.CACHES = ours.CACHES
    call_command("createcachetable", verbosity=0)
    return settings


@pytest.fixture
def person(db):
    user = UserFactory(persona="employer")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def knows(client: Client, person, password: str, address: str = "10.0.0.1") -> bool:
    """Sign in from an address behind one proxy; tell whether that went well."""
    answer = client.post(
        LOGIN, {"login": person.email, "password": password}, headers={"X-Forwarded-For": address}
    )
    return answer.status_code == 302


class TestGuesses:
    def test_at_a_password_end_after_five_from_anywhere(self, limits, person):
        limits.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for number in range(5):
            assert not knows(Client(), person, "fel", f"10.0.0.{number}")

        assert not knows(Client(), person, PASSWORD, "10.0.0.9")

    def test_of_others_at_the_same_address_lock_nobody_out(self, limits, person):
        for number in range(40):
            Client().post(LOGIN, {"login": f"{number}@example.org", "password": "fel"})

        assert knows(Client(), person, PASSWORD)

    def test_at_a_code_end_whatever_the_session_says(self, limits, person):
        client = Client()
        client.post(ASK, {"email": person.email})
        right = re.search(r"^\s*([A-Z0-9]+-[A-Z0-9]+)\s*$", mail.outbox[0].body, re.MULTILINE)[1]
        for _ in range(10):
            client.post(CONFIRM, {"code": "AAAA-AAAA"})
            session = client.session  # as another request at once would have left it
            session["account_login"]["state"]["stages"]["login_by_code"]["data"]["failed_attempts"] = 0
            session.save()

        answer = client.post(CONFIRM, {"code": right})

        assert answer.status_code == 429
        assert "_auth_user_id" not in client.session


class TestTheCountOfGuesses:
    def test_is_not_pushed_out_by_others(self, limits):
        cache.set("guesses", [1, 2, 3], 300)
        full = LastingDatabaseCache("cache_entry", {"max_entries": 10})

        for number in range(40):
            full.set(f"another-{number}", "y", 300)

        assert cache.get("guesses") == [1, 2, 3]

    def test_makes_room_by_what_has_ended(self, limits):
        full = LastingDatabaseCache("cache_entry", {"max_entries": 10})
        for number in range(20):
            full.set(f"old-{number}", "y", 60)

        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            full.set("new", "y", 60)

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cache_entry")
            assert cursor.fetchone() == (1,)

    def test_has_room_for_a_municipality(self):
        assert LastingDatabaseCache("cache_entry", {})._max_entries == ROOM


class TestBehindProxies:
    @pytest.mark.parametrize(
        ("proxies", "told", "counted"),
        [
            (0, "6.6.6.6", "127.0.0.1"),
            (1, "6.6.6.6, 10.0.0.1", "10.0.0.1"),
            (2, "6.6.6.6, 10.0.0.1, 10.0.0.2", "10.0.0.1"),
        ],
    )
    def test_who_asks_is_whom_our_own_proxy_saw(self, settings, rf, proxies, told, counted):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

        assert get_client_ip(rf.get("/", headers={"X-Forwarded-For": told})) == counted

    def test_one_setting_says_how_many(self):
        asked = settings_of(
            ["SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT", "PROXIES"], PROXIES="2"
        )
        assert asked["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
        assert asked["ALLAUTH_TRUSTED_PROXY_COUNT"] == asked["PROXIES"] == 2

    def test_nobodys_word_is_taken_without(self):
        asked = settings_of(["SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT"])
        assert list(asked.values()) == [None, 0]

    def test_the_older_name_still_counts_for_one(self):
        assert settings_of(["PROXIES"], BEHIND_PROXY="1") == {"PROXIES": 1}
