"""Before an internship starts it is said who has not signed; a dated rule lets that refuse the start."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.models import AuditEntry, DatedRule
from backend.employers.enums import MembershipRole
from backend.employers.models import EmployerMembership
from backend.home.next_step import next_step_of
from backend.internships.enums import InternshipState
from backend.internships.models import Agreement, Internship
from backend.internships.services import (
    correct_terms,
    draw_up_agreement,
    sign_agreement,
    start_internship,
)
from backend.matching.enums import ProposalState
from tests.cast import Cast
from tests.factories import InternshipFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

DAY = timedelta(days=1)
RULE = "agreement_signed_before_start"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def planned(cast: Cast) -> Internship:
    proposal = ProposalFactory(
        opening=cast.opening,
        participant=cast.pia,
        proposed_by=cast.coach,
        state=ProposalState.PLACED,
        decided_at=NOW,
        decided_by=cast.employer_member,
    )
    return InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        planned_by=cast.coach,
        proposal=proposal,
        starts_on=TODAY,
        ends_on=TODAY + 60 * DAY,
    )


@pytest.fixture
def agreement(cast: Cast, planned: Internship) -> Agreement:
    return draw_up_agreement(internship_id=planned.pk, by=cast.coach, at=NOW)


def refuse_from(day_ago: int = 0) -> None:
    """Let the rule refuse from so many days ago, as an administrator does: by a new row."""
    DatedRule.objects.create(
        key=RULE, value=1, valid_from=TODAY - day_ago * DAY, source="Beslut i nämnden 2026-02-01"
    )


def start(internship: Internship, cast: Cast) -> Internship:
    return start_internship(internship_id=internship.pk, started_on=TODAY, by=cast.coach, at=NOW)


def sign(agreement: Agreement, *users: User) -> None:
    for user in users:
        sign_agreement(agreement_id=agreement.pk, by=user, at=NOW)


def page(client: Client, reader: User, name: str, internship: Internship) -> str:
    client.force_login(reader)
    return client.get(reverse(f"internships:{name}", args=[internship.pk])).content.decode()


class TestTheRule:
    def test_warns_and_lets_it_start_unless_somebody_has_decided_otherwise(
        self, cast: Cast, planned: Internship, agreement: Agreement
    ) -> None:
        assert DatedRule.objects.get(key=RULE).value == 0
        assert start(planned, cast).state == InternshipState.ONGOING

    def test_refuses_by_name_and_source_and_changes_nothing(
        self, cast: Cast, planned: Internship, agreement: Agreement
    ) -> None:
        refuse_from()
        sign(agreement, cast.coach)
        before = AuditEntry.objects.count()
        with refused_for("agreement_unsigned_at_start") as refusal:
            start(planned, cast)
        [words] = refusal.value.messages
        assert "arbetsgivaren, deltagaren" in words
        assert "kommunen" not in words
        assert "Beslut i nämnden 2026-02-01" in words
        planned.refresh_from_db()
        assert planned.state == InternshipState.PLANNED
        assert AuditEntry.objects.count() == before

    def test_lets_it_start_when_all_three_have_signed(
        self, cast: Cast, planned: Internship, agreement: Agreement
    ) -> None:
        refuse_from()
        sign(agreement, cast.coach, cast.employer_member, cast.participant_user)
        assert start(planned, cast).state == InternshipState.ONGOING

    def test_counts_the_signatures_of_the_newest_version_alone(
        self, cast: Cast, planned: Internship, agreement: Agreement
    ) -> None:
        refuse_from()
        sign(agreement, cast.coach, cast.employer_member, cast.participant_user)
        correct_terms(
            internship_id=planned.pk, why="Nytt.", by=cast.coach, at=NOW, supervisor_name="Karin Ek"
        )
        with refused_for("agreement_unsigned_at_start"):
            start(planned, cast)

    def test_refuses_what_has_no_agreement_at_all(self, cast: Cast, planned: Internship) -> None:
        refuse_from()
        with refused_for("agreement_unsigned_at_start") as refusal:
            start(planned, cast)
        assert "arbetsgivaren, deltagaren, kommunen" in refusal.value.messages[0]

    def test_of_the_first_day_counts(self, cast: Cast, planned: Internship, agreement: Agreement) -> None:
        refuse_from(day_ago=-1)
        assert start(planned, cast).state == InternshipState.ONGOING

    def test_is_changed_by_a_new_row_in_the_administration(
        self, cast: Cast, planned: Internship, agreement: Agreement, admin_client: Client
    ) -> None:
        row = {"key": RULE, "value": "1", "valid_from": TODAY.isoformat(), "source": "Nämnden"}
        assert admin_client.post(reverse("admin:core_datedrule_add"), row).status_code == 302
        with refused_for("agreement_unsigned_at_start"):
            start(planned, cast)


class TestTheCoach:
    def test_reads_who_has_not_signed_before_the_start(
        self, cast: Cast, planned: Internship, agreement: Agreement, client: Client
    ) -> None:
        sign(agreement, cast.coach)
        for name in ("internship_detail", "internship_start"):
            text = page(client, cast.coach, name, planned)
            assert "Har inte skrivit under än: arbetsgivaren, deltagaren." in text
        assert "Starta praktiken" in page(client, cast.coach, "internship_detail", planned)

    def test_is_not_offered_a_start_that_is_refused(
        self, cast: Cast, planned: Internship, agreement: Agreement, client: Client
    ) -> None:
        refuse_from()
        text = page(client, cast.coach, "internship_detail", planned)
        assert reverse("internships:internship_start", args=[planned.pk]) not in text
        assert "Beslut i nämnden 2026-02-01" in text

    def test_who_starts_none_the_less_reads_the_refusal_beside_the_form(
        self, cast: Cast, planned: Internship, agreement: Agreement, client: Client
    ) -> None:
        refuse_from()
        client.force_login(cast.coach)
        address = reverse("internships:internship_start", args=[planned.pk])
        answer = client.post(address, {"started_on": TODAY.isoformat()})
        assert answer.status_code == 422
        assert "Praktiken startar när alla tre har skrivit under" in answer.content.decode()

    def test_is_warned_of_nothing_when_all_have_signed(
        self, cast: Cast, planned: Internship, agreement: Agreement, client: Client
    ) -> None:
        sign(agreement, cast.coach, cast.employer_member, cast.participant_user)
        for name in ("internship_detail", "internship_start"):
            assert "Har inte skrivit under än" not in page(client, cast.coach, name, planned)


class TestTheHomes:
    def home(self, user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.get(reverse("home:my_home")).content.decode()

    def test_of_both_sides_say_that_the_agreement_waits_until_they_have_signed(
        self, cast: Cast, planned: Internship, agreement: Agreement
    ) -> None:
        address = reverse("internships:agreement_detail", args=[planned.pk])
        for user in (cast.employer_member, cast.participant_user):
            assert "Läs och skriv under" in self.home(user)
            assert address in self.home(user)
            sign(agreement, user)
            assert "Läs och skriv under" not in self.home(user)

    def test_of_the_participant_asks_before_it_tells(
        self, cast: Cast, planned: Internship, agreement: Agreement
    ) -> None:
        step = next_step_of(cast.participant_user, today=TODAY)
        assert (step.action, step.of) == ("Läs och skriv under", 1)

    def test_of_a_supervisor_who_signs_nothing_says_nothing(
        self, cast: Cast, planned: Internship, agreement: Agreement
    ) -> None:
        EmployerMembership.objects.filter(user=cast.employer_member).update(role=MembershipRole.SUPERVISOR)
        assert "Läs och skriv under" not in self.home(cast.employer_member)

    def test_say_nothing_of_what_is_over_or_anothers(
        self, cast: Cast, planned: Internship, agreement: Agreement
    ) -> None:
        for user in (cast.other_employer, cast.other_participant_user):
            assert "Läs och skriv under" not in self.home(user)
        Internship.objects.filter(pk=planned.pk).update(state=InternshipState.CANCELLED)
        for user in (cast.employer_member, cast.participant_user):
            assert "Läs och skriv under" not in self.home(user)

    def test_name_nobody_to_the_employer(self, cast: Cast, planned: Internship, agreement: Agreement) -> None:
        home = self.home(cast.employer_member)
        asked = home.partition('aria-labelledby="to-sign"')[2].partition("</section>")[0]
        assert "Överenskommelse om praktik på" in asked
        assert cast.pia.first_name not in asked
