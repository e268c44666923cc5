"""Messages about papers that somebody gets."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import outbox
from backend.core.models import OutboxMessage
from backend.internships.models import Certificate
from backend.participants.audiences import person


def _is_newest(message: OutboxMessage) -> bool:
    return Certificate.objects.current().filter(pk=message.subject_id).exists()


CERTIFIED = outbox.register(
    outbox.MessageKind(
        "certificate_issued",
        _("Your certificate is ready"),
        _is_newest,
        audiences=(person(via="internships__certificates"),),
    )
)


def tell_of_certificate(certificate: Certificate, *, at: datetime) -> None:
    """Queue to the person that there is a certificate, or a new edition of it."""
    path = reverse("internships:my_papers")
    outbox.enqueue(CERTIFIED, about=certificate, step="issued", path=path, at=at)
