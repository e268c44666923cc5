"""Addresses of schedules and attendance."""

from django.urls import path

from backend.activities.views import attendance, mine, roll_call, schedules

app_name = "activities"
urlpatterns = [
    path("narvaro/", roll_call.roll_call, name="roll_call"),
    path("narvaro/pass/<uuid:pk>/", attendance.session_detail, name="session_detail"),
    path("narvaro/pass/<uuid:pk>/stall-in/", roll_call.session_call_off, name="session_call_off"),
    path("narvaro/pass/<uuid:pk>/ta-upp/", roll_call.session_take_up, name="session_take_up"),
    path("min-narvaro/", mine.my_attendance, name="my_attendance"),
    path("praktik/<uuid:pk>/narvaro/", attendance.attendance, name="attendance"),
    path("praktik/<uuid:pk>/narvaro/excel/", attendance.attendance_export, name="attendance_export"),
    path("praktik/<uuid:pk>/schema/", schedules.schedule_plan, name="schedule_plan"),
    path("praktik/<uuid:pk>/schema/jamnt/", schedules.schedule_usual, name="schedule_usual"),
    path("praktik/<uuid:pk>/borta/", mine.absence_report, name="absence_report"),
    path("borta/<uuid:pk>/ta-tillbaka/", mine.absence_withdraw, name="absence_withdraw"),
]
