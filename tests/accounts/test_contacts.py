"""How a municipality is reached: set by its administrator from a day on, printed in public."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from backend.accounts.contacts.services import set_contact
from backend.accounts.enums import Accessibility
from backend.accounts.models import Municipality, MunicipalityContact
from backend.core.models import AuditEntry
from tests.factories import MunicipalityFactory
from tests.factories.accounts import MunicipalityContactFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

pytestmark = pytest.mark.django_db
SAID = {
    "valid_from": TODAY,
    "phone": "016-710 10 00",
    "hours": "Vardagar 9–15",
    "email": "jobb@example.org",
    "address": "Fristadstorget 1",
    "controller": "Arbetsmarknadsnämnden",
    "protection_officer": "dso@example.org",
    "accessibility_email": "webb@example.org",
    "accessibility": "full",
    "shortcomings": "",
    "tested_on": TODAY,
    "tested_how": "med tangentbord",
}


@pytest.fixture(autouse=True)
def frozen_time():
    with time_machine.travel(NOW, tick=False):
        yield


def set_by(cast, **said):
    whose = cast.municipality.pk
    return set_contact(municipality_id=whose, by=cast.administrator, at=NOW, **{**SAID, **said})


class TestSetting:
    def test_holds_from_its_day_and_the_one_before_until_then(self, cast):
        now = set_by(cast)
        later = set_by(cast, valid_from=TODAY + timedelta(days=10), phone="016-710 20 00")

        assert MunicipalityContact.objects.in_force(TODAY).get() == now
        assert MunicipalityContact.objects.in_force(TODAY + timedelta(days=10)).get() == later

    def test_of_the_same_day_replaces_and_is_written_in_the_log(self, cast):
        set_by(cast)
        set_by(cast, phone="016-710 20 00")

        assert MunicipalityContact.objects.get().phone == "016-710 20 00"
        assert AuditEntry.objects.filter(action="contact_set", subject_id=cast.municipality.pk).count() == 2

    def test_partly_accessible_needs_what_does_not_work(self, cast):
        with refused_for("shortcomings_unsaid"):
            set_by(cast, accessibility=Accessibility.PARTLY)

        assert not MunicipalityContact.objects.exists()

    def test_what_no_telephone_dials_is_refused(self, cast):
        with refused_for("phone"):
            set_by(cast, phone="ring oss")

    def test_is_done_by_administrators_of_the_municipality_alone(self, cast):
        other = MunicipalityFactory(name="Annanstad")

        with pytest.raises(Municipality.DoesNotExist):
            set_contact(municipality_id=other.pk, by=cast.administrator, at=NOW, **SAID)
        with pytest.raises(Municipality.DoesNotExist):
            set_contact(municipality_id=cast.municipality.pk, by=cast.manager, at=NOW, **SAID)


class TestPages:
    def test_the_administrator_is_told_that_nothing_is_set_and_sets_it(self, cast, client):
        client.force_login(cast.administrator)
        assert "inte satt" in client.get(reverse("home:my_home")).content.decode()

        client.post(reverse("contacts:contact_edit", args=[cast.municipality.pk]), SAID)

        assert "inte satt" not in client.get(reverse("home:my_home")).content.decode()
        page = client.get(reverse("contacts:contact_list")).content.decode()
        assert 'href="tel:+46167101000"' in page
        assert "Vardagar 9–15" in page

    def test_one_that_holds_later_is_not_yet_set(self, cast, client):
        set_by(cast, valid_from=TODAY + timedelta(days=10))
        client.force_login(cast.administrator)

        assert "inte satt" in client.get(reverse("home:my_home")).content.decode()

    def test_the_form_shows_what_stands_now_what_stood_and_what_is_to_come(self, cast, client):
        for days, phone in ((-30, "016-710 20 00"), (0, "016-710 30 00"), (30, "016-710 40 00")):
            set_by(cast, valid_from=TODAY + timedelta(days=days), phone=phone)
        client.force_login(cast.administrator)

        page = client.get(reverse("contacts:contact_edit", args=[cast.municipality.pk]))

        assert page.context["standing"].phone == "016-710 30 00"
        assert [each.phone[-5:] for each in page.context["history"]] == ["40 00", "30 00", "20 00"]
        assert "Kommer att gälla" in page.content.decode()

    def test_what_is_refused_stands_beside_its_field_and_nothing_is_lost(self, cast, client):
        client.force_login(cast.administrator)

        answer = client.post(
            reverse("contacts:contact_edit", args=[cast.municipality.pk]), SAID | {"phone": "ring"}
        )

        assert answer.status_code == 422
        assert "Fristadstorget 1" in answer.content.decode()

    @pytest.mark.parametrize(
        ("page", "words"),
        [
            ("privacy", ["Arbetsmarknadsnämnden", "dataskydd@example.org", "imy.se"]),
            ("accessibility", ["tillganglighet@example.org", "digg.se", "för hand"]),
        ],
    )
    def test_the_public_pages_say_who_answers(self, client, page, words):
        MunicipalityContactFactory()

        shown = client.get(reverse(f"contacts:{page}")).content.decode()

        assert [each for each in words if each not in shown] == []

    @pytest.mark.parametrize("page", ["privacy", "accessibility", "contact_list"])
    def test_the_public_pages_open_before_anything_is_set(self, client, page):
        assert client.get(reverse(f"contacts:{page}")).status_code == 200

    def test_weaknesses_are_told_to_a_person(self, client):
        assert client.get(reverse("contacts:security")).status_code == 404
        MunicipalityContactFactory()

        lines = client.get(reverse("contacts:security")).content.decode().splitlines()

        assert lines[0] == "Contact: mailto:arbetsmarknad@example.org"
        assert lines[1].startswith("Expires: ")
