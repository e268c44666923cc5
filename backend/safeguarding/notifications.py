"""Messages about reviews. None says what is alleged, of whom or by whom: they say where to read."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from backend.core import outbox
from backend.core.models import OutboxMessage
from backend.core.ui.addresses import address
from backend.employers.audiences import contacts, managers_of_employer
from backend.safeguarding.enums import FOR_MANAGER, MAY_REPLY
from backend.safeguarding.models import Review

CONTACTS = contacts(via="reviews")


def _waits_for_manager(message: OutboxMessage) -> bool:
    return Review.objects.awaiting_manager().filter(pk=message.subject_id).exists()


def _may_reply(message: OutboxMessage) -> bool:
    return Review.objects.filter(pk=message.subject_id, state__in=MAY_REPLY).exists()


def _is_decided(message: OutboxMessage) -> bool:
    return Review.objects.filter(pk=message.subject_id, decided_at__isnull=False).exists()


def _appeal_is_decided(message: OutboxMessage) -> bool:
    return Review.objects.filter(pk=message.subject_id, appeal_decided_at__isnull=False).exists()


WAITS = outbox.register(
    outbox.MessageKind(
        "review_waits",
        _("A review of an employer waits for you"),
        _waits_for_manager,
        audiences=(managers_of_employer(via="reviews"),),
    )
)
REPLY_ASKED = outbox.register(
    outbox.MessageKind(
        "review_reply_asked",
        _("The municipality asks for your reply"),
        _may_reply,
        audiences=(CONTACTS,),
        is_needed=True,
    )
)
DECIDED = outbox.register(
    outbox.MessageKind(
        "review_decided",
        _("The municipality has decided after your reply"),
        _is_decided,
        audiences=(CONTACTS,),
        is_needed=True,
    )
)
APPEAL_DECIDED = outbox.register(
    outbox.MessageKind(
        "review_appeal_decided",
        _("Your request for another decision has been answered"),
        _appeal_is_decided,
        audiences=(CONTACTS,),
        is_needed=True,
    )
)


def tell_managers(review: Review, *, at: datetime) -> None:
    """Queue to the managers that a review waits for them, once for each state."""
    if review.state in FOR_MANAGER:
        outbox.enqueue(WAITS, about=review, step=review.state, path=review.get_absolute_url(), at=at)


def tell_employer(kind: outbox.MessageKind, review: Review, *, at: datetime) -> None:
    """Queue to those who answer for the employer that something is to be read, or replied to."""
    path = address("safeguarding:own_review", review.pk)
    outbox.enqueue(kind, about=review, step=review.state, path=path, at=at)
