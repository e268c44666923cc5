"""Every write to schedules, sessions, marks and reports of absence."""

from backend.activities.services.absences import report_absence, withdraw_absence
from backend.activities.services.marking import Said, mark_session, mark_sessions
from backend.activities.services.schedules import plan_schedule
from backend.activities.services.sessions import (
    call_off_session,
    set_out_further,
    set_out_sessions,
    take_up_session,
)

__all__ = [
    "Said",
    "call_off_session",
    "mark_session",
    "mark_sessions",
    "plan_schedule",
    "report_absence",
    "set_out_further",
    "set_out_sessions",
    "take_up_session",
    "withdraw_absence",
]
