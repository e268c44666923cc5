"""What was put aside is forgotten when it no longer holds."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from backend.core.clock import day_of
from backend.core.running import schedule
from backend.home.day.proposals import NEWS_FOR
from backend.home.models import SetAside


def forget_put_aside(at: datetime) -> str:
    """Delete what was put off until a day that has come, and what is done with that stands in no day now."""
    today = day_of(at)
    over = SetAside.objects.filter(until__lte=today)
    old = SetAside.objects.filter(until=None, on__lt=today - NEWS_FOR)
    return f"forgot {over.delete()[0] + old.delete()[0]}"


FORGET_PUT_ASIDE = schedule.register(
    schedule.Job(
        "forget_put_aside",
        every=timedelta(days=1),
        run=forget_put_aside,
        ends=(SetAside,),
        title=_("Forget what was put off"),
        tells=_("What a coach put off until a day that has come stands in the day again."),
    )
)
