"""What is done about sessions every day: those within reach are set out, unmarked ones are asked about."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from backend.activities import notifications
from backend.activities.models import ActivitySession, WeeklySchedule
from backend.activities.planning import working_days_before
from backend.activities.services import set_out_further
from backend.core.clock import day_of
from backend.core.running import schedule
from backend.internships.enums import InternshipState
from backend.internships.models import Internship

ASKED_AFTER, COACH_TOLD_AFTER = 2, 5
"""Working days after which the workplace is reminded to mark a session, and the coach is told."""


def set_out_all(at: datetime) -> str:
    """Set out the sessions of every ongoing internship that have come within reach."""
    planned = WeeklySchedule.objects.standing().order_by().values("internship")
    ongoing = Internship.objects.filter(state=InternshipState.ONGOING, pk__in=planned)
    keys = list(ongoing.order_by("pk").values_list("pk", flat=True))
    return f"set_out {sum(set_out_further(internship_id=key, at=at) for key in keys)}"


def ask_about_unmarked(at: datetime) -> str:
    """Remind of sessions that nobody has marked: the workplace, and later the coach.

    One message an internship, about the newest of them: the next day brings no other unless one more is due.
    """
    today = day_of(at)
    asked = 0
    for kind, count in (
        (notifications.UNMARKED, ASKED_AFTER),
        (notifications.LONG_UNMARKED, COACH_TOLD_AFTER),
    ):
        due = ActivitySession.objects.unmarked().filter(date__lte=working_days_before(today, count))
        newest = due.order_by().values("internship").annotate(newest=Max("date"))
        days = {each["internship"]: each["newest"] for each in newest}
        for internship in Internship.objects.filter(pk__in=days).order_by("pk"):
            notifications.ask_to_mark(kind, internship, newest=days[internship.pk], at=at)
            asked += 1
    return f"reminded {asked}"


SET_OUT_SESSIONS = schedule.register(
    schedule.Job(
        "set_out_sessions",
        every=timedelta(hours=12),
        run=set_out_all,
        title=_("Set out days of attendance"),
        tells=_("Sets out the coming weeks of every internship that has a schedule."),
    )
)
ASK_ABOUT_UNMARKED = schedule.register(
    schedule.Job(
        "ask_about_unmarked_sessions",
        every=timedelta(hours=6),
        run=ask_about_unmarked,
        title=_("Ask about unmarked attendance"),
        tells=_("Reminds the workplace of days that nobody has marked, and later tells the coach."),
    )
)
