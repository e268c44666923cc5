"""The pages on which staff merge two employers, and where old addresses lead."""

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.employers.models import Employer
from backend.employers.services import merge_employers
from tests.factories import (
    ConsentFactory,
    EmployerFactory,
    MembershipFactory,
    MunicipalityFactory,
    OpeningFactory,
    ProposalFactory,
    WorkplaceFactory,
    stand,
)
from tests.factories.base import NOW


@pytest.fixture
def twice(cast):
    return EmployerFactory(name="Bageriet", municipality=cast.municipality)


def page(name, *keys):
    return reverse(f"employers:{name}", args=[each.pk for each in keys])


@pytest.fixture
def coach(client, cast):
    cast.coach.language = "en"
    cast.coach.save()
    client.force_login(cast.coach)
    return client


class TestBefore:
    def test_the_employers_page_asks_whether_it_is_registered_twice(self, coach, cast, twice):
        shown = coach.get(page("employer_detail", cast.bakery)).content.decode()

        assert "Registered twice?" in shown
        assert page("employer_merge", cast.bakery, twice) in shown

    def test_the_list_names_both(self, coach, cast, twice):
        shown = coach.get(reverse("employers:likely_doubles")).content.decode()

        assert str(cast.bakery) in shown
        assert page("employer_detail", twice) in shown

    def test_any_other_can_be_looked_for_by_name(self, coach, cast):
        shown = coach.get(page("employer_merge_with", cast.bakery), {"q": "snick"}).content.decode()

        assert page("employer_merge", cast.bakery, cast.joinery) in shown

    def test_what_follows_is_counted_by_kind(self, coach, cast, twice):
        workplace = WorkplaceFactory(employer=twice)
        proposal = ProposalFactory(opening=OpeningFactory(workplace=workplace))
        ConsentFactory.create_batch(2, employer=twice)
        MembershipFactory(employer=twice)

        follows = dict(coach.get(page("employer_merge", cast.bakery, twice)).context["follows"])

        assert proposal.opening.workplace == workplace
        named = {name: follows.get(name) for name in ("Members", "Workplaces", "Openings", "Proposals")}
        assert named == {"Members": 1, "Workplaces": 1, "Openings": 1, "Proposals": 1}
        assert follows["Consents"] >= 2

    def test_what_collides_is_said_with_how_it_is_settled(self, coach, cast, twice):
        MembershipFactory(employer=twice, user=cast.employer_member)
        for employer, names in ((cast.bakery, ("Bageriet", "Köket")), (twice, ("Bageriet", "Lagret"))):
            for number, name in enumerate(names):
                WorkplaceFactory(employer=employer, name=name, street=f"Storgatan {number}")

        effects = coach.get(page("employer_merge", cast.bakery, twice)).context["effects"]

        assert "Alice is a member of both, and is one once, in the role Administrator." in effects
        assert "Bageriet and Bageriet are one workplace: one stays, with all that is at either." in effects
        assert "Lagret and Köket have one address and different names: both stay." in effects

    def test_looking_changes_nothing(self, coach, cast, twice):
        coach.get(page("employer_merge", cast.bakery, twice))

        assert Employer.objects.filter(pk=twice.pk).exists()

    def test_a_reason_against_it_stands_in_the_place_of_the_button(self, coach, cast, twice):
        stand(twice, "new")
        MembershipFactory(employer=twice, user__name="Frida Först", confirmed_at=None)

        shown = coach.get(page("employer_merge", cast.bakery, twice)).content.decode()

        assert "ask whether Frida Först speaks for it" in shown
        assert "Merge them" not in shown

    @pytest.mark.parametrize("members", [1, 4])
    def test_the_preview_asks_a_bounded_number_of_questions(
        self, coach, cast, twice, members, django_assert_max_num_queries
    ):
        for _each in range(members):
            shared = MembershipFactory(employer=twice).user
            MembershipFactory(employer=cast.bakery, user=shared)
            OpeningFactory(workplace__employer=twice)
        with django_assert_max_num_queries(13):
            coach.get(page("employer_merge", cast.bakery, twice))


class TestMerging:
    def test_leads_to_the_one_that_stays(self, coach, cast, twice):
        answer = coach.post(page("employer_merge", cast.bakery, twice))

        assert answer.url == page("employer_detail", cast.bakery)
        assert Employer.with_merged.get(pk=twice.pk).current == cast.bakery

    def test_a_second_click_says_that_it_is_done(self, coach, cast, twice):
        coach.post(page("employer_merge", cast.bakery, twice))
        answer = coach.post(page("employer_merge", cast.bakery, twice), follow=True)

        assert "has been merged already" in answer.content.decode()

    def test_two_that_are_two_are_not_asked_about_again(self, coach, cast, twice):
        answer = coach.post(page("employers_keep_apart", cast.bakery, twice), follow=True)

        assert page("employer_detail", twice) not in answer.content.decode()


class TestAfter:
    @pytest.fixture(autouse=True)
    def merged(self, cast, twice):
        self.member = MembershipFactory(employer=twice).user
        merge_employers(into_id=cast.bakery.pk, gone_id=twice.pk, by=cast.coach, at=NOW)

    @pytest.mark.parametrize("name", ["employer_detail", "check_create", "facts_edit", "employer_calendar"])
    def test_old_addresses_lead_staff_on(self, coach, cast, twice, name):
        answer = coach.get(page(name, twice) + "?next=/")

        assert (answer.status_code, answer.url) == (301, page(name, cast.bakery) + "?next=/")

    def test_and_members(self, client, cast, twice):
        client.force_login(self.member)

        assert client.get(page("facts_edit", twice)).url == page("facts_edit", cast.bakery)
        assert str(cast.bakery) in client.get(reverse("employers:my_organisation")).content.decode()

    def test_and_the_api(self, coach, cast, twice):
        answer = coach.get(reverse("api:employer-detail", args=[twice.pk]))

        assert answer.status_code == 301
        assert answer.headers["Location"].endswith(reverse("api:employer-detail", args=[cast.bakery.pk]))

    def test_what_is_sent_to_an_old_address_is_not_written(self, coach, cast, twice):
        before = AuditEntry.objects.count()
        answer = coach.post(page("employer_contact_record", twice), {"channel": "phone", "on": "2026-03-12"})

        assert answer.url == page("employer_detail", cast.bakery)
        assert AuditEntry.objects.count() == before

    def test_strangers_are_led_nowhere(self, client, cast, twice):
        for user in (cast.other_employer, cast.participant_user):
            client.force_login(user)
            assert client.get(page("facts_edit", twice)).status_code == 404

    def test_nor_is_another_municipality(self, client, cast, twice):
        foreign = MunicipalityFactory(name="Grannby")
        Employer.with_merged.update(municipality=foreign)
        client.force_login(cast.coach)

        assert client.get(page("employer_detail", twice)).status_code == 404

    def test_the_list_has_one(self, coach, cast, twice):
        listed = [row.pk for row, _cells in coach.get(reverse("employers:employer_list")).context["rows"]]

        assert cast.bakery.pk in listed
        assert twice.pk not in listed
