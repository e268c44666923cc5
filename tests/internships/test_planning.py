"""Planning and starting an internship, and the safeguards on the way."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from backend.core.models import AuditEntry
from backend.employers.enums import CheckKind, CheckOutcome, OpeningKind, PlacementKind, Standing
from backend.employers.models import EmployerCheck, Opening
from backend.internships.enums import (
    Basis,
    ConsultationOutcome,
    FollowUpKind,
    Insurance,
    InternshipState,
)
from backend.internships.models import FollowUp, Internship
from backend.internships.pages.plan_forms import PlanForm
from backend.internships.services import plan_internship, start_internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.enums import ParticipantState
from tests.cast import Cast
from tests.factories import InternshipFactory, ProposalFactory, stand
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told

TERMS: dict[str, Any] = {
    "kind": PlacementKind.ARBETSPRAKTIK,
    "starts_on": TODAY + timedelta(days=4),
    "ends_on": TODAY + timedelta(days=90),
    "hours_per_week": 30,
    "tasks": "Baka bröd.",
    "supervisor_name": "Sara Svensson",
    "basis": Basis.ARBETSFORMEDLINGEN,
    "basis_by": "Arbetsförmedlingen",
    "basis_from": TODAY,
    "basis_until": TODAY + timedelta(days=365),
    "decision_reference": "AF-2026/1",
    "insurance": Insurance.STATE,
    "union_asked_on": TODAY,
    "union_outcome": ConsultationOutcome.NO_OBJECTION,
}


@pytest.fixture
def accepted(cast: Cast) -> Proposal:
    Opening.objects.filter(pk=cast.opening.pk).update(places_taken=1)
    return ProposalFactory(
        opening=cast.opening,
        participant=cast.pia,
        state=ProposalState.ACCEPTED,
        decided_at=NOW,
        decided_by=cast.employer_member,
    )


def plan(accepted: Proposal, cast: Cast, **changes: Any) -> Internship:
    return plan_internship(proposal_id=accepted.pk, by=cast.coach, at=NOW, **(TERMS | changes))


class TestPlanInternship:
    def test_the_employer_and_the_participant_are_told_and_it_is_written_who_did_it(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        internship = plan(accepted, cast)
        assert told(subject_id=internship.pk) == {cast.employer_member, cast.participant_user}
        entry = AuditEntry.objects.about(internship).get()
        assert (entry.action, entry.by) == ("internship_planned", cast.coach)

    @pytest.mark.parametrize(
        ("field", "value", "why"),
        [
            ("basis", "", "no_decision"),
            ("basis_by", " ", "no_decision"),
            ("basis_from", None, "no_decision"),
            ("basis_until", None, "no_decision"),
            ("decision_reference", "  ", "no_decision"),
            ("insurance", "", "no_insurance"),
            ("supervisor_name", "", "no_supervisor"),
            ("union_outcome", "", "union_not_asked"),
            ("union_asked_on", None, "union_not_asked"),
            ("hours_per_week", 0, "hours_per_week"),
            ("hours_per_week", 60, "hours_per_week"),
            ("ends_on", TODAY, "ends_on"),
            ("kind", "slavery", "invalid_choice"),
        ],
    )
    def test_missing_or_unlawful_terms_are_refused_with_a_reason(
        self, cast: Cast, accepted: Proposal, field: str, value: Any, why: str
    ) -> None:
        with refused_for(why):
            plan(accepted, cast, **{field: value})
        assert not Internship.objects.exists()

    def test_no_one_is_placed_with_an_employer_that_is_not_in_good_standing(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        stand(cast.bakery, Standing.PAUSED)
        with refused_for("placement_employer_not_in_good_standing"):
            plan(accepted, cast)
        assert not Internship.objects.exists()

    def test_a_check_that_found_a_trading_prohibition_refuses(self, cast: Cast, accepted: Proposal) -> None:
        checks = EmployerCheck.objects.filter(employer=cast.bakery, kind=CheckKind.TRADING_PROHIBITION)
        checks.update(outcome=CheckOutcome.REFUSE)
        with refused_for("employer_check_in_the_way"):
            plan(accepted, cast)
        assert not Internship.objects.exists()

    def test_a_check_that_has_expired_refuses(self, cast: Cast, accepted: Proposal) -> None:
        EmployerCheck.objects.filter(employer=cast.bakery).update(valid_until=TODAY - timedelta(days=1))
        with refused_for("employer_check_in_the_way"):
            plan(accepted, cast)
        assert not Internship.objects.exists()

    def test_the_page_leads_on_to_the_checks_that_are_missing(self, cast: Cast, accepted: Proposal) -> None:
        client, page = Client(), reverse("internships:internship_plan", args=[accepted.pk])
        client.force_login(cast.coach)
        way_on = reverse("employers:check_create", args=[cast.bakery.pk])
        assert way_on not in client.get(page).content.decode()
        EmployerCheck.objects.filter(employer=cast.bakery).delete()

        with time_machine.travel(NOW, tick=False):
            answer = client.post(page, TERMS | {"programme": "none"})

        assert answer.status_code == 422
        assert way_on in answer.content.decode()
        assert "Baka bröd." in answer.content.decode()

    def test_the_longest_time_counts_all_days_at_the_employer(self, cast: Cast, accepted: Proposal) -> None:
        InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            state=InternshipState.COMPLETED,
            starts_on=date(2025, 9, 1),
            ends_on=date(2026, 1, 30),
        )
        assert plan(accepted, cast).gates == ["too_long_at_employer"]
        assert told(kind="decision_wanted") == {cast.manager}

    def test_a_kind_in_which_the_employer_has_no_say_is_not_planned_from_its_answer(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        with refused_for("employer_has_no_say"):
            plan(accepted, cast, kind=PlacementKind.FORSTARKT_ARBETSTRANING)
        assert not Internship.objects.exists()

    def test_a_proposal_that_is_not_accepted_cannot_be_planned(self, cast: Cast) -> None:
        sent = ProposalFactory(opening=cast.opening, participant=cast.pia)
        with refused_for("proposal_not_accepted"):
            plan(sent, cast)
        assert not Internship.objects.exists()

    def test_a_job_opening_is_recorded_as_employment_instead(self, cast: Cast, accepted: Proposal) -> None:
        Opening.objects.filter(pk=cast.opening.pk).update(kind=OpeningKind.JOB)
        with refused_for("opening_is_job"):
            plan(accepted, cast)
        assert not Internship.objects.exists()

    def test_planning_twice_is_refused(self, cast: Cast, accepted: Proposal) -> None:
        plan(accepted, cast)
        with refused_for("already_planned"):
            plan(accepted, cast)
        assert Internship.objects.count() == 1

    def test_another_units_coach_finds_no_such_proposal(self, cast: Cast, accepted: Proposal) -> None:
        with pytest.raises(Proposal.DoesNotExist):
            plan_internship(proposal_id=accepted.pk, by=cast.other_coach, at=NOW, **TERMS)


FIRST_DAY = NOW + timedelta(days=4)


def start(internship: Internship, cast: Cast) -> Internship:
    return start_internship(
        internship_id=internship.pk, started_on=TERMS["starts_on"], by=cast.coach, at=FIRST_DAY
    )


class TestStartInternship:
    def test_starting_schedules_the_follow_ups_and_moves_the_participant(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        internship = start(plan(accepted, cast), cast)
        kinds = set(internship.follow_ups.values_list("kind", flat=True))
        assert kinds == set(FollowUpKind.values) - {FollowUpKind.EXTRA}
        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.IN_INTERNSHIP

    def test_starting_twice_is_refused_and_schedules_nothing_more(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        internship = start(plan(accepted, cast), cast)
        planned = FollowUp.objects.count()
        with refused_for("in_another_internship"):
            start(internship, cast)
        assert FollowUp.objects.count() == planned

    def test_nobody_is_in_two_internships_at_once(self, cast: Cast, accepted: Proposal) -> None:
        InternshipFactory(participant=cast.pia, state=InternshipState.ONGOING, hours_per_week=10)
        internship = plan(accepted, cast)
        with refused_for("in_another_internship"):
            start(internship, cast)
        internship.refresh_from_db()
        assert internship.state == InternshipState.PLANNED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "words"), [("starts_on", "Välj första dag."), ("ends_on", "Välj sista dag.")]
)
def test_a_plan_without_its_days_says_which_to_choose(name: str, words: str) -> None:
    with translation.override("sv"):
        assert PlanForm({}).errors[name] == [words]
