"""Codes to phones are forgotten."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from backend.accounts.own_messages.phones import forget_phone_codes
from backend.core.models import PhoneCode
from backend.core.running import schedule

FORGET_PHONE_CODES = schedule.register(
    schedule.Job(
        "forget_phone_codes",
        timedelta(hours=6),
        forget_phone_codes,
        ends=(PhoneCode,),
        title=_("Forget codes to phones"),
        tells=_("Codes that were sent by SMS are deleted after a day."),
    )
)
