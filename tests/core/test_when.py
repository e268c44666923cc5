"""When what is not urgent may be sent, over nights, Sundays, holidays and the change of clocks."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from backend.core.enums import Pace
from backend.core.models import QuietHours
from backend.core.outbox import kinds
from backend.core.outbox.when import Hours, hours_of, is_quiet, wanted
from tests.cast import Cast
from tests.factories.base import NOW, TODAY

HOURS = Hours()


def local(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        ("2026-03-12 06:59", True),
        ("2026-03-12 07:00", False),
        ("2026-03-12 20:59", False),
        ("2026-03-12 21:00", True),
        ("2026-03-14 12:00", False),  # a Saturday
        ("2026-03-15 12:00", True),  # a Sunday
        ("2026-05-01 12:00", True),
        ("2026-12-25 12:00", True),
    ],
)
def test_it_is_quiet_at_night_on_sundays_and_on_public_holidays(at: str, quiet: bool) -> None:
    assert is_quiet(local(at), HOURS) is quiet


@pytest.mark.parametrize(
    ("pace", "told", "sent"),
    [
        (Pace.AT_ONCE, "2026-03-12 10:00", "2026-03-12 10:00"),
        (Pace.AT_ONCE, "2026-03-12 22:00", "2026-03-13 07:00"),
        (Pace.AT_ONCE, "2026-03-12 03:00", "2026-03-12 07:00"),
        (Pace.AT_ONCE, "2026-03-14 22:00", "2026-03-16 07:00"),
        # Good Friday, Easter Sunday and Easter Monday; the Saturday between is open.
        (Pace.AT_ONCE, "2026-04-02 22:00", "2026-04-04 07:00"),
        (Pace.AT_ONCE, "2026-04-04 22:00", "2026-04-07 07:00"),
        # The clock goes forward on 29 March and back on 25 October: it is still seven by the clock.
        (Pace.AT_ONCE, "2026-03-28 22:00", "2026-03-30 07:00"),
        (Pace.AT_ONCE, "2026-10-24 22:00", "2026-10-26 07:00"),
        (Pace.DAILY, "2026-03-12 07:30", "2026-03-12 08:00"),
        (Pace.DAILY, "2026-03-12 08:00", "2026-03-12 08:00"),
        (Pace.DAILY, "2026-03-12 08:01", "2026-03-13 08:00"),
        (Pace.DAILY, "2026-12-31 10:00", "2027-01-02 08:00"),
        (Pace.WEEKLY, "2026-03-12 10:00", "2026-03-16 08:00"),
        (Pace.WEEKLY, "2026-03-16 08:00", "2026-03-16 08:00"),
        (Pace.WEEKLY, "2026-04-02 10:00", "2026-04-07 08:00"),
        (Pace.WEEKLY, "2026-04-06 10:00", "2026-04-07 08:00"),
        (Pace.WEEKLY, "2026-04-07 10:00", "2026-04-13 08:00"),
        (Pace.WEEKLY, "2028-02-29 10:00", "2028-03-06 08:00"),
    ],
)
def test_it_goes_when_its_receiver_wants_it_and_it_is_not_quiet(pace: str, told: str, sent: str) -> None:
    assert wanted(pace, at=local(told), hours=HOURS) == local(sent)


def test_a_municipality_that_opens_late_sends_what_is_collected_then() -> None:
    late = Hours(time(20), time(9, 30))
    assert wanted(Pace.DAILY, at=local("2026-03-12 07:00"), hours=late) == local("2026-03-12 09:30")


def test_the_hours_of_a_day_are_those_set_last_before_it(cast: Cast) -> None:
    key = cast.municipality.pk
    QuietHours.objects.create(municipality_key=key, valid_from=TODAY, starts_at=time(20), ends_at=time(8))
    assert hours_of(key, on=TODAY.replace(day=TODAY.day - 1)) == Hours()
    assert hours_of(key, on=TODAY) == Hours(time(20), time(8))
    assert hours_of(None, on=TODAY) == Hours()


URGENT = {
    "package_taken_back",
    "case_review_called_off",
    "absence_reported",
    "agreement_asked",
    "concern_raised",
    "follow_up_red",
    "consent_withdrawn",
    "decision_wanted",
    "extension_asked",
    "internship_ended",
    "internship_in_question",
    "internship_no_show",
    "internship_paused",
    "internship_planned",
    "internship_resumed",
    "job_lost",
    "participant_invited",
    "proposal_asked",
    "proposal_received",
    "visit_booked",
    "visit_cancelled",
    "visit_moved",
    "visit_reminder",
    "visit_times_proposed",
    "workplace_concern",
}
NEEDED = {
    "package_sent",
    "case_review_planned",
    "follow_up_asked",
    "measure_lifted",
    "measure_taken",
    "opening_returned",
    "proposal_withdrawn",
    "review_appeal_decided",
    "review_decided",
    "review_reply_asked",
}


def test_what_is_urgent_and_what_cannot_be_turned_off_is_decided_here_and_nowhere_else() -> None:
    """A kind that is added is not urgent and may be turned off, unless somebody decides otherwise."""
    assert {kind.name for kind in kinds.values() if kind.is_urgent} == URGENT
    assert {kind.name for kind in kinds.values() if kind.is_needed} == NEEDED
    assert not {kind.name for kind in kinds.values() if kind.may_be_off} & (URGENT | NEEDED)


def test_each_audience_of_a_kind_says_who_may_hold_it() -> None:
    assert [kind.name for kind in kinds.values() for each in kind.audiences if not each.personas] == []
    assert NOW.date() == TODAY
