"""Openings that nobody looks after."""

from datetime import date, timedelta

import pytest

from backend.core import outbox
from backend.core.models import AuditEntry, DatedRule, OutboxMessage
from backend.employers.enums import OpeningState
from backend.employers.jobs import closes_at, look_after_openings
from backend.employers.services import refresh_opening
from tests.factories import OpeningFactory
from tests.factories.base import NOW
from tests.told import told

DAY = timedelta(days=1)


def state_of(opening):
    opening.refresh_from_db()
    return opening.state


class TestLookAfterOpenings:
    def test_closes_what_nobody_has_confirmed_for_90_days(self, cast):
        look_after_openings(NOW + 90 * DAY - timedelta(minutes=1))
        assert state_of(cast.opening) == OpeningState.PUBLISHED

        look_after_openings(NOW + 90 * DAY)

        assert state_of(cast.opening) == OpeningState.EXPIRED
        closed = AuditEntry.objects.about(cast.opening).get()
        assert (closed.action, closed.by) == ("closed_as_stale", None)
        assert told(kind="opening_expired") == {cast.employer_member}

    def test_says_beforehand_once(self, cast):
        for day in (75, 76, 77, 88):
            look_after_openings(NOW + day * DAY)

        assert OutboxMessage.objects.count() == 1
        assert told() == {cast.employer_member}

    def test_does_not_remind_of_what_was_confirmed_meanwhile(self, cast, mailoutbox):
        look_after_openings(NOW + 80 * DAY)
        refresh_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW + 81 * DAY)

        outbox.deliver_due(at=NOW + 82 * DAY)
        look_after_openings(NOW + 100 * DAY)

        assert mailoutbox == []
        assert state_of(cast.opening) == OpeningState.PUBLISHED

    def test_closes_what_is_over(self, cast):
        opening = OpeningFactory(ends_on=date(2026, 3, 31))

        look_after_openings(NOW + 19 * DAY)
        assert state_of(opening) == OpeningState.PUBLISHED

        look_after_openings(NOW + 20 * DAY)
        assert state_of(opening) == OpeningState.EXPIRED

    @pytest.mark.parametrize(
        "state", [OpeningState.DRAFT, OpeningState.AWAITING_APPROVAL, OpeningState.FILLED]
    )
    def test_leaves_the_others_alone(self, cast, state):
        opening = OpeningFactory(state=state)

        look_after_openings(NOW + 400 * DAY)

        assert state_of(opening) == state

    def test_running_again_does_nothing_more(self, cast):
        look_after_openings(NOW + 90 * DAY)
        before = (OutboxMessage.objects.count(), AuditEntry.objects.count())

        look_after_openings(NOW + 90 * DAY)

        assert (OutboxMessage.objects.count(), AuditEntry.objects.count()) == before

    def test_the_number_of_days_is_a_dated_rule(self, cast):
        DatedRule.objects.create(
            key="opening_stale_days", value=10, valid_from=date(2026, 3, 20), source="a decision"
        )

        assert closes_at(cast.opening, at=NOW) == NOW + 90 * DAY
        assert closes_at(cast.opening, at=NOW + 8 * DAY) == NOW + 10 * DAY
