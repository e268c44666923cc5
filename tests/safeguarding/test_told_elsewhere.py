"""Told of a workplace in words: nothing is looked up, staff find the employer or leave it without one."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.urls import reverse

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.models import AuditEntry
from backend.employers.models import Employer, Opening
from backend.home.day.looking_after import told as told_on_day
from backend.internships.enums import Voice
from backend.internships.models import Concern
from backend.internships.services import close_concern, link_concern, tell_of_elsewhere
from tests.cast import Cast
from tests.factories import EmployerFactory, MunicipalityFactory, UserFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told

ADDRESS = reverse("safeguarding:workplace_tell")
SAID = {"name": "Grillen vid torget", "place": "Torggatan 4", "text": "Ingen får rast."}


def said(cast: Cast, **changes: Any) -> Concern:
    where = {"municipality_id": cast.municipality.pk, "by": None, "at": NOW}
    return tell_of_elsewhere(**(SAID | where | changes))


def post(client: Client, **changes: Any) -> Any:
    page = client.get(ADDRESS).context["form"]
    municipality = page["municipality"].value() or ""
    return client.post(ADDRESS, {**SAID, "voice": "anonymous", "municipality": municipality, **changes})


class TestTell:
    def test_anybody_tells_of_a_workplace_in_words(self, cast: Cast, client: Client) -> None:
        answer = post(client)

        assert answer.headers["Location"] == reverse("safeguarding:told")
        concern = Concern.objects.get()
        assert (concern.employer, concern.municipality) == (None, cast.municipality)
        assert (concern.told_name, concern.told_place) == (SAID["name"], SAID["place"])
        assert {cast.coach, cast.other_coach, cast.manager} <= told(kind="workplace_concern")

    def test_no_employer_is_known_by_the_answer(self, cast: Cast, client: Client) -> None:
        Opening.objects.all().delete()
        page = client.get(ADDRESS).content.decode()
        assert "Bageriet" not in page

        answers = [post(client, name=name) for name in ("Bageriet AB", "Ingenting AB")]

        assert len({(each.status_code, each.headers["Location"]) for each in answers}) == 1
        assert set(Concern.objects.values_list("employer", flat=True)) == {None}

    @pytest.mark.parametrize(
        ("changes", "field"),
        [({"name": "", "place": ""}, "name"), ({"place": ""}, "place"), ({"text": " "}, "text")],
    )
    def test_too_little_is_said_beside_the_field(
        self, cast: Cast, client: Client, changes: dict[str, str], field: str
    ) -> None:
        answer = post(client, **changes)

        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert not Concern.objects.exists()

    def test_one_workplace_is_named_and_not_two(self, cast: Cast, client: Client) -> None:
        answer = post(client, employer=cast.bakery.pk)

        assert "name" in answer.context["form"].errors
        assert not Concern.objects.exists()

    def test_where_there_are_several_the_municipality_is_chosen(self, cast: Cast, client: Client) -> None:
        other = MunicipalityFactory(name="Annanstad")
        answer = post(client)
        assert "municipality" in answer.context["form"].errors

        post(client, municipality=other.pk)

        assert Concern.objects.get().municipality == other
        assert not Concern.objects.visible_to(cast.coach).exists()

    def test_an_employer_in_the_list_is_told_of_as_before(self, cast: Cast, client: Client) -> None:
        post(client, employer=cast.bakery.pk, name="", place="")

        assert Concern.objects.get().employer == cast.bakery

    def test_whoever_has_signed_in_says_so_too(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.participant_user)
        post(client)

        assert Concern.objects.get().raised_by == cast.participant_user

    def test_each_who_can_sign_in_has_a_voice(self) -> None:
        assert set(Persona.values) <= set(Voice.values)

    @override_settings(ACCOUNT_RATE_LIMITS={"tell_of_workplace": "1/h/ip"})
    def test_has_the_limit_of_all_that_is_told(self, cast: Cast, client: Client) -> None:
        cache.clear()
        assert [post(client, name=name).status_code for name in ("Ett", "Två")] == [302, 429]
        assert Concern.objects.count() == 1

    def test_the_same_words_twice_are_one(self, cast: Cast) -> None:
        assert said(cast) == said(cast)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"text": " "}, "concern_without_words"),
            ({"name": " "}, "concern_without_workplace"),
            ({"place": " "}, "concern_without_workplace"),
        ],
    )
    def test_is_refused_without_words(self, cast: Cast, changes: dict[str, str], code: str) -> None:
        with refused_for(code):
            said(cast, **changes)
        assert not Concern.objects.exists()

    def test_the_database_wants_a_name_where_there_is_no_employer(self, cast: Cast) -> None:
        concern = said(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Concern.objects.filter(pk=concern.pk).update(told_name="")


class TestStaff:
    def test_find_it_on_their_day_and_in_the_list_and_say_which_employer_it_is(
        self, cast: Cast, client: Client
    ) -> None:
        concern = said(cast)
        [row] = told_on_day(cast.coach, today=TODAY)
        link = reverse("safeguarding:concern_link", args=[concern.pk])
        assert (row.url, row.title) == (link, "Grillen vid torget, Torggatan 4")
        client.force_login(cast.coach)
        assert link in client.get(reverse("safeguarding:review_list")).content.decode()
        assert SAID["text"] in client.get(link).content.decode()

        client.post(link, {"employer": cast.joinery.pk})

        concern.refresh_from_db()
        assert (concern.employer, concern.told_name) == (cast.joinery, SAID["name"])
        assert AuditEntry.objects.about(concern).filter(action="concern_linked").count() == 1
        trust = reverse("safeguarding:trust_page", args=[cast.joinery.pk])
        assert "Torggatan 4" in client.get(trust).content.decode()
        assert [each.url for each in told_on_day(cast.coach, today=TODAY)] == [trust]
        assert client.get(link).status_code == 404

    def test_or_leave_it_without_one_and_write_what_was_done(self, cast: Cast, client: Client) -> None:
        concern = said(cast)
        client.force_login(cast.manager)
        close = reverse("safeguarding:concern_close", args=[concern.pk])
        assert SAID["text"] in client.get(close).content.decode()

        answer = client.post(close, {"outcome": "Det finns ingen sådan här."})

        assert answer.headers["Location"] == reverse("safeguarding:review_list")
        concern.refresh_from_db()
        assert (concern.outcome, concern.employer) == ("Det finns ingen sådan här.", None)
        with pytest.raises(Concern.DoesNotExist):
            link_concern(concern_id=concern.pk, employer_id=cast.bakery.pk, by=cast.coach, at=NOW)

    @pytest.mark.parametrize("who", ["employer_member", "participant_user"])
    def test_nobody_else_reads_or_decides_about_it(self, cast: Cast, who: str, client: Client) -> None:
        concern, stranger = said(cast), getattr(cast, who)

        assert not Concern.objects.visible_to(stranger).exists()
        with pytest.raises(Concern.DoesNotExist):
            link_concern(concern_id=concern.pk, employer_id=cast.bakery.pk, by=stranger, at=NOW)
        with pytest.raises(Concern.DoesNotExist):
            close_concern(concern_id=concern.pk, outcome="Klart", by=stranger, at=NOW)
        assert Concern.objects.unhandled().elsewhere().get() == concern

    def test_whoever_told_does_not_decide_about_it(self, cast: Cast) -> None:
        concern = said(cast, by=cast.participant_user)

        assert Concern.objects.visible_to(cast.participant_user).get() == concern
        with pytest.raises(Concern.DoesNotExist):
            link_concern(concern_id=concern.pk, employer_id=cast.bakery.pk, by=cast.participant_user, at=NOW)

    def test_of_another_municipality_know_of_neither(self, cast: Cast) -> None:
        concern, stranger = said(cast), UserFactory()
        elsewhere = EmployerFactory(municipality=MunicipalityFactory(name="Annanstad"))
        with pytest.raises(Concern.DoesNotExist):
            link_concern(concern_id=concern.pk, employer_id=cast.bakery.pk, by=stranger, at=NOW)
        with pytest.raises(Employer.DoesNotExist):
            link_concern(concern_id=concern.pk, employer_id=elsewhere.pk, by=cast.coach, at=NOW)

    @pytest.mark.parametrize(("role", "holds_back"), [("participant_user", True), ("", False)])
    def test_once_linked_what_somebody_we_know_has_said_holds_back(
        self, cast: Cast, role: str, holds_back: bool
    ) -> None:
        by: User | None = getattr(cast, role) if role else None
        concern = said(cast, by=by)
        assert not Concern.objects.holding_back(cast.opening.workplace).exists()

        link_concern(concern_id=concern.pk, employer_id=cast.bakery.pk, by=cast.coach, at=NOW)

        assert Concern.objects.holding_back(cast.opening.workplace).exists() == holds_back
