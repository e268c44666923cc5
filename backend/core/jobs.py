"""What core forgets when its time has come."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from backend.core import schedule
from backend.core.models import UNSENT_KEPT, SentForm, UnsentForm

# A form that is sent again after this long is meant anew: nobody double-clicks so slowly.
SENT_FORMS_KEPT = timedelta(days=2)


def forget_sent_forms(at: datetime) -> str:
    """Forget which forms were taken more than two days ago."""
    gone, _each = SentForm.objects.filter(at__lt=at - SENT_FORMS_KEPT).delete()
    return f"forgot {gone}"


def forget_unsent_forms(at: datetime) -> str:
    """Forget what was typed and never sent."""
    gone, _each = UnsentForm.objects.filter(at__lte=at - UNSENT_KEPT).delete()
    return f"forgot {gone}"


def forget_ended_sessions(at: datetime) -> str:
    """Forget the sessions that have ended."""
    gone, _each = Session.objects.filter(expire_date__lt=at).delete()
    return f"forgot {gone}"


FORGET_ENDED_SESSIONS = schedule.register(
    schedule.Job("forget_ended_sessions", every=timedelta(hours=1), run=forget_ended_sessions)
)
FORGET_UNSENT_FORMS = schedule.register(
    schedule.Job("forget_unsent_forms", every=timedelta(hours=1), run=forget_unsent_forms)
)
FORGET_SENT_FORMS = schedule.register(
    schedule.Job("forget_sent_forms", every=timedelta(hours=6), run=forget_sent_forms)
)
