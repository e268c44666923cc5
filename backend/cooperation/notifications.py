"""Messages to guests from agencies. None names anybody: they say where to read."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.cooperation.models import Package
from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.core.ui.addresses import address
from backend.participants.models import Participant


def _receivers(message: OutboxMessage) -> Iterator[outbox.Receiver]:
    known = Package.objects.filter(pk=message.subject_id, participant__in=Participant.objects.findable())
    for package in known.select_related("contact__user"):
        contact = package.contact
        if contact is not None and contact.user is not None and contact.reads_on(day_of(message.created_at)):
            yield outbox.Receiver(contact.user)


def _municipality(message: OutboxMessage) -> UUID | None:
    packages = Package.objects.filter(pk=message.subject_id).order_by("pk")
    return packages.values_list("participant__unit__municipality", flat=True).first()


GUEST = outbox.Audience("guest", _receivers, _("the guest from an agency"), _municipality, (Persona.AGENCY,))


def _holds(message: OutboxMessage) -> bool:
    return Package.objects.filter(pk=message.subject_id, consent__withdrawn_at=None).exists()


def _is_over(message: OutboxMessage) -> bool:
    return Package.objects.filter(pk=message.subject_id, consent__withdrawn_at__isnull=False).exists()


SENT = outbox.register(
    outbox.MessageKind(
        "package_sent", _("There is something for you to read"), _holds, audiences=(GUEST,), is_needed=True
    )
)
TAKEN_BACK = outbox.register(
    outbox.MessageKind(
        "package_taken_back",
        _("Something that you were sent may not be used any more"),
        _is_over,
        audiences=(GUEST,),
        is_urgent=True,
    )
)


def tell_of_package(package: Package, *, at: datetime) -> None:
    """Queue to who shall read the package that it is there."""
    path = address("cooperation:package_read", package.pk)
    outbox.enqueue(SENT, about=package, step="sent", path=path, at=at)


def tell_of_its_end(package: Package, *, at: datetime) -> None:
    """Queue to who could read the package that it may not be used any more."""
    path = address("cooperation:my_packages")
    outbox.enqueue(TAKEN_BACK, about=package, step="taken_back", path=path, at=at)
