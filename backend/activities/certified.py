"""What certificates of internships are told of the time that somebody was there."""

from datetime import datetime

from backend.activities.hours import hours_of
from backend.activities.models import ActivitySession
from backend.internships.certified import count_attended_by
from backend.internships.models import Internship


@count_attended_by
def attended_in(internship: Internship, at: datetime) -> int | None:
    """Return the minutes attended; None while a day is not marked: the sum would be less than what was."""
    theirs = ActivitySession.objects.filter(internship=internship)
    hours = hours_of(theirs.order_by("date", "starts_at", "pk").with_marks(), at=at)
    return None if hours.unmarked else hours.attended or None
