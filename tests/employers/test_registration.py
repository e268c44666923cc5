"""Who an employer is and who speaks for it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from backend.accounts.enums import Persona
from backend.core import outbox
from backend.core.models import AuditEntry, OutboxMessage
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.enums import EmployerKind, MembershipRole, MembershipState, Standing
from backend.employers.models import Employer, EmployerMembership
from backend.employers.services import (
    approve_membership,
    change_role,
    end_membership,
    find_or_register_employer,
    remind_of_request,
    request_membership,
    withdraw_request,
)
from tests.factories import EmployerFactory, MembershipFactory, MunicipalityFactory, UserFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told, told_by_kind

NUMBER = "5560004615"


@pytest.fixture
def newcomer(db):
    return UserFactory(name="Nils", email="nils@nytt.example", persona=Persona.EMPLOYER)


def register(by, number=NUMBER, **others):
    facts = {
        "municipality": MunicipalityFactory(),
        "name": "Ericsson",
        "kind": EmployerKind.COMPANY,
        **others,
    }
    return find_or_register_employer(organisationsnummer=number, by=by, at=NOW, **facts)


class TestFindOrRegister:
    def test_a_new_organisation_has_its_first_member_as_administrator(self, newcomer):
        registration = register(newcomer, "556000-4615", name="Ångbageriet AB")

        employer = Employer.objects.get()
        assert registration.is_new
        assert (employer.organisationsnummer, employer.standing_on(TODAY)) == (NUMBER, Standing.NEW)
        assert employer.sort_key.startswith("z")
        assert (registration.membership.role, registration.membership.state) == (
            MembershipRole.ADMINISTRATOR,
            MembershipState.ACTIVE,
        )
        assert Employer.objects.of(newcomer).get() == employer

    def test_a_registered_one_is_joined_not_doubled(self, cast, newcomer):
        before = (cast.bakery.name, cast.bakery.kind)

        registration = register(
            newcomer, cast.bakery.organisationsnummer, name="Taken over", kind=EmployerKind.ASSOCIATION
        )

        cast.bakery.refresh_from_db()
        assert not registration.is_new
        assert registration.employer == cast.bakery
        assert (cast.bakery.name, cast.bakery.kind) == before
        assert registration.membership.state == MembershipState.REQUESTED
        assert not Employer.objects.of(newcomer).exists()

    def test_each_municipality_keeps_its_own(self, cast, newcomer):
        elsewhere = MunicipalityFactory(name="Annanstad")

        assert register(newcomer, cast.bakery.organisationsnummer, municipality=elsewhere).is_new

    @pytest.mark.parametrize(
        ("number", "why"),
        [
            ("5560004616", "organisation_number_checksum"),
            ("8113189875", "organisation_number_checksum"),
            ("212000-0142", "organisation_number_public"),
            ("", "organisation_number_format"),
            ("x", "organisation_number_format"),
        ],
    )
    def test_a_wrong_number_registers_nothing(self, newcomer, number, why):
        with refused_for(why):
            register(newcomer, number)

        assert not Employer.objects.exists()
        assert not EmployerMembership.objects.exists()
        assert not AuditEntry.objects.exists()

    def test_the_administrator_is_told_of_the_request(self, cast, newcomer):
        register(newcomer, cast.bakery.organisationsnummer)

        assert told_by_kind() == {("membership_requested", cast.employer_member)}

    def test_the_coaches_are_told_where_nobody_administers(self, cast, newcomer):
        orphan = EmployerFactory(municipality=cast.municipality)

        register(newcomer, orphan.organisationsnummer, municipality=cast.municipality)

        assert told() == {cast.coach, cast.other_coach}


class TestRequestMembership:
    def test_asking_twice_asks_once(self, cast, newcomer):
        first = request_membership(employer=cast.bakery, by=newcomer, at=NOW)

        assert request_membership(employer=cast.bakery, by=newcomer, at=NOW) == first
        assert OutboxMessage.objects.count() == 1

    def test_a_member_stays_one(self, cast):
        membership = request_membership(employer=cast.bakery, by=cast.employer_member, at=NOW)

        assert membership.state == MembershipState.ACTIVE
        assert not OutboxMessage.objects.exists()

    def test_who_left_can_ask_again_but_not_for_the_old_role(self, cast):
        left = MembershipFactory(employer=cast.bakery, state=MembershipState.ENDED)

        membership = request_membership(employer=cast.bakery, by=left.user, at=NOW)

        assert (membership.state, membership.role) == (MembershipState.REQUESTED, MembershipRole.CONTACT)


class TestApproveMembership:
    @pytest.fixture
    def request_of(self, cast, newcomer):
        return request_membership(employer=cast.bakery, by=newcomer, at=NOW)

    @pytest.mark.parametrize("who", ["employer_member", "coach", "manager", "administrator"])
    def test_by_the_employers_administrator_or_staff(self, cast, request_of, who):
        approve_membership(membership_id=request_of.pk, by=getattr(cast, who), at=NOW)

        assert Employer.objects.of(request_of.user).get() == cast.bakery
        assert told(kind="membership_approved") == {request_of.user}

    def test_by_nobody_else(self, cast, request_of):
        contact = MembershipFactory(employer=cast.bakery, role=MembershipRole.CONTACT).user
        for who in (request_of.user, contact, cast.other_employer, cast.participant_user):
            with pytest.raises(EmployerMembership.DoesNotExist):
                approve_membership(membership_id=request_of.pk, by=who, at=NOW)

        request_of.refresh_from_db()
        assert request_of.state == MembershipState.REQUESTED

    def test_a_second_decision_changes_nothing(self, cast, request_of):
        end_membership(membership_id=request_of.pk, by=cast.coach, at=NOW)

        with pytest.raises(TransitionNotAllowed):
            approve_membership(membership_id=request_of.pk, by=cast.employer_member, at=NOW)

        request_of.refresh_from_db()
        assert request_of.state == MembershipState.ENDED

    def test_the_message_is_not_sent_when_the_request_has_been_answered(self, cast, request_of, mailoutbox):
        approve_membership(membership_id=request_of.pk, by=cast.coach, at=NOW)

        outbox.deliver_due(at=NOW)

        assert [mail.to for mail in mailoutbox] == [[request_of.user.email]]


class TestWaiting:
    TOMORROW = NOW + timedelta(days=1)

    @pytest.fixture
    def request_of(self, cast, newcomer):
        return request_membership(employer=cast.bakery, by=newcomer, at=NOW)

    def test_a_reminder_tells_the_administrator_again_once_a_day(self, cast, request_of):
        with refused_for("reminded_today"):
            remind_of_request(membership_id=request_of.pk, by=request_of.user, at=NOW)
        assert OutboxMessage.objects.count() == 1

        remind_of_request(membership_id=request_of.pk, by=request_of.user, at=self.TOMORROW)
        with refused_for("reminded_today"):
            remind_of_request(membership_id=request_of.pk, by=request_of.user, at=self.TOMORROW)

        assert OutboxMessage.objects.count() == 2
        assert AuditEntry.objects.about(request_of).filter(action="reminded").count() == 1

    def test_who_asked_can_take_it_back(self, cast, request_of):
        withdraw_request(membership_id=request_of.pk, by=request_of.user, at=NOW)

        request_of.refresh_from_db()
        assert request_of.state == MembershipState.ENDED
        assert AuditEntry.objects.about(request_of).first().action == "request_withdrawn"

    @pytest.mark.parametrize("write", [remind_of_request, withdraw_request])
    def test_it_is_nobody_elses(self, cast, request_of, write):
        for who in (cast.employer_member, cast.coach, cast.other_employer):
            with pytest.raises(EmployerMembership.DoesNotExist):
                write(membership_id=request_of.pk, by=who, at=self.TOMORROW)

        request_of.refresh_from_db()
        assert request_of.state == MembershipState.REQUESTED

    @pytest.mark.parametrize("write", [remind_of_request, withdraw_request])
    def test_whoever_was_let_in_meanwhile_stays(self, cast, request_of, write):
        approve_membership(membership_id=request_of.pk, by=cast.employer_member, at=NOW)

        with pytest.raises(TransitionNotAllowed):
            write(membership_id=request_of.pk, by=request_of.user, at=self.TOMORROW)

        request_of.refresh_from_db()
        assert request_of.state == MembershipState.ACTIVE

    @time_machine.travel(NOW, tick=False)
    @pytest.mark.parametrize("name", ["home:my_home", "employers:my_openings", "employers:register"])
    def test_the_one_who_waits_is_led_to_what_she_waits_for(self, client, request_of, name):
        client.force_login(request_of.user)

        answer = client.get(reverse(name), follow=True)

        assert answer.redirect_chain[-1][0] == reverse("employers:my_organisation")
        page = answer.content.decode()
        assert reverse("employers:membership_withdraw", args=[request_of.pk]) in page
        assert reverse("employers:membership_remind", args=[request_of.pk]) not in page

    @time_machine.travel(TOMORROW, tick=False)
    def test_the_day_after_she_reminds_from_her_page_and_can_leave(self, client, request_of):
        client.force_login(request_of.user)
        remind, leave = (
            reverse(f"employers:membership_{verb}", args=[request_of.pk]) for verb in ("remind", "withdraw")
        )
        assert remind in client.get(reverse("employers:my_organisation")).content.decode()

        assert "påminda" in client.post(remind, follow=True).content.decode()
        answer = client.post(leave, follow=True)

        assert answer.redirect_chain[-1][0] == reverse("employers:register")

    def test_the_administrators_home_shows_who_waits(self, client, cast, request_of):
        client.force_login(cast.employer_member)

        page = client.get(reverse("home:my_home")).content.decode()

        assert "Nils" in page
        assert reverse("employers:membership_approve", args=[request_of.pk]) in page

    def test_a_contacts_home_does_not(self, client, cast, request_of):
        client.force_login(MembershipFactory(employer=cast.bakery, role=MembershipRole.CONTACT).user)

        assert "Nils" not in client.get(reverse("home:my_home")).content.decode()


class TestLastAdministrator:
    def test_cannot_leave(self, cast):
        own = EmployerMembership.objects.get(user=cast.employer_member)

        with refused_for("last_administrator"):
            end_membership(membership_id=own.pk, by=cast.employer_member, at=NOW)
        with refused_for("last_administrator"):
            change_role(membership_id=own.pk, role="contact", by=cast.employer_member, at=NOW)

        own.refresh_from_db()
        assert (own.state, own.role) == (MembershipState.ACTIVE, MembershipRole.ADMINISTRATOR)

    def test_can_when_there_is_another(self, cast):
        other = MembershipFactory(employer=cast.bakery, role=MembershipRole.CONTACT)
        own = EmployerMembership.objects.get(user=cast.employer_member)
        change_role(membership_id=other.pk, role="administrator", by=cast.employer_member, at=NOW)

        end_membership(membership_id=own.pk, by=cast.employer_member, at=NOW)

        assert not Employer.objects.of(cast.employer_member).exists()


class TestRegisterPage:
    def data(self, **changes):
        return {
            "municipality": MunicipalityFactory().pk,
            "organisationsnummer": "16 556000-4615",
            "name": "Ericsson",
            "kind": "company",
            **changes,
        }

    def test_leads_to_the_first_workplace(self, client, newcomer):
        client.force_login(newcomer)

        answer = client.post(reverse("employers:register"), self.data())

        assert answer.headers["Location"] == reverse("employers:workplace_create")
        assert Employer.objects.of(newcomer).get().organisationsnummer == NUMBER

    def test_the_way_in_ends_with_the_first_opening(self, client, newcomer):
        client.force_login(newcomer)
        steps = [reverse("employers:register")]
        steps.append(client.post(steps[0], self.data()).headers["Location"])
        pages = [client.get(steps[1]).content.decode()]

        answer = client.post(steps[1], {"name": "Bageriet", "place": "Eskilstuna"}, follow=True)

        pages.append(answer.content.decode())
        assert answer.redirect_chain[0][0].startswith(reverse("employers:opening_create"))
        assert "Steg 2 av 3: er arbetsplats" in pages[0]
        assert "Steg 3 av 3: er första annons" in pages[1]

    def test_a_second_workplace_is_no_step_on_the_way_in(self, client, cast):
        client.force_login(cast.employer_member)
        page = client.get(reverse("employers:workplace_create")).content.decode()
        assert "Steg" not in page.partition("<h1")[2].partition("</h1>")[0]

    def test_a_registered_one_tells_nothing_about_its_members(self, client, cast, newcomer):
        client.force_login(newcomer)

        answer = client.post(
            reverse("employers:register"),
            self.data(organisationsnummer=cast.bakery.organisationsnummer),
            follow=True,
        )

        page = answer.content.decode()
        assert answer.redirect_chain[-1][0] == reverse("employers:my_organisation")
        assert cast.bakery.number_written_out in page
        for secret in ("Alice", "alice@bageriet.example", cast.bakery.name):
            assert secret not in page

    @pytest.mark.parametrize(
        "wrong",
        [
            {"organisationsnummer": "556000-4616"},
            {"organisationsnummer": "811218-9876", "kind": "association"},
            {"name": "Å" * 10_000},
            {"employees": "-1"},
            {"employees": "många"},
            {"kind": "pirates"},
            {"municipality": "x"},
            {"name": "null\x00byte"},
        ],
    )
    def test_bad_input_is_told_and_kept(self, client, newcomer, wrong):
        client.force_login(newcomer)

        answer = client.post(reverse("employers:register"), self.data(**wrong))

        assert answer.status_code == 422
        assert "ds-error-summary" in answer.content.decode()
        assert not Employer.objects.exists()

    @pytest.mark.parametrize("name", ["Bageri 🥐 AB", "مخبز المدينة", "\u202eBageri"])
    def test_every_script_is_a_name(self, client, newcomer, name):
        client.force_login(newcomer)

        client.post(reverse("employers:register"), self.data(name=name))

        assert Employer.objects.get().name == name

    def test_whoever_has_no_organisation_is_led_here(self, client, newcomer):
        client.force_login(newcomer)

        for name in ("my_organisation", "my_openings", "opening_create"):
            answer = client.get(reverse(f"employers:{name}"))
            assert answer.headers["Location"] == reverse("employers:register")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_register_the_same_organisation_at_once_share_one():
    municipality = MunicipalityFactory()
    users = [UserFactory(persona=Persona.EMPLOYER) for _ in range(5)]
    together = Barrier(len(users))

    def act(user) -> None:
        together.wait()
        try:
            register(user, municipality=municipality)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(users)) as pool:
        list(pool.map(act, users))

    employer = Employer.objects.get()
    states = [membership.state for membership in employer.memberships.all()]
    assert sorted(states) == [MembershipState.ACTIVE] + [MembershipState.REQUESTED] * 4
