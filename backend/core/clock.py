"""From a moment to the calendar day it belongs to. Nothing here reads the clock."""

from datetime import date, datetime

from django.utils import timezone


def day_of(at: datetime) -> date:
    """Return the day in local time (settings.TIME_ZONE) of the moment `at`."""
    return timezone.localtime(at).date()
