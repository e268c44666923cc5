"""The week of an internship, and the days that are made of it."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from backend.activities.enums import SessionState
from backend.activities.jobs import set_out_all
from backend.activities.models import ActivitySession, WeeklySchedule
from backend.activities.planning import (
    PlannedDay,
    hours_of,
    is_public_holiday,
    minutes_between,
    usual_week,
    week_within,
    working_days_before,
)
from backend.activities.services import mark_session, plan_schedule
from backend.internships.enums import InternshipState
from backend.internships.models import Internship
from backend.internships.services import correct_terms, end_internship_early, start_internship
from tests.cast import Cast
from tests.factories import InternshipFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

EVEN = usual_week(Decimal(30))
TUESDAY = PlannedDay(2, time(9), time(15), 60)


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    """Pia is at Bageriet since Monday 2 March; today is Thursday 12 March, ten in the morning."""
    return InternshipFactory(
        opening=cast.opening, participant=cast.pia, state=InternshipState.ONGOING, starts_on=date(2026, 3, 2)
    )


def plan(
    internship: Internship, *days: PlannedDay, since: date = TODAY, at: datetime = NOW
) -> WeeklySchedule:
    coach = internship.participant.coach
    return plan_schedule(internship_id=internship.pk, valid_from=since, days=days or EVEN, by=coach, at=at)


def days_of(internship: Internship) -> list[date]:
    return list(internship.sessions.order_by("date").values_list("date", flat=True))


class TestAnEvenWeek:
    @pytest.mark.parametrize("hours", ["40", "37.5", "30", "25", "20", "5"])
    def test_holds_the_hours_that_are_agreed(self, hours: str) -> None:
        assert hours_of(usual_week(Decimal(hours))) == Decimal(hours)

    def test_has_a_break_only_where_the_day_is_long(self) -> None:
        assert {each.break_minutes for each in usual_week(Decimal(25))} == {0}
        assert {each.break_minutes for each in usual_week(Decimal(30))} == {30}


class TestPlanning:
    def test_sets_out_the_days_from_then_on_four_weeks_ahead(self, ongoing: Internship) -> None:
        plan(ongoing)

        found = days_of(ongoing)
        assert found[0] == TODAY
        assert found[-1] == TODAY + timedelta(weeks=4)
        assert {each.weekday() for each in found} == {0, 1, 2, 3, 4}
        assert set(ongoing.sessions.values_list("net_minutes", flat=True)) == {360}

    def test_fills_in_what_has_been_when_nothing_was_planned_before(self, ongoing: Internship) -> None:
        plan(ongoing, since=date(2026, 3, 2))

        assert days_of(ongoing)[0] == date(2026, 3, 2)

    def test_is_refused_for_more_hours_than_agreed(self, ongoing: Internship) -> None:
        with refused_for("schedule_too_many_hours"):
            plan(ongoing, *usual_week(Decimal("30.5")))

        assert not WeeklySchedule.objects.exists()

    @pytest.mark.parametrize(
        ("day", "code"),
        [
            (PlannedDay(1, time(9), time(9)), "schedule_ends_before_start"),
            (PlannedDay(1, time(22), time(6)), "schedule_ends_before_start"),
            (PlannedDay(1, time(9), time(10), 60), "schedule_break_too_long"),
        ],
    )
    def test_is_refused_for_a_day_that_cannot_be(
        self, ongoing: Internship, day: PlannedDay, code: str
    ) -> None:
        with refused_for(code):
            plan(ongoing, day)

    def test_is_refused_outside_the_internship(self, ongoing: Internship) -> None:
        with refused_for("schedule_outside_placement"):
            plan(ongoing, since=date(2026, 3, 1))

    def test_leaves_what_has_been_as_it_was(self, ongoing: Internship) -> None:
        plan(ongoing, since=date(2026, 3, 2))
        before = [each for each in days_of(ongoing) if each < TODAY]

        with refused_for("schedule_past_stands"):
            plan(ongoing, TUESDAY, since=date(2026, 3, 9))
        plan(ongoing, TUESDAY)

        assert [each for each in days_of(ongoing) if each < TODAY] == before
        assert {each.weekday() for each in days_of(ongoing) if each > TODAY} == {1}

    def test_keeps_the_versions(self, ongoing: Internship) -> None:
        first, later = plan(ongoing, since=date(2026, 3, 2)), plan(ongoing, TUESDAY, since=date(2026, 4, 6))
        plan(ongoing, PlannedDay(3, time(9), time(12)), since=date(2026, 3, 30))

        first.refresh_from_db()
        later.refresh_from_db()
        assert first.valid_to == date(2026, 3, 29)
        assert later.superseded_at == NOW

    def test_the_same_again_is_refused(self, ongoing: Internship) -> None:
        plan(ongoing)
        with refused_for("schedule_as_before"):
            plan(ongoing)

    def test_is_for_the_coach_of_the_case(self, cast: Cast, ongoing: Internship) -> None:
        for stranger in (cast.other_coach, cast.manager, cast.employer_member, cast.participant_user):
            with pytest.raises(Internship.DoesNotExist):
                plan_schedule(internship_id=ongoing.pk, valid_from=TODAY, days=EVEN, by=stranger, at=NOW)


class TestSessions:
    def test_fall_out_on_public_holidays_and_say_so(self, ongoing: Internship) -> None:
        plan(ongoing)

        easter = {date(2026, 4, 3), date(2026, 4, 6)}
        assert (
            set(ongoing.sessions.filter(state=SessionState.HOLIDAY).values_list("date", flat=True)) == easter
        )

    def test_come_within_reach_one_day_at_a_time(self, ongoing: Internship) -> None:
        plan(ongoing)
        before = len(days_of(ongoing))

        set_out_all(NOW + timedelta(days=1))
        set_out_all(NOW + timedelta(days=1))

        assert len(days_of(ongoing)) == before + 1

    def test_begin_with_an_internship_that_was_planned_before(self, cast: Cast, ongoing: Internship) -> None:
        Internship.objects.filter(pk=ongoing.pk).update(state=InternshipState.PLANNED, started_on=None)
        plan(ongoing, since=date(2026, 3, 2))
        assert days_of(ongoing) == []

        start_internship(internship_id=ongoing.pk, started_on=date(2026, 3, 9), by=cast.coach, at=NOW)

        assert days_of(ongoing)[0] == date(2026, 3, 9)

    def test_after_an_early_end_are_gone_but_what_is_marked_stays(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        plan(ongoing, since=date(2026, 3, 2))
        wednesday = ongoing.sessions.get(date=date(2026, 3, 11))
        mark_session(session_id=wednesday.pk, code="present", by=cast.employer_member, at=NOW)

        end_internship_early(
            internship_id=ongoing.pk,
            ended_on=date(2026, 3, 9),
            side="other",
            reason="other",
            by=cast.coach,
            at=NOW,
        )

        assert [each for each in days_of(ongoing) if each > date(2026, 3, 9)] == [wednesday.date]

    def test_follow_changed_days(self, cast: Cast, ongoing: Internship) -> None:
        plan(ongoing)
        last = date(2026, 3, 20)

        correct_terms(internship_id=ongoing.pk, why="Nytt beslut", by=cast.coach, at=NOW, ends_on=last)

        assert days_of(ongoing)[-1] == last

    def test_belong_to_exactly_one_activity(self, db: None) -> None:
        from django.db import IntegrityError

        hours = {"starts_at": time(8), "ends_at": time(9), "net_minutes": 60, "state_changed_at": NOW}
        with pytest.raises(IntegrityError):
            ActivitySession.objects.create(date=TODAY, **hours)


class TestTheClock:
    @pytest.mark.parametrize(
        ("day", "minutes"),
        [(date(2026, 3, 28), 240), (date(2026, 3, 29), 180), (date(2026, 10, 25), 300)],
    )
    def test_a_night_on_which_it_changes_is_as_long_as_it_is(self, day: date, minutes: int) -> None:
        assert minutes_between(day, time(1), time(5), 0) == minutes

    def test_the_leap_day_and_the_turn_of_the_year_are_days(self, cast: Cast) -> None:
        placed = InternshipFactory(
            participant=cast.pia,
            state=InternshipState.ONGOING,
            starts_on=date(2027, 12, 27),
            ends_on=date(2028, 3, 3),
        )
        at = datetime(2027, 12, 27, 9, tzinfo=UTC)
        plan(placed, since=date(2027, 12, 27), at=at)
        for week in range(10):
            set_out_all(at + timedelta(weeks=week))

        found = days_of(placed)
        assert date(2028, 2, 29) in found
        assert {date(2027, 12, 31), date(2028, 1, 3)} <= set(found)
        assert placed.sessions.get(date=date(2028, 1, 6)).state == SessionState.HOLIDAY
        assert found[-1] == date(2028, 3, 3)

    def test_a_weekend_is_no_holiday_for_who_works_then(self) -> None:
        assert not is_public_holiday(date(2026, 3, 14))
        assert is_public_holiday(date(2026, 5, 1))

    def test_working_days_are_counted_past_weekends_and_holidays(self) -> None:
        assert working_days_before(date(2026, 3, 17), 2) == date(2026, 3, 13)
        assert working_days_before(date(2026, 4, 7), 1) == date(2026, 4, 2)


class TestAtLastingPlaces:
    def test_the_usual_week_is_on_the_days_that_are_offered(self):
        offered = [PlannedDay(day, time(9), time(15), 30) for day in (1, 2, 4)]

        week = week_within(offered, Decimal(14))

        assert hours_of(week) == Decimal(14)
        assert [(each.weekday, each.ends_at) for each in week] == [
            (1, time(15)),
            (2, time(15)),
            (4, time(12)),
        ]

    def test_what_does_not_fit_is_not_planned(self):
        assert hours_of(week_within([PlannedDay(1, time(9), time(12))], Decimal(20))) == 3
