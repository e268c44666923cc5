"""Staff sign in with two factors, and pass the second anew before what is worst in the wrong hands."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.permissions.matrix import MATRIX
from tests.permissions.world import Everything

PASSWORD = "ett långt lösenord 1"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SET_UP, AGAIN = "/konto/2fa/totp/activate/", "/konto/2fa/reauthenticate/"
KEY_ON_PAGE = re.compile(r"<code>([A-Z2-7]{32})</code>")


def code(key: str = KEY) -> str:
    """Return what an app shows now."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


def with_password(user, client: Client):
    """Sign in with the first factor alone."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def since(client: Client, ago: timedelta | None) -> Client:
    """Let the second factor of the session have been passed so long ago; never, for None."""
    session = client.session
    at = [] if ago is None else [{"method": "mfa", "at": time.time() - ago.total_seconds()}]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = at
    session.save()
    return client


@pytest.fixture
def coach(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.coach)
    return client


class TestAtSignIn:
    def test_a_password_alone_opens_no_page_of_staff(self, cast, client):
        with_password(cast.coach, client)

        for address in ("/hem/", "/deltagare/", cast.pia.get_absolute_url()):
            answer = client.get(address)
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, SET_UP)

    @pytest.mark.django_db(transaction=True)
    def test_at_the_first_sign_in_the_second_factor_is_set_up(self, cast, client):
        with_password(cast.coach, client)
        page = client.get(SET_UP)
        assert "gör du en gång" in page.content.decode()
        key = KEY_ON_PAGE.search(page.content.decode())[1]

        client.post(SET_UP, {"code": code(key)})

        assert client.get("/deltagare/").status_code == 200
        assert Authenticator.objects.filter(user=cast.coach, type="recovery_codes").exists()

    def test_whoever_has_one_is_asked_for_it(self, cast, client):
        TOTP.activate(cast.coach, KEY)

        answer = with_password(cast.coach, client)

        assert answer["Location"] == "/konto/2fa/authenticate/"
        assert client.get("/deltagare/")["Location"].startswith("/konto/login/")
        client.post(answer["Location"], {"code": code()})
        assert client.get("/deltagare/").status_code == 200

    def test_programs_are_told_so(self, coach):
        answer = since(coach, None).get("/api/v1/openings/")

        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor")

    def test_employers_and_participants_need_none(self, cast):
        for user in (cast.employer_member, cast.participant_user):
            client = Client()
            client.force_login(user)
            assert since(client, None).get("/hem/").status_code == 200

    def test_a_municipality_may_do_without(self, coach, settings):
        settings.STAFF_SECOND_FACTOR = False

        assert since(coach, None).get("/deltagare/").status_code == 200

    def test_what_is_for_everybody_stays_open(self, coach):
        for address in ("/", "/hjalp/", "/integritet/", "/healthz"):
            assert since(coach, None).get(address).status_code == 200

    def test_staff_cannot_turn_it_off(self, cast, coach):
        factor = TOTP.activate(cast.coach, KEY).instance

        coach.post("/konto/2fa/totp/deactivate/")

        assert Authenticator.objects.filter(pk=factor.pk).exists()


class TestWhatIsKept:
    def test_the_secret_is_not_readable_in_the_database(self, cast):
        factor = TOTP.activate(cast.coach, KEY).instance

        assert KEY not in str(factor.data)
        assert TOTP(factor).validate_code(code())

    def test_without_the_key_no_code_fits(self, cast, settings):
        factor = TOTP.activate(cast.coach, KEY).instance
        settings.SECRET_KEY = "another"

        assert not TOTP(factor).validate_code(code(""))
        assert not TOTP(factor).validate_code(code())


# What nobody opens with a session that was left open.
FRESH = [name for name in MATRIX if name.endswith("_export") and name != "employers:opening_export"]
FRESH += ["participants:protected_list", "participants:participant_protect", "participants:protection_lift"]


class TestOnceMore:
    @pytest.mark.parametrize("name", FRESH)
    def test_what_is_worst_in_the_wrong_hands_wants_it_lately(self, everything: Everything, name: str):
        client = Client()
        client.force_login(everything.cast.coach)
        address = reverse(name, kwargs=MATRIX[name].names(everything))

        answer = since(client, timedelta(minutes=16)).get(address)

        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, SET_UP)
        assert since(client, timedelta(minutes=14)).get(address).status_code == 200

    def test_a_file_of_a_protected_person_wants_it_within_the_hour(self, cast, coach):
        address = cast.skye.get_absolute_url()

        assert since(coach, timedelta(minutes=59)).get(address).status_code == 200
        assert since(coach, timedelta(minutes=61)).get(address).status_code == 302
        assert coach.get(cast.pia.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("page", ["webauthn/add/", "recovery-codes/generate/", "totp/deactivate/"])
    def test_a_password_changes_no_second_factor(self, cast, client, page):
        TOTP.activate(cast.coach, KEY)
        client.force_login(cast.coach)
        since(client, timedelta(minutes=16))

        answer = client.get(f"/konto/2fa/{page}")

        assert answer["Location"].startswith(AGAIN)

    def test_it_leads_back(self, cast, coach):
        TOTP.activate(cast.coach, KEY)
        answer = since(coach, timedelta(hours=3)).get("/deltagare/excel/?sort=name")
        assert answer["Location"] == AGAIN + "?next=%2Fdeltagare%2Fexcel%2F%3Fsort%3Dname"

        page = coach.get(answer["Location"])
        assert "Är det du?" in page.content.decode()
        answer = coach.post(answer["Location"], {"code": code(), "next": "/deltagare/excel/?sort=name"})

        assert answer["Location"] == "/deltagare/excel/?sort=name"
        assert coach.get("/deltagare/excel/").status_code == 200

    def test_a_form_that_was_long_in_writing_is_kept(self, cast, coach):
        TOTP.activate(cast.coach, KEY)
        address = reverse("participants:participant_protect", args=[cast.pia.pk])
        page = coach.get(address).content.decode()
        token = re.search(r'name="form_token" value="([^"]+)"', page)[1]

        answer = since(coach, timedelta(minutes=61)).post(
            address, {"handlers": [str(cast.coach.pk)], "form_token": token}
        )

        assert answer["Location"] == AGAIN + "?next=%2Foskickat%2F"
        cast.pia.refresh_from_db()
        assert not cast.pia.is_protected
        coach.post(AGAIN, {"code": code(), "next": "/oskickat/"})
        assert address in coach.get("/oskickat/").content.decode()

    def test_a_part_of_a_page_leads_the_whole_page(self, coach):
        since(coach, None)

        answer = coach.get("/deltagare/", headers={"HX-Request": "true"})

        assert answer["HX-Redirect"].startswith(SET_UP)

    def test_guessing_ends(self, cast, coach, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "reauthenticate": None}
        TOTP.activate(cast.coach, KEY)
        since(coach, timedelta(hours=3))
        for _ in range(5):
            coach.post(AGAIN, {"code": "000000"})

        coach.post(AGAIN, {"code": code(), "next": "/hem/"})

        assert coach.get("/deltagare/excel/").status_code == 302
        with time_machine.travel(time.time() + 301):
            coach.post(AGAIN, {"code": code(), "next": "/hem/"})
            assert coach.get("/deltagare/excel/").status_code == 200
