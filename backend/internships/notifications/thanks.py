"""The mail that the thanks for a year are there. It names no figures and nobody: those stand on the page."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.employers.audiences import contacts
from backend.employers.models import Employer
from backend.internships.received import to_thank


def _is_to_be_thanked(message: OutboxMessage) -> bool:
    """Tell whether the employer still is one to work with, and took somebody that year."""
    still = to_thank(year=day_of(message.created_at).year - 1, on=timezone.localdate())
    return still.filter(pk=message.subject_id).exists()


YEARLY_THANKS = outbox.register(
    outbox.MessageKind(
        "yearly_thanks",
        _("Thank you for the year that was"),
        _is_to_be_thanked,
        audiences=(contacts(via="pk"),),
    )
)


def send_thanks(employer: Employer, *, year: int, at: datetime) -> None:
    """Queue the thanks for `year` to who answers for an employer; once, however often it is asked for."""
    path = reverse("internships:thanks_page", args=[year])
    outbox.enqueue(YEARLY_THANKS, about=employer, step=str(year), path=path, at=at)
