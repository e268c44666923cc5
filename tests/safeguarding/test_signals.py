"""Signals: each found by its figures, kept once, and proposed anew only when the figures have grown."""

from datetime import timedelta

import pytest

from backend.internships.models import Employment
from backend.safeguarding.enums import ReviewState, Signal
from backend.safeguarding.models import Evidence, Review
from backend.safeguarding.services import dismiss_review, notice_signals
from tests.factories import EmploymentFactory, InternshipFactory, ParticipantFactory
from tests.factories.base import NOW, TODAY
from tests.told import told

DAY = timedelta(days=1)


def came(cast, number, *, state="completed", **facts):
    ended = {"ended_on": TODAY - 30 * DAY, "ends_on": TODAY - 30 * DAY} if state != "ongoing" else {}
    days = {"starts_on": TODAY - 90 * DAY, "started_on": TODAY - 90 * DAY, **ended}
    return [
        InternshipFactory(
            opening=cast.opening,
            participant=ParticipantFactory(unit=cast.unit, coach=cast.coach),
            state=state,
            **{**days, **facts},
        )
        for _ in range(number)
    ]


def signals():
    return set(Evidence.objects.values_list("signal", flat=True))


class TestFound:
    def test_the_same_tasks_for_one_after_another(self, cast):
        came(cast, 3)

        assert notice_signals(at=NOW) == 1
        assert Signal.SAME_TASKS in signals()
        assert Review.objects.get().state == ReviewState.PROPOSED
        assert cast.manager in told(kind="review_waits")

    def test_not_when_somebody_was_hired(self, cast):
        *_, last = came(cast, 3)
        EmploymentFactory(
            participant=last.participant, internship=last, employer=cast.bakery, starts_on=TODAY
        )

        assert Employment.objects.count() == 1
        assert notice_signals(at=NOW) == 0

    def test_many_for_one_supervisor(self, cast):
        came(cast, 4, state="ongoing", supervisor_name="Sara")

        notice_signals(at=NOW)

        assert Signal.PER_SUPERVISOR in signals()

    def test_many_for_the_employees(self, cast):
        type(cast.bakery).objects.filter(pk=cast.bakery.pk).update(employees=5)
        came(cast, 3, state="ongoing")

        notice_signals(at=NOW)

        assert Signal.PER_EMPLOYEE in signals()

    def test_early_endings(self, cast):
        came(cast, 3, state="ended_early", ended_by_side="employer", end_reason="supervision")

        notice_signals(at=NOW)

        assert Signal.EARLY_ENDINGS in signals()

    def test_nothing_where_all_is_well(self, cast):
        came(cast, 1)

        assert notice_signals(at=NOW) == 0
        assert not Review.objects.exists()


class TestKept:
    def test_never_twice_for_the_same(self, cast):
        came(cast, 3)

        assert [notice_signals(at=NOW + number * DAY) for number in range(3)] == [1, 0, 0]
        assert Review.objects.count() == 1

    def test_not_anew_when_it_was_looked_into_but_when_it_has_grown(self, cast):
        came(cast, 3)
        notice_signals(at=NOW)
        dismiss_review(review_id=Review.objects.get().pk, reason="Två fick jobb.", by=cast.manager, at=NOW)
        assert notice_signals(at=NOW + DAY) == 0

        came(cast, 1)

        assert notice_signals(at=NOW + 2 * DAY) == 1
        assert Review.objects.count() == 2

    @pytest.mark.parametrize("number", [1, 4])
    def test_grow_in_the_review_that_is_open(self, cast, number):
        came(cast, 3)
        notice_signals(at=NOW)
        came(cast, number)
        notice_signals(at=NOW + DAY)

        row = Evidence.objects.get(signal=Signal.SAME_TASKS)
        assert row.number == 3 + number
