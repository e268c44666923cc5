"""Who names an organisation number first is asked about at the organisation before it is approved."""

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.employers.enums import MembershipState, OpeningState, Standing
from backend.employers.models import CallBack, EmployerMembership
from backend.employers.services import (
    approve_employer,
    approve_membership,
    approve_opening,
    find_or_register_employer,
    record_call_back,
    to_call_back,
)
from tests.employers.checks import clear_checks
from tests.factories import MembershipFactory, OpeningFactory, UserFactory
from tests.factories.base import NOW, TODAY
from tests.factories.employers import organisationsnummer
from tests.refusals import refused_for

NUMBER = organisationsnummer(77)
HEARD = {"number": "016-710 00 00", "found_at": "Webbplatsen"}


@pytest.fixture
def claim(cast):
    """Somebody has named an organisation number first, and its checks are clear."""
    stranger = UserFactory(persona="employer", name="Frida Först", phone="070-123 45 67")
    named = {"municipality": cast.municipality, "organisationsnummer": NUMBER, "name": "Bolaget AB"}
    claimed = find_or_register_employer(**named, kind="company", by=stranger, at=NOW)
    clear_checks(claimed.employer, by=cast.coach)
    return claimed


def call(claim, cast, outcome: str) -> CallBack:
    return record_call_back(
        membership_id=claim.membership.pk, outcome=outcome, **HEARD, by=cast.coach, at=NOW
    )


class TestApproval:
    def test_waits_for_the_organisations_word_on_the_person(self, cast, claim):
        opening = OpeningFactory(workplace__employer=claim.employer, state=OpeningState.AWAITING_APPROVAL)

        with refused_for("not_called_back"):
            approve_employer(employer_id=claim.employer.pk, by=cast.coach, at=NOW)
        with refused_for("not_called_back"):
            approve_opening(opening_id=opening.pk, by=cast.coach, at=NOW)

    def test_is_given_when_the_organisation_knows_the_person(self, cast, claim):
        call(claim, cast, "confirmed")

        approved = approve_employer(employer_id=claim.employer.pk, by=cast.coach, at=NOW)

        assert approved.standing_on(TODAY) == Standing.GOOD

    @pytest.mark.parametrize("outcome", ["not_reached", "unknown"])
    def test_is_not_given_on_another_answer(self, cast, claim, outcome):
        MembershipFactory(employer=claim.employer, confirmed_at=None)
        call(claim, cast, outcome)

        with refused_for("not_called_back"):
            approve_employer(employer_id=claim.employer.pk, by=cast.coach, at=NOW)

    def test_one_who_is_confirmed_answers_for_the_others(self, cast, claim):
        MembershipFactory(employer=claim.employer)

        assert to_call_back(claim.employer.memberships.all()) is None

    def test_a_later_answer_counts_and_a_call_in_vain_takes_nothing_back(self, cast, claim):
        call(claim, cast, "confirmed")
        call(claim, cast, "not_reached")
        assert to_call_back(claim.employer.memberships.all()) is None

        call(claim, cast, "unknown")
        assert EmployerMembership.objects.get(pk=claim.membership.pk).confirmed_at is None


class TestWhomNobodyKnows:
    def test_speaks_for_the_organisation_no_longer(self, cast, claim):
        call(claim, cast, "unknown")

        claim.membership.refresh_from_db()
        assert claim.membership.state == MembershipState.ENDED
        actions = AuditEntry.objects.about(claim.membership).order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["joined", "called_back", "state_ended"]

    def test_the_next_to_name_it_is_let_in_by_staff(self, cast, claim):
        call(claim, cast, "unknown")
        owner = UserFactory(persona="employer")
        named = {"municipality": cast.municipality, "organisationsnummer": NUMBER, "name": "Bolaget"}

        asked = find_or_register_employer(**named, kind="company", by=owner, at=NOW)

        assert asked.membership.state == MembershipState.REQUESTED
        let_in = approve_membership(membership_id=asked.membership.pk, by=cast.coach, at=NOW)
        assert let_in.state == MembershipState.ACTIVE


class TestThePage:
    def send(self, client, claim, **words: str):
        sent = {**HEARD, "outcome": "confirmed", **words}
        return client.post(reverse("employers:membership_call", args=[claim.membership.pk]), sent)

    def test_the_employers_page_leads_to_it(self, client, cast, claim):
        client.force_login(cast.coach)

        page = client.get(reverse("employers:employer_detail", args=[claim.employer.pk])).content.decode()

        assert reverse("employers:membership_call", args=[claim.membership.pk]) in page
        assert "Frida Först" in page

    def test_notes_the_call(self, client, cast, claim):
        client.force_login(cast.coach)

        self.send(client, claim)

        assert CallBack.objects.get().by == cast.coach

    def test_does_not_take_the_number_that_the_person_gave(self, client, cast, claim):
        client.force_login(cast.coach)

        answer = self.send(client, claim, number="+46 70 123 45 67")

        assert answer.status_code == 422
        assert not CallBack.objects.exists()

    def test_is_not_the_employers(self, client, claim):
        client.force_login(claim.membership.user)

        assert self.send(client, claim).status_code == 404
        assert not CallBack.objects.exists()
