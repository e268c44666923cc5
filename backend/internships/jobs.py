"""What internships forgets when its time has come."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from backend.core.running import schedule
from backend.internships.models import SigningCode

CODES_KEPT: Final = timedelta(days=1)
"""As long as it is counted how many somebody has asked for."""


def forget_signing_codes(at: datetime) -> str:
    """Forget the codes for signing of more than a day ago; what they signed is kept without them."""
    gone, _each = SigningCode.objects.filter(sent_at__lte=at - CODES_KEPT).delete()
    return f"forgot {gone}"


FORGET_SIGNING_CODES = schedule.register(
    schedule.Job(
        "forget_signing_codes",
        timedelta(hours=1),
        forget_signing_codes,
        ends=(SigningCode,),
        title=_("Forget codes for signing"),
        tells=_("A code by which an agreement could be signed is deleted after a day."),
    )
)
