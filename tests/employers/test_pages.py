"""The pages: who sees what, and how many queries it costs."""

import pytest
from django.urls import reverse

from backend.employers.enums import OpeningState, Standing
from backend.employers.models import Opening
from backend.skills.enums import Resolution
from tests.factories import (
    ConceptFactory,
    EmployerFactory,
    MembershipFactory,
    OpeningFactory,
    SkillRequirementFactory,
    UserFactory,
    WorkplaceFactory,
    stand,
)
from tests.factories.base import TODAY

PUBLIC = ["employers:opening_list"]
FOR_MEMBERS = [
    "employers:my_openings",
    "employers:capacity_list",
    "employers:my_organisation",
    "employers:opening_create",
    "employers:capacity_create",
    "employers:workplace_create",
]
FOR_STAFF = ["employers:employer_list", "employers:employer_export", "employers:opening_export"]


def page_of(opening: Opening) -> str:
    return reverse("employers:opening_detail", args=[opening.pk])


class TestWhoSeesWhat:
    @pytest.mark.parametrize("name", PUBLIC)
    def test_public_pages_need_no_account(self, client, cast, name):
        assert client.get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", FOR_MEMBERS)
    def test_members_have_their_pages(self, client, cast, name):
        WorkplaceFactory(employer=cast.bakery)
        client.force_login(cast.employer_member)

        assert client.get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", [*FOR_MEMBERS[:3], "employers:register"])
    def test_nobody_else_has(self, client, cast, name):
        for user in (cast.participant_user, cast.coach):
            client.force_login(user)
            assert client.get(reverse(name)).status_code == 404

    @pytest.mark.parametrize("name", FOR_STAFF)
    def test_staff_have_theirs(self, client, cast, name):
        client.force_login(cast.coach)

        assert client.get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", FOR_STAFF)
    def test_and_nobody_else(self, client, cast, name):
        for user in (cast.participant_user, cast.employer_member):
            client.force_login(user)
            assert client.get(reverse(name)).status_code == 404

    def test_another_municipalitys_employer_is_not_there(self, client, cast):
        elsewhere = EmployerFactory(municipality__name="Annanstad")
        client.force_login(cast.coach)

        for name in ("employer_detail", "check_create"):
            assert client.get(reverse(f"employers:{name}", args=[elsewhere.pk])).status_code == 404

    @pytest.mark.parametrize(
        "state", [OpeningState.DRAFT, OpeningState.AWAITING_APPROVAL, OpeningState.CLOSED]
    )
    def test_what_is_not_out_is_its_owners_and_the_staffs(self, client, cast, state):
        opening = OpeningFactory(workplace__employer=cast.bakery, state=state)

        assert client.get(page_of(opening)).status_code == 404
        for user, status in (
            (cast.employer_member, 200),
            (cast.other_employer, 404),
            (cast.participant_user, 404),
            (cast.coach, 200),
        ):
            client.force_login(user)
            assert client.get(page_of(opening)).status_code == status

    def test_the_openings_of_a_paused_employer_are_out_of_sight(self, client, cast):
        stand(cast.bakery, Standing.PAUSED)

        assert client.get(page_of(cast.opening)).status_code == 404
        assert cast.opening.title not in client.get(reverse("employers:opening_list")).content.decode()

    def test_the_public_does_not_see_who_supervises_or_what_happened(self, client, cast):
        opening = OpeningFactory(workplace__employer=cast.bakery, supervisor_name="Sara Handledare")

        seen = client.get(page_of(opening)).content.decode()

        assert "Sara Handledare" not in seen
        assert "timeline" not in seen


class TestOpeningPage:
    def test_a_skill_that_was_not_surely_understood_is_asked_about(self, client, cast):
        asked = SkillRequirementFactory(
            opening=cast.opening,
            text="kökssnille",
            concept=ConceptFactory(name_sv="matlagning"),
            resolution=Resolution.ASK,
        )
        address = reverse("employers:requirement_settle", args=[cast.opening.pk, asked.pk])
        client.force_login(cast.employer_member)
        assert address in client.get(page_of(cast.opening)).content.decode()

        client.post(address, {"answer": "yes"})

        asked.refresh_from_db()
        assert asked.resolution == Resolution.CONFIRMED

    def test_a_stranger_cannot_settle_it(self, client, cast):
        asked = SkillRequirementFactory(opening=cast.opening, resolution=Resolution.ASK)
        client.force_login(cast.other_employer)

        answer = client.post(
            reverse("employers:requirement_settle", args=[cast.opening.pk, asked.pk]), {"answer": "yes"}
        )

        asked.refresh_from_db()
        assert (answer.status_code, asked.resolution) == (404, Resolution.ASK)

    def test_the_employer_reads_why_an_opening_was_given_back(self, client, cast):
        opening = OpeningFactory(workplace__employer=cast.bakery, state=OpeningState.AWAITING_APPROVAL)
        client.force_login(cast.coach)
        client.post(
            reverse("employers:opening_return", args=[opening.pk]), {"why": "Skriv hur dagen ser ut."}
        )
        client.force_login(cast.employer_member)

        assert "Skriv hur dagen ser ut." in client.get(page_of(opening)).content.decode()

    def test_it_is_not_given_back_without_a_reason(self, client, cast):
        opening = OpeningFactory(workplace__employer=cast.bakery, state=OpeningState.AWAITING_APPROVAL)
        client.force_login(cast.coach)

        client.post(reverse("employers:opening_return", args=[opening.pk]), {"why": " "})

        opening.refresh_from_db()
        assert opening.state == OpeningState.AWAITING_APPROVAL

    def test_a_coach_checks_approves_and_publishes(self, client, cast):
        employer = EmployerFactory(municipality=cast.municipality, standing=Standing.NEW)
        opening = OpeningFactory(workplace__employer=employer, state=OpeningState.AWAITING_APPROVAL)
        client.force_login(cast.coach)
        checked = {
            "kinds": ["trading_prohibition", "insolvency", "tax_debt", "conduct"],
            "outcome": "clear",
            "evidence": "Bolagsverket",
            "checked_on": "2026-03-12",
            "valid_until": "2100-03-12",
        }

        back = client.post(
            reverse("employers:check_create", args=[employer.pk]) + f"?next={page_of(opening)}", checked
        )
        client.post(reverse("employers:opening_approve", args=[opening.pk]))

        opening.refresh_from_db()
        employer.refresh_from_db()
        assert back.headers["Location"] == page_of(opening)
        assert (opening.state, employer.standing_on(TODAY)) == (OpeningState.PUBLISHED, Standing.GOOD)

    def test_after_a_check_nobody_is_sent_to_another_site(self, client, cast):
        client.force_login(cast.coach)

        page = client.get(
            reverse("employers:check_create", args=[cast.bakery.pk]), {"next": "https://evil.example/"}
        )

        assert 'href="https://evil.example' not in page.content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kinds": []},
            {"evidence": ""},
            {"valid_until": "2026-03-11"},
            {"checked_on": "2999-01-01"},
            {"checked_on": "i går"},
        ],
    )
    def test_a_check_that_does_not_hold_together_is_refused(self, client, cast, wrong):
        employer = EmployerFactory(municipality=cast.municipality, standing=Standing.NEW)
        client.force_login(cast.coach)
        check = {
            "kinds": ["conduct"],
            "outcome": "clear",
            "evidence": "x",
            "checked_on": "2026-03-12",
            "valid_until": "2027-03-12",
        }

        answer = client.post(reverse("employers:check_create", args=[employer.pk]), {**check, **wrong})

        assert answer.status_code == 422
        assert not employer.checks.exists()

    @pytest.mark.parametrize("verb", ["publish", "approve", "return", "close", "refresh"])
    def test_strangers_may_do_nothing(self, client, cast, verb):
        for user in (cast.other_employer, cast.participant_user):
            client.force_login(user)
            answer = client.post(reverse(f"employers:opening_{verb}", args=[cast.opening.pk]))
            assert answer.status_code == 404

        cast.opening.refresh_from_db()
        assert cast.opening.state == OpeningState.PUBLISHED

    @pytest.mark.parametrize("verb", ["publish", "approve", "return", "close", "refresh"])
    def test_a_link_changes_nothing(self, client, cast, verb):
        client.force_login(cast.coach)

        assert client.get(reverse(f"employers:opening_{verb}", args=[cast.opening.pk])).status_code == 405


def more_openings(cast, count):
    for n in range(count):
        opening = OpeningFactory(workplace__employer__municipality=cast.municipality)
        SkillRequirementFactory(opening=opening, text=f"krav {n}")


def more_in_the_bakery(cast, count):
    for n in range(count):
        workplace = WorkplaceFactory(employer=cast.bakery, name=f"Lokal {n}")
        MembershipFactory(employer=cast.bakery, user=UserFactory(persona="employer"))
        opening = OpeningFactory(workplace=workplace)
        SkillRequirementFactory(opening=cast.opening, text=f"krav {opening.pk}", concept=ConceptFactory())


class TestQueryCounts:
    """The same number of queries for one row as for many, and few of them."""

    @pytest.mark.parametrize(
        ("name", "reader", "grow"),
        [
            ("opening_list", None, more_openings),
            ("opening_list", "coach", more_openings),
            ("opening_detail", None, more_in_the_bakery),
            ("opening_detail", "employer_member", more_in_the_bakery),
            ("opening_detail", "coach", more_in_the_bakery),
            ("my_openings", "employer_member", more_in_the_bakery),
            ("my_organisation", "employer_member", more_in_the_bakery),
            ("employer_list", "coach", more_openings),
            ("employer_detail", "coach", more_in_the_bakery),
            ("opening_export", "coach", more_openings),
        ],
    )
    def test_are_constant(self, client, cast, django_assert_max_num_queries, name, reader, grow):
        args = {"opening_detail": [cast.opening.pk], "employer_detail": [cast.bakery.pk]}.get(name, [])
        address = reverse(f"employers:{name}", args=args)
        # Fifteen kinds of rows stand on the page, two of them of other apps; each is read once.
        most = {"employer_detail": 15, "opening_detail": 8}.get(name, 10)
        if reader:
            client.force_login(getattr(cast, reader))
        grow(cast, 1)
        client.get(address)
        with django_assert_max_num_queries(most) as few:
            assert client.get(address).status_code == 200
        grow(cast, 3)

        with django_assert_max_num_queries(most) as many:
            client.get(address)

        assert len(many) == len(few)
