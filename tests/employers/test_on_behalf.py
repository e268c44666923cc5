"""An employer that staff register on the phone, write for, and hand over."""

import re

import pytest
import time_machine
from django.urls import reverse

from backend.accounts.models import Municipality
from backend.core.models import AuditEntry
from backend.core.outbox import sign_in
from backend.employers.enums import EmployerKind, MembershipRole, OpeningState, Standing
from backend.employers.models import ContactPerson, Employer, Workplace
from backend.employers.services import (
    ContactDetails,
    accept_invitation,
    approve_opening,
    invite_member,
    publish_opening,
    record_checks,
    register_for_employer,
    save_opening,
)
from backend.places.lookup import find_place
from tests.factories import MunicipalityFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

pytestmark = pytest.mark.usefixtures("gazetteer")
NUMBER = "556000-4615"
ADDRESS = "/api/v1/employers/"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def eskilstuna():
    return find_place("Eskilstuna")


def register(cast, *, by=None, number=NUMBER, contact=None, municipality=None):
    return register_for_employer(
        municipality=municipality or cast.municipality,
        organisationsnummer=number,
        name="Kiosken",
        kind=EmployerKind.COMPANY,
        contact=contact or ContactDetails("Kim Kiosk", email="Kim@kiosken.example", phone="070-174 06 05"),
        workplace_name="Torget",
        place=eskilstuna(),
        by=by or cast.coach,
        at=NOW,
    )


class TestRegister:
    def test_with_workplace_and_contact_and_nobody_who_speaks_for_it(self, cast):
        done = register(cast)

        employer = Employer.objects.get(pk=done.employer.pk)
        assert (done.is_new, employer.standing_on(TODAY), employer.memberships.count()) == (
            True,
            Standing.NEW,
            0,
        )
        assert Workplace.objects.get(employer=employer).name == "Torget"
        assert employer.contact_person.email == "kim@kiosken.example"
        assert AuditEntry.objects.about(employer).first().action == "registered_by_phone"

    def test_one_that_is_there_is_left_as_it_stands(self, cast):
        done = register(cast, number=cast.bakery.organisationsnummer)

        assert (done.is_new, done.employer) == (False, cast.bakery)
        assert not ContactPerson.objects.exists()
        assert not Workplace.objects.filter(name="Torget").exists()

    def test_somebody_there_can_be_reached(self, cast):
        with refused_for("contact_phone"):
            register(cast, contact=ContactDetails("Kim Kiosk"))

        assert not Employer.objects.filter(name="Kiosken").exists()

    def test_by_staff_of_the_municipality_alone(self, cast):
        for who in (cast.employer_member, cast.participant_user):
            with pytest.raises(Municipality.DoesNotExist):
                register(cast, by=who)
        with pytest.raises(Municipality.DoesNotExist):
            register(cast, municipality=MunicipalityFactory(name="Annanstad"))


class TestUntilThen:
    def test_the_coach_publishes_for_it(self, cast):
        employer = register(cast).employer
        workplace = employer.workplaces.get()
        fields = {"workplace": workplace, "kind": "internship", "title": "Kassa", "description": "Ta betalt."}
        opening = save_opening(fields=fields, by=cast.coach, at=NOW)
        assert publish_opening(opening_id=opening.pk, by=cast.coach, at=NOW).state == (
            OpeningState.AWAITING_APPROVAL
        )
        record_checks(
            employer=employer,
            kinds=["trading_prohibition", "insolvency", "tax_debt", "conduct"],
            outcome="clear",
            evidence="Registerutdrag",
            checked_on=TODAY,
            until=TODAY.replace(year=TODAY.year + 1),
            by=cast.coach,
            at=NOW,
        )

        approve_opening(opening_id=opening.pk, by=cast.coach, at=NOW)

        employer.refresh_from_db()
        opening.refresh_from_db()
        assert (employer.standing_on(TODAY), opening.state) == (Standing.GOOD, OpeningState.PUBLISHED)

    def test_it_is_found_by_who_was_spoken_with(self, client, cast):
        register(cast)
        client.force_login(cast.coach)

        page = client.get(reverse("employers:employer_list"), {"q": "Kim Kiosk"}).content.decode()

        assert "Kiosken" in page


class TestHandOver:
    def test_the_invitation_makes_the_receiver_its_administrator(self, cast, mailoutbox):
        employer = register(cast).employer
        invite_member(
            employer_id=employer.pk,
            email="kim@kiosken.example",
            role=MembershipRole.ADMINISTRATOR,
            by=cast.coach,
            at=NOW,
        )
        sign_in.deliver(clock=lambda: NOW)
        token = re.search(r"/inbjuden/([^/]+)/", mailoutbox[-1].body).group(1)

        membership = accept_invitation(token=token, by=None, name="Kim Kiosk", at=NOW)

        assert Employer.objects.administered_by(membership.user).get() == employer
        assert not ContactPerson.objects.exists()
        assert AuditEntry.objects.about(employer).filter(action="handed_over").exists()


class TestPage:
    def data(self, cast, **changes):
        return {
            "municipality": cast.municipality.pk,
            "organisationsnummer": NUMBER,
            "name": "Kiosken",
            "kind": "company",
            "contact_name": "Kim Kiosk",
            "contact_phone": "070-174 06 05",
            "contact_email": "kim@kiosken.example",
            "workplace_name": "Torget",
            "place": "Eskilstuna",
            **changes,
        }

    def test_leads_to_the_employers_page_with_whom_to_ring_and_the_way_to_hand_over(self, client, cast):
        client.force_login(cast.coach)

        answer = client.post(reverse("employers:employer_register"), self.data(cast), follow=True)

        page = answer.content.decode()
        employer = Employer.objects.get(name="Kiosken")
        invite = reverse("employers:invitation_create", args=[employer.pk])
        assert "Kim Kiosk" in page
        assert invite in page
        form = client.get(invite).context["form"]
        assert form["email"].value() == "kim@kiosken.example"
        assert form["role"].value() == MembershipRole.ADMINISTRATOR

    @pytest.mark.parametrize(
        "changes",
        [{"contact_phone": "", "contact_email": ""}, {"place": "Ingenstans"}, {"organisationsnummer": "1"}],
    )
    def test_what_is_missing_is_said_and_nothing_kept(self, client, cast, changes):
        client.force_login(cast.coach)

        answer = client.post(reverse("employers:employer_register"), self.data(cast, **changes))

        assert answer.status_code == 422
        assert not Employer.objects.filter(name="Kiosken").exists()

    def test_another_municipality_cannot_be_chosen(self, client, cast):
        client.force_login(cast.coach)
        elsewhere = MunicipalityFactory(name="Annanstad")

        answer = client.post(
            reverse("employers:employer_register"), self.data(cast, municipality=elsewhere.pk)
        )

        assert answer.status_code == 422


class TestApi:
    def body(self, cast, **changes):
        return {
            "municipality": str(cast.municipality.pk),
            "organisation_number": NUMBER,
            "name": "Kiosken",
            "kind": "company",
            "contact": {"name": "Kim Kiosk", "phone": "070-174 06 05"},
            "workplace": {"name": "Torget", "place": "Eskilstuna"},
            **changes,
        }

    def post(self, client, body):
        return client.post(ADDRESS, body, content_type="application/json")

    def test_staff_register_an_employer(self, client, cast):
        client.force_login(cast.coach)

        answer = self.post(client, self.body(cast))

        assert answer.status_code == 201, answer.content
        assert answer.json()["organisation_number"] == "556000-4615"
        assert client.get(f"{ADDRESS}{answer.json()['id']}/").json()["name"] == "Kiosken"

    def test_staff_state_whom_to_ring(self, client, cast):
        client.force_login(cast.coach)

        assert self.post(client, self.body(cast, contact=None)).status_code in (400, 422)
        assert not Employer.objects.filter(name="Kiosken").exists()

    def test_who_speaks_for_one_registers_it_and_joins_what_is_there(self, client, cast):
        client.force_login(cast.other_employer)
        body = self.body(cast)
        del body["contact"], body["workplace"]

        assert self.post(client, body).status_code == 201
        joining = self.post(client, {**body, "organisation_number": cast.bakery.organisationsnummer})

        assert (joining.status_code, joining.json()) == (202, {"state": "requested"})

    def test_a_participant_registers_nothing(self, client, cast):
        client.force_login(cast.participant_user)

        assert self.post(client, self.body(cast)).status_code == 404
