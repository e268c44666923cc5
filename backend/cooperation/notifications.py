"""Messages to guests from agencies. None names anybody: they say where to read."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.cooperation.enums import CaseReviewState
from backend.cooperation.models import Package, ReviewAction, ReviewSeat
from backend.core import outbox
from backend.core.clock import day_of, midnight
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


def _who_sits(message: OutboxMessage) -> Iterator[outbox.Receiver]:
    for seat in ReviewSeat.objects.filter(pk=message.subject_id).select_related("contact__user"):
        contact = seat.contact
        if contact is not None and contact.user is not None and contact.reads_on(day_of(message.created_at)):
            yield outbox.Receiver(contact.user)


def _municipality_of_seat(message: OutboxMessage) -> UUID | None:
    seats = ReviewSeat.objects.filter(pk=message.subject_id).order_by("pk")
    return seats.values_list("review__unit__municipality", flat=True).first()


def _owner(message: OutboxMessage) -> Iterator[outbox.Receiver]:
    for action in ReviewAction.objects.filter(pk=message.subject_id).select_related("contact__user"):
        user = action.contact.user if action.contact else None
        theirs = ReviewAction.objects.filter(pk=action.pk)
        if user is not None and theirs.asked_of(user, on=day_of(message.due_at)).exists():
            yield outbox.Receiver(user)


def _municipality_of_action(message: OutboxMessage) -> UUID | None:
    actions = ReviewAction.objects.filter(pk=message.subject_id).order_by("pk")
    return actions.values_list("case__review__unit__municipality", flat=True).first()


SEATED = outbox.Audience(
    "seated", _who_sits, _("the guest from an agency"), _municipality_of_seat, (Persona.AGENCY,)
)
OWNER = outbox.Audience(
    "owner", _owner, _("the guest from an agency"), _municipality_of_action, (Persona.AGENCY,)
)


def _is_planned(message: OutboxMessage) -> bool:
    state = CaseReviewState.PLANNED
    return ReviewSeat.objects.filter(pk=message.subject_id, review__state=state).exists()


def _is_called_off(message: OutboxMessage) -> bool:
    state = CaseReviewState.CALLED_OFF
    return ReviewSeat.objects.filter(pk=message.subject_id, review__state=state).exists()


def _is_undone(message: OutboxMessage) -> bool:
    return ReviewAction.objects.undone().filter(pk=message.subject_id).exists()


REVIEW_PLANNED = outbox.register(
    outbox.MessageKind(
        "case_review_planned",
        _("You are asked to a case review"),
        _is_planned,
        audiences=(SEATED,),
        is_needed=True,
    )
)
REVIEW_CALLED_OFF = outbox.register(
    outbox.MessageKind(
        "case_review_called_off",
        _("A case review is called off"),
        _is_called_off,
        audiences=(SEATED,),
        is_urgent=True,
    )
)
ACTION_LATE = outbox.register(
    outbox.MessageKind(
        "case_review_action_late",
        _("Something that you said you would do is late"),
        _is_undone,
        audiences=(OWNER,),
    )
)


def tell_of_review(seat: ReviewSeat, *, at: datetime) -> None:
    """Queue to who comes that a review is planned."""
    path = address("cooperation:my_review", seat.pk)
    outbox.enqueue(REVIEW_PLANNED, about=seat, step="planned", path=path, at=at)


def tell_of_calling_off(seat: ReviewSeat, *, at: datetime) -> None:
    """Queue to who comes that the review is called off."""
    path = address("cooperation:my_review", seat.pk)
    outbox.enqueue(REVIEW_CALLED_OFF, about=seat, step="called_off", path=path, at=at)


def remind_of_action(action: ReviewAction, *, at: datetime) -> None:
    """Queue to a guest, for the day after its last, that an action is late; asked anew when it is sent."""
    path, late = address("cooperation:my_packages"), midnight(action.by_day + timedelta(days=1))
    outbox.enqueue(ACTION_LATE, about=action, step="late", path=path, at=at, due_at=late)
