"""A session that ends does not eat a form: what was typed waits for whoever typed it, and for nobody else."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from backend.accounts.models import User
from backend.core.models import UNSENT_KEPT, UnsentForm
from backend.core.running.jobs import forget_unsent_forms
from backend.core.writing import unsent
from backend.participants.models import Participant
from tests.cast import Cast
from tests.factories import UserFactory
from tests.factories.base import NOW
from tests.permissions.test_sent_twice import file
from tests.permissions.world import Everything

GO_ON = 'name="unsent"'
CREATE, LIST = "participants:participant_create", "core:unsent_list"
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def form_of(client: Client, address: str) -> str:
    """Open the page of a form and return its token."""
    found = TOKEN.findall(client.get(address).content.decode())
    return str(found[-1])


def typed(everything: Everything) -> dict[str, Any]:
    row = {
        "skills-TOTAL_FORMS": 1,
        "skills-0-text": "svetsa rör",
        "skills-0-level": 2,
        "skills-0-source": "self",
    }
    return {**file(everything), "first_name": "Zlatka", "enrolled_on": timezone.localdate(), **row}


def sent_too_late(client: Client, everything: Everything, user: User, **headers: str) -> HttpResponse:
    """Open the form as `user`, lose the session, and send it."""
    client.force_login(user)
    token = form_of(client, reverse(CREATE))
    client.logout()
    response: HttpResponse = client.post(
        reverse(CREATE), {**typed(everything), "form_token": token}, headers=headers
    )
    return response


def go_on(client: Client) -> HttpResponse:
    [kept] = UnsentForm.objects.all()
    response: HttpResponse = client.post(kept.address, {"unsent": kept.pk})
    return response


@pytest.fixture
def late(client: Client, everything: Everything) -> Everything:
    sent_too_late(client, everything, everything.cast.coach)
    UnsentForm.objects.exclude(address=reverse(CREATE)).delete()
    return everything


class TestWhatWasTyped:
    def test_waits_behind_the_sign_in_and_can_be_read_by_nobody(
        self, client: Client, everything: Everything
    ) -> None:
        response = sent_too_late(client, everything, everything.cast.coach)

        assert response["Location"] == f"{reverse('account_login')}?next=%2Foskickat%2F"
        kept = UnsentForm.objects.get(address=reverse(CREATE))
        assert kept.owner == everything.cast.coach
        assert "Zlatka" not in f"{kept.content}{kept}"
        assert "kvar" in client.get(response["Location"]).content.decode()

    def test_is_shown_again_in_every_field_and_row_and_not_yet_saved(
        self, client: Client, late: Everything
    ) -> None:
        client.force_login(late.cast.coach)
        assert GO_ON in client.get(reverse(LIST)).content.decode()
        page = go_on(client).content.decode()

        assert 'value="Zlatka"' in page
        assert 'value="svetsa rör"' in page
        assert "Inget har skickats än" in page
        assert not Participant.objects.filter(first_name="Zlatka").exists()
        assert not UnsentForm.objects.exists()

    def test_is_saved_when_it_is_sent_from_there(self, client: Client, late: Everything) -> None:
        client.force_login(late.cast.coach)
        token = TOKEN.findall(go_on(client).content.decode())[-1]
        client.post(reverse(CREATE), {**typed(late), "form_token": token})

        assert Participant.objects.filter(first_name="Zlatka").count() == 1

    @pytest.mark.parametrize("role", ["other_coach", "manager", "participant", "employer_member"])
    def test_is_nothing_to_whoever_signs_in_there_next(
        self, client: Client, late: Everything, role: str
    ) -> None:
        user = late.cast.roles()[role]
        assert user is not None
        client.force_login(user)

        page = client.get(reverse(LIST)).content.decode()
        answer = go_on(client)

        assert GO_ON not in page
        assert "Zlatka" not in answer.content.decode()
        assert UnsentForm.objects.count() == 1

    def test_can_be_thrown_away(self, client: Client, late: Everything) -> None:
        client.force_login(late.cast.coach)
        client.post(reverse("core:unsent_discard", args=[UnsentForm.objects.get().pk]))

        assert not UnsentForm.objects.exists()

    def test_is_kept_for_hours(self, client: Client, late: Everything) -> None:
        kept = UnsentForm.objects.get()
        with time_machine.travel(kept.at + UNSENT_KEPT, tick=False):
            client.force_login(late.cast.coach)
            assert GO_ON not in client.get(reverse(LIST)).content.decode()
            assert go_on(client).status_code == 302
        forget_unsent_forms(kept.at + UNSENT_KEPT)
        assert not UnsentForm.objects.exists()

    def test_is_kept_when_a_part_of_its_page_was_to_be_shown(
        self, client: Client, everything: Everything
    ) -> None:
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{reverse(CREATE)}"}
        response = sent_too_late(client, everything, everything.cast.coach, **headers)

        assert response["HX-Redirect"].endswith("next=%2Foskickat%2F")
        assert UnsentForm.objects.filter(address=reverse(CREATE)).exists()

    def test_is_there_at_once_for_who_has_signed_in_again_elsewhere(self, everything: Everything) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(everything.cast.coach)
        token = form_of(client, reverse(CREATE))
        response = client.post(reverse(CREATE), {**typed(everything), "form_token": token})

        assert (response.status_code, response["Location"]) == (302, reverse(LIST))

    def test_is_kept_for_its_owner_when_another_is_signed_in_by_now(self, everything: Everything) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(everything.cast.coach)
        token = form_of(client, reverse(CREATE))
        client.force_login(everything.cast.manager)
        response = client.post(reverse(CREATE), {**typed(everything), "form_token": token})

        assert response.status_code == 403
        assert UnsentForm.objects.get(address=reverse(CREATE)).owner == everything.cast.coach


class TestNothingIsKept:
    def test_of_a_form_whose_token_nobody_signed(self, client: Client, everything: Everything) -> None:
        for token in (
            "",
            "x",
            unsent.token_for(AnonymousUser()),
            unsent.token_for(everything.cast.coach)[:-1],
        ):
            client.post(reverse(CREATE), {**typed(everything), "form_token": token})

        assert not UnsentForm.objects.filter(address=reverse(CREATE)).exists()

    def test_of_passwords(self, client: Client, cast: Cast) -> None:
        token = unsent.token_for(cast.coach)
        client.post(reverse("account_change_password"), {"oldpassword": "hemligt", "form_token": token})

        assert not UnsentForm.objects.exists()

    def test_of_a_form_whose_address_is_too_long(self, client: Client, everything: Everything) -> None:
        address = f"{reverse(CREATE)}?a={'x' * unsent.LONGEST_ADDRESS}"
        token = unsent.token_for(everything.cast.coach)
        response = client.post(address, {**typed(everything), "form_token": token})

        assert response["Location"].startswith(reverse("account_login"))
        assert not UnsentForm.objects.filter(address__startswith=reverse(CREATE)).exists()

    def test_of_somebody_whose_account_is_gone(self, client: Client, everything: Everything) -> None:
        gone = UserFactory()
        token = unsent.token_for(gone)
        gone.delete()
        response = client.post(reverse(CREATE), {**typed(everything), "form_token": token})

        assert response["Location"].startswith(reverse("account_login"))
        assert not UnsentForm.objects.filter(address__startswith=reverse(CREATE)).exists()

    def test_of_a_button(self, client: Client, cast: Cast) -> None:
        token = unsent.token_for(cast.coach)
        client.post(reverse("participants:participant_invite", args=[cast.pia.pk]), {"form_token": token})

        assert not UnsentForm.objects.exists()


@pytest.mark.django_db
class TestKeep:
    def kept(self, cast: Cast, text: str, **also: Any) -> UnsentForm | None:
        return unsent.keep(
            QueryDict(f"a={text}"), owner=cast.coach.pk, **{"address": "/a/", "at": NOW, **also}
        )

    def test_has_bounds(self, cast: Cast) -> None:
        assert self.kept(cast, "x" * unsent.MOST_BYTES) is None
        for minute in range(unsent.MOST_FORMS + 2):
            self.kept(cast, str(minute), at=NOW + timedelta(minutes=minute))

        rows = UnsentForm.objects.order_by("at")
        assert rows.count() == unsent.MOST_FORMS
        assert rows[0].at == NOW + timedelta(minutes=2)

    def test_of_one_text_sent_twice_keeps_one(self, cast: Cast) -> None:
        assert self.kept(cast, "x") == self.kept(cast, "x", at=NOW + timedelta(seconds=1))
        self.kept(cast, "y")

        assert UnsentForm.objects.count() == 2

    def test_outlives_a_change_of_key_and_no_more(self, cast: Cast) -> None:
        with override_settings(SECRET_KEY="old"):
            kept, lost = self.kept(cast, "x"), self.kept(cast, "y")
        assert kept
        assert lost
        mine: dict[str, Any] = {"owner": cast.coach, "address": "/a/", "at": NOW}
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["old"]):
            assert unsent.take(str(kept.pk), **mine) == QueryDict("a=x")
        with override_settings(SECRET_KEY="new"):
            assert unsent.take(str(lost.pk), **mine) is None

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_of_two_who_go_on_at_once_one_does(self, cast: Cast) -> None:
        kept = self.kept(cast, "x")
        assert kept

        def take(_number: int) -> bool:
            try:
                return unsent.take(str(kept.pk), owner=cast.coach, address="/a/", at=NOW) is not None
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as threads:
            assert sorted(threads.map(take, range(4))) == [False, False, False, True]
