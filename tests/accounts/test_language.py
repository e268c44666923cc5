"""The language follows the account: on every device, in every mail, once it is chosen."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.accounts.spoken.services import choose_language
from backend.core.models import AuditEntry
from tests.accounts.people import PASSWORD
from tests.cast import Cast
from tests.factories.base import NOW
from tests.refusals import refused_for

SWITCH, HOME = reverse("set_language"), "/hem/"


def signed_in(user: User, **headers: str) -> Client:
    client = Client(headers=headers)
    client.force_login(user)
    return client


def language_of(client: Client, address: str = HOME) -> str:
    return "en" if '<html lang="en"' in client.get(address).content.decode() else "sv"


class TestTheSwitch:
    def test_is_kept_on_the_account_and_used_on_another_device(self, cast: Cast) -> None:
        signed_in(cast.coach).post(SWITCH, {"language": "en"})

        assert language_of(signed_in(cast.coach)) == "en"
        assert language_of(signed_in(cast.manager)) == "sv"

    def test_is_stronger_than_what_the_device_says(self, cast: Cast) -> None:
        assert language_of(signed_in(cast.employer_member, accept_language="en")) == "sv"

    def test_is_written_in_the_log_when_it_changes(self, cast: Cast) -> None:
        client = signed_in(cast.coach)
        for _time in range(2):
            client.post(SWITCH, {"language": "en"})

        actions = AuditEntry.objects.about(cast.coach).values_list("action", flat=True)
        assert list(actions) == ["language_chosen"]

    def test_of_a_language_that_we_do_not_speak_changes_nothing(self, cast: Cast) -> None:
        signed_in(cast.coach).post(SWITCH, {"language": "tlh"})

        assert User.objects.get(pk=cast.coach.pk).language == "sv"
        with refused_for("account_language_unknown"):
            choose_language(language="tlh", by=cast.coach, at=NOW)

    def test_of_a_stranger_is_kept_on_the_device(self, db: None) -> None:
        client = Client()
        client.post(SWITCH, {"language": "en"})

        assert language_of(client, "/hjalp/") == "en"


class TestTheFirstSignIn:
    @pytest.fixture
    def newcomer(self, db: None) -> User:
        user = User.objects.create_user("eva@example.org", PASSWORD, name="Eva", persona="employer")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def sign_in(self, user: User, language: str) -> None:
        words = {"login": user.email, "password": PASSWORD}
        Client(headers={"accept-language": language}).post(reverse("account_login"), words)

    def test_sets_it_and_a_later_one_does_not(self, newcomer: User) -> None:
        self.sign_in(newcomer, "en")
        self.sign_in(newcomer, "sv")

        assert User.objects.get(pk=newcomer.pk).language == "en"
