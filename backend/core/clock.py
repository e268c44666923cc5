"""Between moments and the calendar's days and times. Nothing here reads the clock."""

from datetime import UTC, date, datetime, time

from django.utils import timezone

_MIDNIGHT = time(0)


def day_of(at: datetime) -> date:
    """Return the day in local time (settings.TIME_ZONE) of the moment `at`."""
    return timezone.localtime(at).date()


def moment_of(day: date, at: time) -> datetime | None:
    """Return the moment when clocks show `at` on `day`; None for an hour that they skip in spring.

    An hour that they show twice in autumn is the first of the two.
    """
    written = datetime.combine(day, at)
    meant = timezone.make_aware(written).astimezone(UTC)
    return meant if timezone.localtime(meant).replace(tzinfo=None) == written else None


def midnight(day: date) -> datetime:
    """Return the moment at which `day` begins; clocks are never changed at midnight here."""
    return timezone.make_aware(datetime.combine(day, _MIDNIGHT))
