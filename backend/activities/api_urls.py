"""The API's addresses of sessions and schedules."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from backend.activities import api

router = SimpleRouter(use_regex_path=False)
router.register("sessions", api.SessionViewSet, basename="session")
router.register("absences", api.AbsenceViewSet, basename="absence")
router.register("schedules", api.ScheduleViewSet, basename="schedule")
urlpatterns = [
    *router.urls,
    path("internships/<uuid:internship_id>/absences/", api.report_absence, name="absence_report"),
    path("internships/<uuid:internship_id>/schedules/", api.plan_schedule, name="schedule_plan"),
]
