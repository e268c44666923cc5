"""What every installation and every response promises."""

import runpy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from gunicorn.http.wsgi import Response

from tests.cast import Cast
from tests.installation import ROOT, settings_of


@pytest.fixture(scope="module")
def untouched() -> dict[str, Any]:
    """The settings of an installation where nobody has set anything."""
    names = [
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "DEBUG",
    ]
    names += ["SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "ACCOUNT_PREVENT_ENUMERATION", "PASSWORD_HASHERS"]
    return settings_of([*names, "STAFF_SECOND_FACTOR"])


class TestDefaults:
    def test_cookies_cannot_leave_the_host_or_the_encrypted_line(self, untouched: dict[str, Any]) -> None:
        for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
            assert untouched[f"{cookie}_NAME"].startswith("__Host-")
            assert untouched[f"{cookie}_SECURE"] is True

    def test_plain_http_is_refused_and_nothing_is_debugged(self, untouched: dict[str, Any]) -> None:
        assert untouched["SECURE_SSL_REDIRECT"] is True
        assert untouched["SECURE_HSTS_SECONDS"] >= 31_536_000
        assert untouched["DEBUG"] is False

    def test_passwords_are_kept_with_argon2_and_addresses_cannot_be_guessed(
        self, untouched: dict[str, Any]
    ) -> None:
        assert untouched["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")
        assert untouched["ACCOUNT_PREVENT_ENUMERATION"] is True

    def test_staff_need_a_second_factor(self, untouched: dict[str, Any]) -> None:
        assert untouched["STAFF_SECOND_FACTOR"] is True


class TestResponses:
    @pytest.mark.django_db
    def test_no_page_may_run_or_style_anything_inline(self, client: Client) -> None:
        policy = client.get("/")["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy

    @pytest.mark.django_db
    def test_no_page_may_use_the_camera_or_the_place(self, client: Client) -> None:
        policy = client.get("/")["Permissions-Policy"]
        assert {"camera=()", "microphone=()", "geolocation=()"} <= set(policy.split(", "))

    def test_the_server_does_not_say_what_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            Response, "default_headers", lambda _: ["Server: gunicorn\r\n", "Date: today\r\n"]
        )
        runpy.run_path(str(ROOT / "gunicorn.conf.py"))
        assert Response.default_headers(None) == ["Date: today\r\n"]

    def test_what_a_signed_in_person_sees_is_kept_nowhere(self, cast: Cast, client: Client) -> None:
        assert "no-store" not in client.get("/").get("Cache-Control", "")
        client.force_login(cast.coach)
        for address in ("/", "/hem/", "/deltagare/", cast.pia.get_absolute_url()):
            assert "no-store" in client.get(address)["Cache-Control"]

    @pytest.mark.django_db
    def test_an_unknown_address_and_somebody_elses_file_look_alike(self, cast: Cast) -> None:
        stranger = Client()
        stranger.force_login(cast.other_coach)
        hidden = stranger.get(cast.pia.get_absolute_url())
        missing = stranger.get("/deltagare/00000000-0000-0000-0000-000000000000/")
        assert hidden.status_code == missing.status_code == 404


class TestAnEndedSession:
    def test_leads_the_whole_page_to_sign_in(self, client, db):
        part = {"HX-Request": "true", "HX-Current-URL": "http://testserver/deltagare/?page=2"}

        answer = client.get(reverse("participants:participant_list"), headers=part)

        assert answer.status_code == 200
        assert answer.headers["HX-Redirect"] == "/konto/login/?next=%2Fdeltagare%2F"

    def test_without_htmx_redirects_as_ever(self, client, db):
        answer = client.get(reverse("participants:participant_list"))

        assert (answer.status_code, "HX-Redirect" in answer.headers) == (302, False)
