"""What core forgets when its time has come."""

from datetime import datetime, timedelta

from backend.core import schedule
from backend.core.models import SentForm

# A form that is sent again after this long is meant anew: nobody double-clicks so slowly.
SENT_FORMS_KEPT = timedelta(days=2)


def forget_sent_forms(at: datetime) -> str:
    """Forget which forms were taken more than two days ago."""
    gone, _each = SentForm.objects.filter(at__lt=at - SENT_FORMS_KEPT).delete()
    return f"forgot {gone}"


FORGET_SENT_FORMS = schedule.register(
    schedule.Job("forget_sent_forms", every=timedelta(hours=6), run=forget_sent_forms)
)
