"""The ways in: a code by e-mail for everybody, a password for those who have one."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from backend.accounts.models import User

PASSWORD = "ett långt lösenord 1"


@pytest.fixture
def person(db):
    user = User.objects.create_user("eva@example.org", PASSWORD, name="Eva Ek")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def is_signed_in(client):
    return "_auth_user_id" in client.session


class TestSignIn:
    def test_the_right_password_opens(self, client, person):
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

        assert is_signed_in(client)

    def test_a_wrong_password_stays_out_and_says_so(self, client, person):
        response = client.post(reverse("account_login"), {"login": person.email, "password": "fel"})

        assert not is_signed_in(client)
        assert "ds-error-summary" in response.content.decode()

    def test_no_password_stays_out(self, client, person):
        client.post(reverse("account_login"), {"login": person.email})

        assert not is_signed_in(client)
        assert mail.outbox == []

    def test_a_code_by_mail_opens(self, client, person):
        client.post(reverse("account_request_login_code"), {"email": person.email})
        code = re.search(r"^\s*([A-Z0-9]+-[A-Z0-9]+)\s*$", mail.outbox[0].body, re.MULTILINE)[1]

        client.post(reverse("account_confirm_login_code"), {"code": code})

        assert is_signed_in(client)

    def test_a_wrong_code_stays_out(self, client, person):
        client.post(reverse("account_request_login_code"), {"email": person.email})

        client.post(reverse("account_confirm_login_code"), {"code": "XXXX-XXXX"})

        assert not is_signed_in(client)

    @pytest.mark.parametrize("email", ["eva@example.org", "ingen@example.org"])
    def test_a_wrong_code_offers_a_new_one_and_another_address(self, client, person, email):
        client.post(reverse("account_request_login_code"), {"email": email})

        page = client.post(reverse("account_confirm_login_code"), {"code": "XXXX-XXXX"}).content.decode()

        assert "Skicka en ny kod" in page
        assert "Fel adress?" in page
        assert f'href="{reverse("account_login")}"' in page

    def test_a_new_code_opens_and_the_old_one_does_not(self, client, person):
        confirm = reverse("account_confirm_login_code")
        client.post(reverse("account_request_login_code"), {"email": person.email})
        client.post(confirm, {"action": "resend"})
        old, new = (
            re.search(r"^\s*([A-Z0-9]+-[A-Z0-9]+)\s*$", sent.body, re.MULTILINE)[1] for sent in mail.outbox
        )

        client.post(confirm, {"code": old})
        assert not is_signed_in(client)
        client.post(confirm, {"code": new})
        assert is_signed_in(client)

    def test_an_address_that_was_written_is_kept_for_the_other_way(self, client, person):
        page = client.post(reverse("account_login"), {"login": person.email, "password": "fel"})

        assert page.content.decode().count(f'value="{person.email}"') == 2

    def test_a_stranger_learns_nothing_about_who_has_an_account(self, client, person):
        known = client.post(reverse("account_request_login_code"), {"email": person.email})
        unknown = client.post(reverse("account_request_login_code"), {"email": "ingen@example.org"})

        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)

    def test_the_page_offers_both_ways(self, client, db):
        page = client.get(reverse("account_login")).content.decode()

        assert page.index('name="email"') < page.index('name="password"')
