"""The administration: entered by the site's own sign-in, showing no secrets, writing through services."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Assignment, User
from backend.core.models import AuditEntry
from tests.accounts.people import PASSWORD, signed_in_too
from tests.accounts.test_second_factor import KEY, SET_UP, since
from tests.cast import Cast
from tests.factories import UserFactory

USERS, ROLES = reverse("admin:accounts_user_changelist"), reverse("admin:accounts_assignment_changelist")


@pytest.fixture
def operator(db) -> User:
    return UserFactory(email="drift@exempelstad.example", is_staff=True, is_superuser=True)


@pytest.fixture
def client(operator: User) -> Client:
    client = Client()
    client.force_login(operator)
    return client


def actions_about(*subjects) -> list[str]:
    entries = AuditEntry.objects.about(*subjects).order_by("pk")
    return list(entries.values_list("action", flat=True))


def do(client: Client, action: str, *users: User, at: str = USERS):
    with zeal_ignore():  # each is changed by a service of its own
        return client.post(at, {"action": action, "_selected_action": [str(user.pk) for user in users]})


class TestTheWayIn:
    @pytest.mark.parametrize("address", ["/admin/", "/admin/login/", USERS, "/admin/password_change/"])
    def test_is_the_sites_own_sign_in(self, db, address):
        answer = Client().get(address, follow=True)

        assert answer.redirect_chain[-1][0].startswith("/konto/login/?next=/admin/")

    def test_takes_no_password_of_its_own(self, operator):
        operator.set_password(PASSWORD)
        operator.save()
        stranger = Client()

        stranger.post("/admin/login/", {"username": operator.email, "password": PASSWORD})

        assert "_auth_user_id" not in stranger.session

    def test_leads_on_to_what_was_asked_for_and_to_no_other_site(self, client):
        for asked, led_to in ((USERS, USERS), ("https://evil.example/", "/admin/"), ("", "/admin/")):
            assert client.get("/admin/login/", {"next": asked})["Location"] == led_to

    def test_wants_the_second_factor_lately(self, client):
        answer = since(client, timedelta(minutes=16)).get(USERS, follow=True)

        assert answer.redirect_chain[-1][0].startswith(SET_UP)

    def test_is_closed_to_who_is_no_operator(self, cast: Cast):
        for user in (cast.coach, cast.administrator, cast.employer_member, cast.participant_user):
            other = Client()
            other.force_login(user)
            assert other.get(USERS, follow=True).status_code == 404

    def test_leads_to_ones_own_page_for_passwords(self, client):
        assert client.get("/admin/password_change/")["Location"] == "/konto/password/change/"


class TestWhatItShows:
    def test_is_our_own_tables_alone(self):
        assert {model.__module__.partition(".")[0] for model in admin.site._registry} == {"backend"}

    def test_no_secrets_and_no_passwords(self, client, cast):
        TOTP.activate(cast.coach, KEY)

        page = client.get(reverse("admin:accounts_user_change", args=[cast.coach.pk])).content.decode()

        assert KEY not in page
        assert 'name="password"' not in page

    @pytest.mark.parametrize("name", ["municipality", "unit", "user", "assignment"])
    def test_opens(self, client, cast, name):
        assert client.get(reverse(f"admin:accounts_{name}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:accounts_{name}_add")).status_code == 200


class TestAccounts:
    def new(self, client: Client, email: str):
        words = {"email": email, "name": "Nina Ny", "phone": "", "language": "sv"}
        return client.post(reverse("admin:accounts_user_add"), words)

    def change(self, client: Client, user: User, **words: str):
        old = {name: getattr(user, name) for name in ("email", "name", "phone", "language")}
        return client.post(reverse("admin:accounts_user_change", args=[user.pk]), old | words)

    def test_a_new_one_is_of_staff_and_signs_in_by_code(self, client):
        self.new(client, "Nina@Exempelstad.example")

        nina = User.objects.get(email="nina@exempelstad.example")
        assert (nina.persona, nina.has_usable_password(), nina.is_superuser) == (Persona.STAFF, False, False)
        assert EmailAddress.objects.filter(user=nina, verified=True).exists()
        assert actions_about(nina) == ["account_opened"]

    def test_an_address_opens_one_account(self, client, cast):
        answer = self.new(client, "CECILIA@exempelstad.example")

        assert answer.status_code == 200
        assert "Ett annat konto har" in answer.content.decode()

    def test_another_address_is_written_down_and_signs_out(self, client, cast):
        theirs = signed_in_too(cast.coach)

        self.change(client, cast.coach, email="cilla@exempelstad.example")

        assert actions_about(cast.coach) == ["address_changed"]
        assert list(cast.coach.emailaddress_set.values_list("email")) == [("cilla@exempelstad.example",)]
        assert "_auth_user_id" not in theirs.session
        assert "cilla" not in str(AuditEntry.objects.latest("pk").changes)

    def test_a_participants_address_is_that_of_the_file(self, client, cast):
        answer = self.change(client, cast.participant_user, email="annan@example.org")

        assert "ändras i deltagarens akt" in answer.content.decode()
        assert 'value="annan@example.org"' in answer.content.decode()
        assert User.objects.get(pk=cast.participant_user.pk).email == cast.participant_user.email

    def test_other_details_are_written_down_by_field(self, client, cast):
        self.change(client, cast.coach, name="Cecilia Ek")

        entry = AuditEntry.objects.about(cast.coach).get()
        assert (entry.action, entry.changes) == ("account_changed", {"fields": ["name"]})

    def test_what_does_not_change_is_not_written_down(self, client, cast):
        self.change(client, cast.coach)

        assert actions_about(cast.coach) == []

    def test_closing_ends_sessions_and_roles(self, client, cast):
        theirs = signed_in_too(cast.coach)

        do(client, "close", cast.coach)

        cast.coach.refresh_from_db()
        assert not cast.coach.is_active
        assert not cast.coach.assignments.filter(ended_on=None).exists()
        assert "_auth_user_id" not in theirs.session
        assert actions_about(cast.coach, *cast.coach.assignments.all()) == ["role_ended", "account_closed"]

    def test_a_closed_one_opens_again_without_its_roles(self, client, cast):
        do(client, "close", cast.coach)

        do(client, "reopen", cast.coach)

        cast.coach.refresh_from_db()
        assert (cast.coach.is_active, cast.coach.current_assignments) == (True, [])

    @pytest.mark.parametrize("action", ["close", "end_operators", "remove_second_factors"])
    def test_nobody_does_it_to_their_own(self, client, operator, action):
        page = client.get(do(client, action, operator)["Location"]).content.decode()

        operator.refresh_from_db()
        assert operator.is_active
        assert operator.is_superuser
        assert "ditt eget konto" in page

    def test_an_operator_is_made_of_staff_alone(self, client, cast):
        do(client, "make_operators", cast.coach, cast.employer_member)

        assert set(User.objects.filter(is_superuser=True).values_list("email", flat=True)) == {
            "drift@exempelstad.example",
            cast.coach.email,
        }
        assert actions_about(cast.coach, cast.employer_member) == ["made_operator"]

    def test_a_lost_second_factor_is_taken_away(self, client, cast):
        TOTP.activate(cast.coach, KEY)

        do(client, "remove_second_factors", cast.coach)

        assert not Authenticator.objects.filter(user=cast.coach).exists()
        assert actions_about(cast.coach) == ["second_factor_removed"]

    def test_nothing_is_deleted(self, client, cast):
        answer = client.post(reverse("admin:accounts_user_delete", args=[cast.coach.pk]), {"post": "yes"})

        assert answer.status_code == 403
        assert User.objects.filter(pk=cast.coach.pk).exists()


class TestRoles:
    def give(self, client: Client, user: User, cast: Cast, role: str, unit):
        what = {"user": user.pk, "role": role, "municipality": cast.municipality.pk, "unit": unit and unit.pk}
        given = {name: value for name, value in what.items() if value is not None}
        return client.post(reverse("admin:accounts_assignment_add"), given)

    def test_one_is_given_and_written_down(self, client, cast):
        self.give(client, cast.coach, cast, Role.MANAGER, cast.unit)

        given = cast.coach.assignments.get(role=Role.MANAGER)
        assert actions_about(given) == ["role_given"]

    @pytest.mark.parametrize("who", ["employer_member", "participant_user"])
    def test_to_staff_alone(self, client, cast, who):
        user = getattr(cast, who)

        answer = self.give(client, user, cast, Role.COACH, cast.unit)

        assert "Bara kommunens egen personal har roller" in answer.content.decode()
        assert not user.assignments.exists()

    def test_once(self, client, cast):
        answer = self.give(client, cast.coach, cast, Role.COACH, cast.unit)

        assert "har redan rollen" in answer.content.decode()
        assert f'value="{cast.unit.pk}" selected' in answer.content.decode()
        assert cast.coach.assignments.count() == 1

    def test_a_coach_belongs_to_a_unit(self, client, cast):
        answer = self.give(client, cast.coach, cast, Role.MANAGER, None)

        assert answer.status_code == 200
        assert "administratörer till ingen" in answer.content.decode()

    def test_one_ends_today_and_is_written_down(self, client, cast):
        role = cast.coach.assignments.get()

        do(client, "end", role, at=ROLES)

        assert Assignment.objects.get(pk=role.pk).ended_on is not None
        assert actions_about(role) == ["role_ended"]


class TestOnOnesOwnPages:
    def test_what_is_changed_there_is_written_down(self, cast):
        client = signed_in_too(cast.employer_member)
        new = {
            "oldpassword": PASSWORD,
            "password1": "ett nytt lösen 22",
            "password2": "ett nytt lösen 22",
        }

        client.post(reverse("account_change_password"), new)

        assert actions_about(cast.employer_member) == ["password_changed"]
