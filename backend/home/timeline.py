"""What the audit log says of My day, in words."""

from django.utils.translation import gettext_lazy as _

from backend.core import timeline
from backend.core.timeline import Told
from backend.home.models import CalendarAddress, SetAside

timeline.register(
    SetAside,
    {
        "put_off": Told(_("It was put off in My day"), to_staff_alone=True),
        "noted": Told(_("It was noted as done in My day"), to_staff_alone=True),
        "taken_up": Told(_("What was put aside in My day was taken up again"), to_staff_alone=True),
    },
)
timeline.register(
    CalendarAddress,
    {
        "calendar_made": Told(_("A secret address of a calendar was made"), to_staff_alone=True),
        "calendar_revoked": Told(_("The secret address of a calendar was revoked"), to_staff_alone=True),
    },
)
