"""What schedules and lasting places say of each other: days that are offered, called off, or closed."""

from datetime import time, timedelta

import pytest
from django.utils import translation

from backend.activities.at_capacity import usual_week_of
from backend.activities.planning import PlannedDay
from backend.activities.services import plan_schedule
from backend.core.models import OutboxMessage
from backend.core.outbox.kinds import kinds
from backend.employers.capacity.calendar import calendar_of
from backend.employers.capacity.hours import hours_between
from backend.employers.capacity.offering import Day
from backend.employers.models import Capacity, CapacityDay
from backend.employers.services import add_exception, offer_places, withdraw_exception
from backend.internships.models import Internship
from tests.factories import InternshipFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

MONDAY = TODAY - timedelta(days=TODAY.weekday()) + timedelta(weeks=1)
MONDAYS = PlannedDay(1, time(9), time(12))
WEDNESDAYS = PlannedDay(3, time(9), time(12))
CLOSED = {"kind": "closed", "first_on": MONDAY, "last_on": MONDAY + timedelta(days=4)}


@pytest.fixture
def capacity(cast):
    """Four places at Bageriet, on Mondays and Wednesdays."""
    fields = {"workplace": cast.opening.workplace, "work": "sortera kläder", "places": 4}
    fields |= {"placement_kind": "arbetstraning", "supervisors": 4, "support": "Hela dagen."}
    days = [Day.between("1", time(9), time(15)), Day.between("3", time(9), time(12))]
    return offer_places(fields=fields, days=days, by=cast.employer_member, at=NOW)


@pytest.fixture
def ongoing(cast, capacity) -> Internship:
    """Pia is there since the Monday before."""
    began = MONDAY - timedelta(days=7)
    days = {"starts_on": began, "started_on": began, "ends_on": MONDAY + timedelta(days=40)}
    placed = {"opening": capacity.opening, "workplace": capacity.workplace, "state": "ongoing"}
    return InternshipFactory(participant=cast.pia, proposal__opening=capacity.opening, **placed, **days)


def plan(internship, *days, since=TODAY):
    coach = internship.participant.coach
    return plan_schedule(internship_id=internship.pk, valid_from=since, days=days, by=coach, at=NOW)


class TestWeekdays:
    def test_that_the_lasting_places_have_are_planned(self, ongoing):
        plan(ongoing, MONDAYS, WEDNESDAYS)

        assert ongoing.schedules.standing().get().days.count() == 2

    def test_others_are_refused_and_named(self, ongoing):
        with translation.override("en"), refused_for("schedule_day_not_offered") as refusal:
            plan(ongoing, MONDAYS, PlannedDay(5, time(9), time(12)))

        with translation.override("en"):
            [message] = refusal.value.messages
        assert message.startswith("Friday:")
        assert message.endswith("first: Monday, Wednesday.")
        assert not ongoing.schedules.exists()

    def test_are_free_where_none_are_stated(self, ongoing):
        CapacityDay.objects.all().delete()

        plan(ongoing, PlannedDay(5, time(9), time(12)))

        assert ongoing.schedules.exists()

    def test_what_is_proposed_is_within_them_also_without_times(self, ongoing):
        CapacityDay.objects.update(starts_at=None, ends_at=None, minutes=240)

        assert [(each.weekday, each.minutes) for each in usual_week_of(ongoing)] == [(1, 240), (3, 240)]


class TestADayThatIsCalledOff:
    def test_is_not_used(self, capacity, ongoing):
        plan(ongoing, MONDAYS, WEDNESDAYS)
        changed = ongoing.sessions.filter(date=MONDAY).update(state="off_by_unit")

        rows = [Capacity.objects.for_calendar().get(pk=capacity.pk)]
        off, after = hours_between(rows, since=MONDAY, weeks=2, today=TODAY).weeks.values()

        assert (changed, off.used, after.used) == (1, 180, 360)
        assert off.free == after.free + 180
        monday, wednesday = calendar_of(rows, since=MONDAY, today=TODAY).rows[0].cells
        assert (monday.taken, wednesday.taken) == (0, 1)

    def test_with_another_time_left_that_day_still_is(self, capacity, ongoing):
        plan(ongoing, MONDAYS)
        there = {"date": MONDAY, "starts_at": time(13), "ends_at": time(15), "net_minutes": 120}
        ongoing.sessions.create(**there, state="off_by_unit", state_changed_at=NOW)

        rows = [Capacity.objects.for_calendar().get(pk=capacity.pk)]
        [week] = hours_between(rows, since=MONDAY, weeks=1, today=TODAY).weeks.values()

        assert week.used == 180


class TestClosing:
    def told(self) -> list[tuple[str, str]]:
        rows = OutboxMessage.objects.filter(kind="workplace_closed").order_by("pk")
        return list(rows.values_list("audience", "path"))

    def close(self, cast, capacity, **more):
        return add_exception(capacity_id=capacity.pk, **{**CLOSED, **more}, by=cast.employer_member, at=NOW)

    def test_tells_the_coach_of_who_has_hours_then(self, cast, capacity, ongoing):
        plan(ongoing, MONDAYS)

        self.close(cast, capacity)

        assert self.told() == [("coach", ongoing.get_absolute_url())]

    def test_and_of_who_has_no_schedule_yet(self, cast, capacity, ongoing):
        self.close(cast, capacity)

        assert len(self.told()) == 1

    @pytest.mark.parametrize(
        "more",
        [
            {"first_on": MONDAY + timedelta(days=1), "last_on": MONDAY + timedelta(days=1)},
            {"first_on": MONDAY + timedelta(weeks=20), "last_on": MONDAY + timedelta(weeks=21)},
            {"kind": "no_intake"},
        ],
        ids=["a day without hours", "after the last day", "nobody new"],
    )
    def test_tells_nobody_where_nobody_has_any(self, cast, capacity, ongoing, more):
        plan(ongoing, MONDAYS)

        self.close(cast, capacity, **more)

        assert self.told() == []

    def test_is_not_told_when_it_was_taken_back_before(self, cast, capacity, ongoing):
        row = self.close(cast, capacity)
        message = OutboxMessage.objects.get(kind="workplace_closed")
        kind = kinds[message.kind]
        assert kind.is_due(message)

        withdraw_exception(exception_id=row.pk, by=cast.employer_member, at=NOW)

        assert not kind.is_due(message)
