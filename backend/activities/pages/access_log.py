"""Looks at a participant's attendance, as the participant reads them."""

from django.utils.translation import gettext_lazy as _

from backend.participants.access_log import register_page

ATTENDANCE, SCHEDULE, ROLL_CALL = "activities.attendance", "activities.schedule", "activities.roll_call"

register_page(ATTENDANCE, _("Looked at your attendance"))
register_page(SCHEDULE, _("Opened the page of your days and hours"))
register_page(ROLL_CALL, _("Opened the page where attendance is marked"))
