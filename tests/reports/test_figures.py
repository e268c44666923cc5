"""What the figures count, by their definitions."""

from datetime import date

import pytest

from backend.internships.enums import EmploymentForm, InternshipState
from backend.matching.services import place_proposal
from backend.reports.figures import Period, internship_first, led_to_job, waiting_for_answers
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
