"""What the figures count, by their definitions."""

from datetime import date, timedelta
from typing import Any

import pytest

from backend.internships.enums import EmploymentForm, InternshipState
from backend.internships.models import Evaluation
from backend.matching.services import place_proposal
from backend.reports.figures import (
    Period,
    evaluations_arrived,
    internship_first,
    led_to_job,
    waiting_for_answers,
)
from backend.reports.statistics import Share
from tests.cast import Cast
from tests.factories import EmploymentFactory, InternshipFactory, ParticipantFactory, ProposalFactory
from tests.factories.base import NOW

YEAR = Period(date(2025, 3, 13), date(2026, 3, 12))
TODAY = date(2026, 3, 12)


@pytest.fixture
def units(cast: Cast) -> list[object]:
    return [cast.unit.pk]


class TestInternshipFirst:
    def test_an_internship_before_the_job_counts_wherever_the_job_is(
        self, cast: Cast, units: list[object]
    ) -> None:
        InternshipFactory(
            participant=cast.pia,
            state=InternshipState.COMPLETED,
            starts_on=date(2025, 9, 1),
            ends_on=date(2025, 11, 28),
        )
        EmploymentFactory(participant=cast.pia, starts_on=date(2026, 1, 7))
        assert internship_first(units, YEAR).share == Share(1, 1)

    def test_an_internship_after_the_job_does_not_count(self, cast: Cast, units: list[object]) -> None:
        InternshipFactory(participant=cast.pia, state=InternshipState.ONGOING, starts_on=date(2026, 2, 2))
        EmploymentFactory(participant=cast.pia, starts_on=date(2026, 1, 7))
        assert internship_first(units, YEAR).share == Share(0, 1)

    def test_a_person_with_two_jobs_counts_once(self, cast: Cast, units: list[object]) -> None:
        EmploymentFactory(participant=cast.pia, starts_on=date(2026, 1, 7))
        EmploymentFactory(participant=cast.pia, starts_on=date(2026, 2, 7))
        assert internship_first(units, YEAR).share == Share(0, 1)

    def test_municipal_labour_market_jobs_and_other_units_are_left_out(
        self, cast: Cast, units: list[object]
    ) -> None:
        EmploymentFactory(participant=cast.pia, form=EmploymentForm.MUNICIPAL)
        EmploymentFactory(participant=cast.pelle)
        assert internship_first(units, YEAR).share == Share(0, 0)

    def test_both_ends_of_the_period_count(self, cast: Cast, units: list[object]) -> None:
        for day in (YEAR.first, YEAR.last):
            EmploymentFactory(participant=ParticipantFactory(unit=cast.unit), starts_on=day)
        assert internship_first(units, YEAR).share == Share(0, 2)


class TestLedToJob:
    @pytest.fixture
    def ended(self, cast: Cast) -> None:
        InternshipFactory(
            participant=cast.pia,
            opening=cast.opening,
            state=InternshipState.ENDED_EARLY,
            ended_by_side="other",
            end_reason="other",
            starts_on=date(2025, 9, 1),
            ends_on=date(2025, 11, 1),
        )

    @pytest.mark.usefixtures("ended")
    def test_a_job_within_ninety_days_counts(self, cast: Cast, units: list[object]) -> None:
        EmploymentFactory(participant=cast.pia, starts_on=date(2026, 1, 30))
        assert led_to_job(units, YEAR, today=TODAY)[0].share == Share(1, 1)

    @pytest.mark.usefixtures("ended")
    def test_a_job_on_the_ninety_first_day_does_not(self, cast: Cast, units: list[object]) -> None:
        EmploymentFactory(participant=cast.pia, starts_on=date(2026, 1, 31))
        assert led_to_job(units, YEAR, today=TODAY)[0].share == Share(0, 1)

    @pytest.mark.usefixtures("ended")
    def test_same_and_other_employer_are_told_apart(self, cast: Cast, units: list[object]) -> None:
        EmploymentFactory(participant=cast.pia, employer=cast.bakery, starts_on=date(2025, 11, 10))
        shares = [figure.share for figure in led_to_job(units, YEAR, today=TODAY)]
        assert shares == [Share(1, 1), Share(1, 1), Share(0, 1)]

    def test_an_internship_that_ended_a_week_ago_is_not_judged_yet(
        self, cast: Cast, units: list[object]
    ) -> None:
        InternshipFactory(
            participant=cast.pia,
            state=InternshipState.COMPLETED,
            starts_on=date(2025, 12, 1),
            ends_on=date(2026, 3, 5),
        )
        assert led_to_job(units, YEAR, today=TODAY)[0].share == Share(0, 0)


def test_an_accepted_proposal_waits_until_it_is_planned(cast: Cast, units: list[object]) -> None:
    accepted = ProposalFactory(opening=cast.opening, participant=cast.pia, state="accepted")
    assert [queue.count for queue in waiting_for_answers(units)] == [0, 0, 0, 1]
    place_proposal(proposal=accepted, by=cast.coach, at=NOW)
    assert [queue.count for queue in waiting_for_answers(units)] == [0, 0, 0, 0]


class TestEvaluationsArrived:
    def test_each_side_by_way_and_not_before_the_link_has_run_out(self, cast: Cast) -> None:
        def ask(side: str, way: str, *, days_ago: int) -> None:
            ended = InternshipFactory(opening=cast.opening, participant=cast.pia, state="completed")
            at = NOW - timedelta(days=days_ago)
            said: dict[str, Any] = {}
            if way:
                said = {"way": way, "answered_at": at, "answered_by": cast.coach, "mood": "good"}
            if said and side == "employer":
                said["would_hire"] = "yes"
            Evaluation.objects.create(internship=ended, side=side, asked_at=at, **said)

        for way in ("link", "link", "phone", ""):
            ask("employer", way, days_ago=30)
        ask("participant", "app", days_ago=22)
        ask("participant", "", days_ago=20)
        year = Period(TODAY - timedelta(days=364), TODAY)

        workplace, person = evaluations_arrived([cast.unit.pk], year, today=TODAY)

        assert (workplace.asked, workplace.arrived) == (4, {"app": 0, "link": 2, "phone": 1})
        assert (person.asked, person.share.value) == (1, 1.0)
        assert evaluations_arrived([cast.other_unit.pk], year, today=TODAY)[0].asked == 0
