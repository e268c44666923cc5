"""Looks at a participant's file through the pages of internships, as the participant reads them."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona
from backend.core.writing import audit
from backend.participants.access_log import register_page
from backend.participants.models import Participant

INTERNSHIP, FOLLOW_UP = "internships.internship", "internships.follow_up"
EMPLOYMENT, RETENTION = "internships.employment", "internships.retention"

register_page(INTERNSHIP, _("Looked at your internship"))
register_page(FOLLOW_UP, _("Looked at how your internship is going"))
register_page(EMPLOYMENT, _("Opened the page where your job is recorded"))
register_page(RETENTION, _("Opened the page where it is asked if your job lasts"))


def log_look(request: HttpRequest, participant: Participant, *, page: str) -> None:
    """Write that a member of staff looks at the page; what is posted writes its own audit row."""
    user = signed_in(request)
    if user.persona == Persona.STAFF and request.method in ("GET", "HEAD"):
        audit.record_read(participant, by=user, at=timezone.now(), page=page)
