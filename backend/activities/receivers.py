"""What sessions do when something happens to their internship: nothing but what the schedule then says."""

from datetime import date, datetime
from typing import Any

from backend.accounts.models import User
from backend.activities.notifications import tell_closed
from backend.activities.planning import days_between, is_public_holiday
from backend.activities.services import set_out_sessions
from backend.employers.capacity.occupied import stays_at
from backend.employers.capacity.offering import Offering
from backend.employers.events import CAPACITY_CLOSED
from backend.employers.models import Capacity
from backend.internships.events import (
    INTERNSHIP_CHANGED,
    INTERNSHIP_ENDED,
    INTERNSHIP_PAUSED,
    INTERNSHIP_RESUMED,
    INTERNSHIP_STARTED,
)
from backend.internships.models import Internship


@INTERNSHIP_STARTED.received_by(
    "session", does="those of the schedule are set out from the first day on, four weeks ahead"
)
def begin(*, subject: Internship, by: User | None, at: datetime) -> None:
    """Set out the sessions from the first day on, also where the start is written down late."""
    set_out_sessions(internship=subject, at=at, since=subject.started_on)


@INTERNSHIP_CHANGED.received_by(
    "session", does="those to come follow the new days; what has been, and what is marked, stands"
)
@INTERNSHIP_PAUSED.received_by("session", does="those to come are taken away: nobody is expected")
@INTERNSHIP_RESUMED.received_by("session", does="those of the schedule are set out again")
def follow(*, subject: Internship, by: User | None, at: datetime, **facts: Any) -> None:
    """Let the sessions to come follow what was changed."""
    set_out_sessions(internship=Internship.objects.get(pk=subject.pk), at=at)


@CAPACITY_CLOSED.received_by("session", does="stand; the coach of whoever has hours on those days is told")
def tell_coaches(*, subject: Capacity, by: User | None, at: datetime, first: date, last: date) -> None:
    """Tell the coach of each who has hours at the lasting places while they are closed."""
    stays = stays_at([subject.pk], first, last)[subject.pk]
    offering = Offering(subject)
    days = [day for day in days_between(first, last) if not is_public_holiday(day)]
    there = {stay.placement for stay in stays if any(stay.minutes_on(day, offering) for day in days)}
    for internship in Internship.objects.filter(pk__in=there).order_by("pk"):
        tell_closed(internship, first=first, at=at)


@INTERNSHIP_ENDED.received_by(
    "session", does="those after the last day that nobody has marked are taken away"
)
def end(*, subject: Internship, by: User | None, at: datetime) -> None:
    """Take away what lies after the last day."""
    set_out_sessions(internship=subject, at=at)
