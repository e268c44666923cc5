"""Schedules, sessions, who was there, and what was said of not coming."""

from backend.activities.models.absences import AbsenceReport, AbsenceReportQuerySet
from backend.activities.models.marks import AttendanceMark
from backend.activities.models.schedules import ScheduleDay, WeeklySchedule, WeeklyScheduleQuerySet
from backend.activities.models.sessions import ActivitySession, ActivitySessionQuerySet

__all__ = [
    "AbsenceReport",
    "AbsenceReportQuerySet",
    "ActivitySession",
    "ActivitySessionQuerySet",
    "AttendanceMark",
    "ScheduleDay",
    "WeeklySchedule",
    "WeeklyScheduleQuerySet",
]
