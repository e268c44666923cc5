"""Administrators ask staff in, give and end roles and run the units; no case is left without anybody."""

import re
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Assignment, Invitation, Municipality, Unit, User
from backend.accounts.staff import services
from backend.accounts.staff.codes import as_kept, in_groups, new_code
from backend.accounts.staff.jobs import end_roles
from backend.core.models import AuditEntry
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from tests.accounts.test_second_factor import KEY, SET_UP, since
from tests.cast import Cast
from tests.factories import AssignmentFactory, MunicipalityFactory, UnitFactory, UserFactory
from tests.factories.base import NOW, TODAY
from tests.matching.test_at_once import at_once
from tests.refusals import refused_for

CODE = re.compile(r"^([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})$", re.MULTILINE)
ACCEPT = "/inbjudan/"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def invite(cast: Cast, **changes) -> User:
    said = {"name": "Nina", "email": "Nina@exempelstad.example", "role": Role.COACH, "unit": cast.unit}
    where = {"municipality_id": cast.municipality.pk, "by": cast.administrator, "at": NOW}
    return services.invite_staff(**{**said, **where, **changes})


def code_in(outbox) -> str:
    return CODE.search(outbox[-1].body)[1]


def actions_about(*subjects) -> list[str]:
    return list(AuditEntry.objects.about(*subjects).order_by("pk").values_list("action", flat=True))


class TestInviting:
    def test_opens_an_account_with_its_role_and_mails_one_code(self, cast, mailoutbox):
        nina = invite(cast)

        (mail,) = mailoutbox
        assert mail.to == ["nina@exempelstad.example"]
        assert ACCEPT in mail.body
        assert len(CODE.findall(mail.body)) == 1
        assert (nina.persona, nina.has_usable_password()) == (Persona.STAFF, False)
        assert [(each.role, each.unit) for each in nina.current_assignments] == [(Role.COACH, cast.unit)]
        assert actions_about(nina) == ["staff_invited"]

    def test_the_code_is_kept_nowhere_as_it_is(self, cast, mailoutbox):
        nina = invite(cast)

        code = code_in(mailoutbox)
        assert code not in str(Invitation.objects.filter(user=nina).values())
        assert code.replace("-", "") not in str(Invitation.objects.filter(user=nina).values())

    @pytest.mark.parametrize("whom", ["employer_member", "participant_user", "coach"])
    def test_an_address_that_is_taken_is_refused(self, cast, whom):
        with refused_for("account_address_taken"):
            invite(cast, email=getattr(cast, whom).email.upper())

    def test_somebody_who_has_left_comes_back_to_the_same_account(self, cast):
        Assignment.objects.filter(user=cast.coach).update(ended_on=TODAY)
        User.objects.filter(pk=cast.coach.pk).update(is_active=False)

        assert invite(cast, email=cast.coach.email) == cast.coach

        assert User.objects.get(pk=cast.coach.pk).is_active

    def test_whoever_works_in_another_municipality_is_not_taken_from_it(self, cast):
        elsewhere = AssignmentFactory(unit=UnitFactory(municipality=MunicipalityFactory(name="Annanstad")))
        Assignment.objects.filter(pk=elsewhere.pk).update(ended_on=TODAY)

        with refused_for("account_address_taken"):
            invite(cast, email=elsewhere.user.email)

    def test_coaches_and_managers_need_a_unit(self, cast):
        with refused_for("role_needs_unit"):
            invite(cast, unit=None)

        assert not User.objects.filter(email="nina@exempelstad.example").exists()

    def test_a_closed_unit_takes_nobody(self, cast):
        closed = UnitFactory(municipality=cast.municipality, closed_on=TODAY)

        with refused_for("unit_closed"):
            invite(cast, unit=closed)

    def test_is_done_by_administrators_of_the_municipality_alone(self, cast):
        for who in (cast.manager, cast.coach, cast.employer_member):
            with pytest.raises(Municipality.DoesNotExist):
                invite(cast, by=who)

    def test_the_page_leads_to_the_new_colleague(self, cast, administrator):
        said = {"name": "Nina", "email": "nina@exempelstad.example", "role": "administrator"}

        answer = administrator.post(reverse("staff:person_invite"), said, follow=True)

        page = answer.content.decode()
        assert "Inbjudan väntar på svar" in page
        assert "Administratör" in page

    def test_what_is_refused_stands_beside_its_field(self, cast, administrator):
        said = {"name": "Nina", "email": cast.coach.email, "role": "coach", "unit": cast.unit.pk}

        answer = administrator.post(reverse("staff:person_invite"), said)

        assert answer.status_code == 422
        assert 'value="Nina"' in answer.content.decode()


class TestTheCode:
    @pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", " ")])
    def test_lets_in_without_a_second_code(self, cast, mailoutbox, typed):
        nina, client = invite(cast), Client()

        client.post(ACCEPT, {"code": typed(code_in(mailoutbox))})

        assert client.session["_auth_user_id"] == str(nina.pk)
        assert len(mailoutbox) == 1
        assert actions_about(nina) == ["staff_invited", "invitation_accepted"]

    def test_opens_no_page_of_staff_before_the_second_factor_is_set_up(self, cast, mailoutbox):
        invite(cast)
        client = Client()
        client.post(ACCEPT, {"code": code_in(mailoutbox)})
        since(client, None)

        answer = client.get("/deltagare/")

        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, SET_UP)

    def test_whoever_has_a_second_factor_passes_it(self, cast, mailoutbox):
        Assignment.objects.filter(user=cast.coach).update(ended_on=TODAY)
        TOTP.activate(cast.coach, KEY)
        invite(cast, email=cast.coach.email)

        client = Client()
        answer = client.post(ACCEPT, {"code": code_in(mailoutbox)})

        assert answer["Location"] == "/konto/2fa/authenticate/"
        assert client.get("/deltagare/")["Location"].startswith("/konto/login/")

    def test_works_once(self, cast, mailoutbox):
        invite(cast)
        code = code_in(mailoutbox)
        Client().post(ACCEPT, {"code": code})

        second = Client()
        answer = second.post(ACCEPT, {"code": code})

        assert answer.status_code == 422
        assert "_auth_user_id" not in second.session

    def test_is_dead_once_its_receiver_has_come_another_way(self, cast, mailoutbox):
        nina = invite(cast)

        Client().force_login(nina)

        with refused_for("invitation_not_valid"):
            services.accept_invitation(code=code_in(mailoutbox), at=NOW)

    def test_becomes_too_old_after_seven_days(self, cast, mailoutbox):
        invite(cast)

        with refused_for("invitation_not_valid"):
            services.accept_invitation(code=code_in(mailoutbox), at=NOW + timedelta(days=7))

    def test_of_nobody_says_the_same(self, db):
        for typed in ("", "-", "ABCD-EFGH-JKLM", "ÅÄÖ"):
            with refused_for("invitation_not_valid"):
                services.accept_invitation(code=typed, at=NOW)

    def test_is_told_apart_from_others_by_twelve_signs(self):
        code = new_code()

        assert re.fullmatch(r"[A-HJ-NP-Z2-9]{12}", code)
        assert as_kept(in_groups(code)) == as_kept(code) != as_kept(new_code())


class TestSendingAgain:
    def test_gives_a_new_code_and_the_one_before_opens_nothing(self, cast, mailoutbox):
        nina = invite(cast)
        first = code_in(mailoutbox)

        services.invite_again(user_id=nina.pk, by=cast.administrator, at=NOW)

        with refused_for("invitation_not_valid"):
            services.accept_invitation(code=first, at=NOW)
        assert services.accept_invitation(code=code_in(mailoutbox), at=NOW) == nina

    def test_is_refused_when_she_has_come(self, cast, mailoutbox):
        nina = invite(cast)
        services.accept_invitation(code=code_in(mailoutbox), at=NOW)

        with refused_for("invitation_not_waiting"):
            services.invite_again(user_id=nina.pk, by=cast.administrator, at=NOW)

    def test_withdrawn_it_opens_nothing_and_leaves_no_role(self, cast, mailoutbox):
        nina = invite(cast)

        services.withdraw_invitation(user_id=nina.pk, by=cast.administrator, at=NOW)

        with refused_for("invitation_not_valid"):
            services.accept_invitation(code=code_in(mailoutbox), at=NOW)
        nina.refresh_from_db()
        assert not nina.is_active
        assert not nina.assignments.filter(ended_on=None).exists()
        assert actions_about(nina) == ["staff_invited", "invitation_withdrawn"]

    def test_is_not_for_strangers(self, cast):
        nina = invite(cast)

        for service in (services.invite_again, services.withdraw_invitation):
            with pytest.raises(User.DoesNotExist):
                service(user_id=nina.pk, by=cast.manager, at=NOW)


class TestRoles:
    def end(self, cast: Cast, whom: User, last_day=TODAY, by=None) -> Assignment:
        role = whom.assignments.get(ended_on=None)
        return services.let_go(assignment_id=role.pk, last_day=last_day, by=by or cast.administrator, at=NOW)

    def test_another_is_given_and_written_down(self, cast):
        given = services.appoint(
            user_id=cast.coach.pk, role=Role.MANAGER, unit=cast.unit, by=cast.administrator, at=NOW
        )

        assert User.objects.get(pk=cast.coach.pk).has_role(Role.MANAGER)
        assert actions_about(given) == ["role_given"]
        with refused_for("role_held"):
            services.appoint(
                user_id=cast.coach.pk, role=Role.MANAGER, unit=cast.unit, by=cast.administrator, at=NOW
            )

    def test_ended_today_the_cases_wait_for_the_manager(self, cast, client):
        cast.skye.handlers.add(cast.manager)

        self.end(cast, cast.coach)

        assert User.objects.get(pk=cast.coach.pk).current_assignments == []
        client.force_login(cast.manager)
        assert "utan jobbcoach" in client.get(reverse("home:my_home")).content.decode()

    def test_with_a_later_day_it_holds_through_that_day_and_no_longer(self, cast):
        cast.skye.handlers.add(cast.manager)
        role = self.end(cast, cast.coach, TODAY + timedelta(days=2))

        for days, holds in ((2, True), (3, False)):
            end_roles(NOW + timedelta(days=days))
            assert User.objects.get(pk=cast.coach.pk).has_role(Role.COACH) is holds
        role.refresh_from_db()
        assert role.ended_on == TODAY + timedelta(days=2)
        assert actions_about(role) == ["last_day_set", "role_ended"]

    def test_a_day_that_has_passed_is_refused(self, cast):
        with refused_for("last_day_passed"):
            self.end(cast, cast.coach, TODAY - timedelta(days=1))

    def test_nobody_is_left_with_cases_that_nobody_could_give_away(self, cast):
        Participant.objects.filter(pk=cast.skye.pk).update(state=ParticipantState.ENDED)

        with refused_for("cases_left"):
            self.end(cast, cast.other_coach)  # Integration has no manager

        assert User.objects.get(pk=cast.other_coach.pk).has_role(Role.COACH)
        AssignmentFactory(unit=cast.other_unit, role=Role.MANAGER)
        self.end(cast, cast.other_coach)

    def test_a_protected_identity_keeps_a_handler(self, cast):
        with refused_for("cases_left"):
            self.end(cast, cast.coach)

    def test_the_last_administrator_stays(self, cast):
        with refused_for("last_administrator"):
            self.end(cast, cast.administrator)

        invite(cast, role=Role.ADMINISTRATOR, unit=None)
        with refused_for("last_administrator"):
            self.end(cast, cast.administrator)  # Nina has not come yet

    def test_an_administrator_goes_when_another_is_there(self, cast):
        AssignmentFactory(unit=None, municipality=cast.municipality, role=Role.ADMINISTRATOR)

        self.end(cast, cast.administrator)

        assert not User.objects.get(pk=cast.administrator.pk).has_role(Role.ADMINISTRATOR)

    def test_is_not_for_strangers(self, cast):
        with pytest.raises(Assignment.DoesNotExist):
            self.end(cast, cast.coach, by=cast.manager)
        with pytest.raises(User.DoesNotExist):
            services.appoint(user_id=cast.coach.pk, role=Role.MANAGER, unit=cast.unit, by=cast.coach, at=NOW)

    def test_the_page_says_what_happens_to_the_cases(self, cast, administrator):
        role = cast.coach.assignments.get()

        page = administrator.get(reverse("staff:role_end", args=[role.pk])).content.decode()

        assert "2 öppna ärenden berörs." in page
        assert "Maria ger dem en ny jobbcoach" in page

    def test_it_wants_the_second_factor_lately(self, cast, administrator):
        role = cast.coach.assignments.get()

        answer = since(administrator, timedelta(minutes=16)).get(reverse("staff:role_end", args=[role.pk]))

        assert answer["Location"].partition("?")[0] == SET_UP


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_both_end_the_others_role(cast: Cast) -> None:
    other = AssignmentFactory(unit=None, municipality=cast.municipality, role=Role.ADMINISTRATOR)
    first = cast.administrator.assignments.get()
    end = partial(services.let_go, last_day=TODAY, at=NOW)

    went_through = at_once(
        lambda: end(assignment_id=other.pk, by=User.objects.get(pk=cast.administrator.pk)),
        lambda: end(assignment_id=first.pk, by=User.objects.get(pk=other.user_id)),
    )

    assert sorted(went_through) == [False, True]
    assert Assignment.objects.filter(role=Role.ADMINISTRATOR, ended_on=None).count() == 1


class TestTheList:
    def test_shows_roles_sign_in_and_who_is_waited_for(self, cast, administrator):
        invite(cast)
        User.objects.filter(pk=cast.coach.pk).update(last_login=NOW)

        page = administrator.get(reverse("staff:person_list")).content.decode()

        for words in ("Cecilia", "Jobbcoach, Arbetsmarknad", "loggade in senast", "Nina", "Inbjuden"):
            assert words in page
        assert "Alice" not in page
        assert "Pia" not in page

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"q": "cecil"}, {"Cecilia"}),
            ({"role": "manager"}, {"Maria"}),
            ({"stand": "invited"}, {"Nina"}),
            ({"stand": "working"}, {"Cecilia", "Omar", "Maria", "Adam"}),
            ({"stand": "left"}, {"Gustav"}),
        ],
    )
    def test_is_narrowed(self, cast, administrator, asked, found):
        invite(cast)
        AssignmentFactory(user=UserFactory(name="Gustav"), unit=cast.unit, ended_on=TODAY)

        page = administrator.get(reverse("staff:person_list"), asked)

        assert {each.name for each in page.context["page"]} == found

    def test_shows_nobody_of_another_municipality(self, cast, administrator):
        stranger = AssignmentFactory(unit=UnitFactory(municipality=MunicipalityFactory(name="Annanstad")))

        assert stranger.user not in administrator.get(reverse("staff:person_list")).context["page"]
        assert administrator.get(reverse("staff:person_detail", args=[stranger.user_id])).status_code == 404


class TestUnits:
    def test_are_added_and_renamed(self, cast, administrator):
        administrator.post(reverse("staff:unit_create"), {"name": "Rehab"})
        unit = Unit.objects.get(name="Rehab")

        administrator.post(reverse("staff:unit_edit", args=[unit.pk]), {"name": "Rehabilitering"})

        unit.refresh_from_db()
        assert unit.name == "Rehabilitering"
        assert actions_about(unit) == ["unit_opened", "unit_renamed"]

    def test_have_a_name_each(self, cast, administrator):
        answer = administrator.post(reverse("staff:unit_create"), {"name": cast.unit.name})

        assert answer.status_code == 422
        assert Unit.objects.filter(name=cast.unit.name).count() == 1

    def test_close_when_nobody_and_nothing_is_left(self, cast):
        close = partial(services.close_unit, unit_id=cast.other_unit.pk, by=cast.administrator, at=NOW)
        with refused_for("unit_has_staff"):
            close()
        Assignment.objects.filter(unit=cast.other_unit).update(ended_on=TODAY)
        with refused_for("unit_has_cases"):
            close()
        Participant.objects.filter(unit=cast.other_unit).update(state=ParticipantState.ENDED)

        assert close().closed_on == TODAY

        assert cast.other_unit not in Unit.objects.open()
        assert actions_about(cast.other_unit) == ["unit_closed"]

    def test_are_not_for_strangers(self, cast):
        for service in (services.close_unit, partial(services.rename_unit, name="Vår")):
            with pytest.raises(Unit.DoesNotExist):
                service(unit_id=cast.unit.pk, by=cast.manager, at=NOW)
