"""What the audit log says of schedules, sessions and attendance, in words."""

from django.utils.translation import gettext_lazy as _

from backend.activities.models import AbsenceReport, ActivitySession, WeeklySchedule
from backend.core import timeline
from backend.core.timeline import Told

timeline.register(WeeklySchedule, {"schedule_planned": _("The schedule was planned")})
timeline.register(
    ActivitySession,
    {
        "state_planned": _("The day takes place after all"),
        "state_off_by_organiser": _("The workplace called the day off"),
        "state_off_by_unit": _("The municipality called the day off"),
        "state_off_by_participant": _("The participant called the day off"),
        "marked_by_organiser": _("The workplace said who was there"),
        "marked_by_coach": Told(_("The job coach wrote down the attendance"), to_staff_alone=True),
        "marked_by_participant": Told(
            _("The participant said if she or he was there"), to_person=_("You said if you were there")
        ),
    },
)
timeline.register(
    AbsenceReport,
    {
        "absence_reported": _("Absence was reported"),
        "absence_withdrawn": _("The report of absence was withdrawn"),
    },
)
