"""Messages about meetings. None says who: they say where, when, and where to read."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from email.mime.base import MIMEBase
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.core.calendars import CANCEL, REQUEST, attached
from backend.core.calendars.workdays import working_day
from backend.core.clock import day_of
from backend.core.models import Delivery, OutboxMessage
from backend.core.outbox import MessageKind, Recheck, enqueue, register
from backend.core.templatetags.ui import moment
from backend.matching.calendar import RELATED, entry_of, where
from backend.matching.enums import Chooser, VisitState
from backend.matching.models import Visit
from backend.participants.audiences import coach, contacts, person

MORNING: Final = time(8, 0)
CONTACTS = contacts(via="workplaces__openings__proposals__visits", about="proposals__visits")
COACH = coach(via="proposals__visits")
PERSON = person(via="proposals__visits")
SIDES = {CONTACTS.name: Chooser.EMPLOYER, PERSON.name: Chooser.PARTICIPANT}


def _about(message: OutboxMessage) -> Visit | None:
    return Visit.objects.select_related(*RELATED).filter(pk=message.subject_id).first()


def _is(*states: str) -> Recheck:
    return lambda message: Visit.objects.filter(pk=message.subject_id, state__in=states).exists()


def _is_to_choose(message: OutboxMessage) -> bool:
    waiting = Visit.objects.filter(pk=message.subject_id, state=VisitState.PROPOSED)
    return waiting.filter(chooser=SIDES[message.audience]).exists()


def _has_moved(message: OutboxMessage) -> bool:
    """Tell whoever knew of the booking and does not choose anew: who does has another message."""
    waiting = Visit.objects.filter(pk=message.subject_id, state=VisitState.PROPOSED)
    return waiting.exclude(chooser=SIDES.get(message.audience, "")).exists()


def _is_cancelled_for(message: OutboxMessage) -> bool:
    """Tell of what never got a time only the side that was asked, the one that asked, and the coach."""
    visit = Visit.objects.select_related("proposed_by").filter(pk=message.subject_id).first()
    if visit is None or visit.state != VisitState.CANCELLED:
        return False
    side = SIDES.get(message.audience)
    return visit.was_booked or side in (None, visit.chooser, visit.proposed_by.persona)


def _reminds_of(message: OutboxMessage) -> bool:
    """A reminder is worth sending of the time that it was made for, not of one that it was moved to."""
    visit = Visit.objects.booked().filter(pk=message.subject_id).first()
    return visit is not None and message.key.split(":")[2] == f"at-{visit.sequence}"


def _words(message: OutboxMessage) -> dict[str, str]:
    """Return what the work is, when and where; a time only while there is one."""
    visit = _about(message)
    if visit is None:
        return {"opening": "", "when": "", "where": ""}
    return {
        "opening": visit.proposal.opening.title,
        "when": moment(visit.starts_at) if visit.starts_at else "",
        "where": where(visit),
    }


def _strikes(delivery: Delivery) -> Iterable[MIMEBase]:
    """Bring along what strikes an earlier booking from the calendar; nothing where there was none."""
    return _file(delivery, CANCEL)


def _takes_in(delivery: Delivery) -> Iterable[MIMEBase]:
    return _file(delivery, REQUEST)


def _file(delivery: Delivery, method: str) -> Iterable[MIMEBase]:
    visit = _about(delivery.message)
    entry = entry_of(visit) if visit and visit.was_booked else None
    return [attached(entry, method=method, attendee=delivery.recipient.email)] if entry else []


VISIT_OFFERED = register(
    MessageKind(
        name="visit_times_proposed",
        subject=_("Choose a time to meet"),
        is_due=_is_to_choose,
        audiences=(CONTACTS, PERSON),
        words=_words,
        offers=("opening",),
        attachments=_strikes,
        is_urgent=True,
    )
)
VISIT_BOOKED = register(
    MessageKind(
        name="visit_booked",
        subject=_("A meeting is booked"),
        is_due=_is(VisitState.BOOKED),
        audiences=(CONTACTS, PERSON, COACH),
        words=_words,
        offers=("opening",),
        attachments=_takes_in,
        is_urgent=True,
    )
)
VISIT_MOVED = register(
    MessageKind(
        name="visit_moved",
        subject=_("A meeting gets another time"),
        is_due=_has_moved,
        audiences=(CONTACTS, PERSON, COACH),
        words=_words,
        offers=("opening",),
        attachments=_strikes,
        is_urgent=True,
    )
)
VISIT_CANCELLED = register(
    MessageKind(
        name="visit_cancelled",
        subject=_("A meeting is cancelled"),
        is_due=_is_cancelled_for,
        audiences=(CONTACTS, PERSON, COACH),
        words=_words,
        offers=("opening",),
        attachments=_strikes,
        is_urgent=True,
    )
)
VISIT_REMINDER = register(
    MessageKind(
        name="visit_reminder",
        subject=_("A meeting is coming up"),
        is_due=_reminds_of,
        audiences=(CONTACTS, PERSON),
        words=_words,
        offers=("opening",),
        is_urgent=True,
        by_sms=True,
    )
)


def tell_who_chooses(visit: Visit, *, at: datetime) -> None:
    """Queue to the side that chooses that there are times to choose from."""
    enqueue(VISIT_OFFERED, step=f"round-{visit.round}", **_to(visit, at))


def tell_of_booking(visit: Visit, *, at: datetime) -> None:
    """Queue to all three that a time is booked, and the reminder of the working day before."""
    enqueue(VISIT_BOOKED, step=f"at-{visit.sequence}", **_to(visit, at))
    reminded_at = _reminded_at(visit)
    if reminded_at > at:
        enqueue(VISIT_REMINDER, step=f"at-{visit.sequence}", **_to(visit, at), due_at=reminded_at)


def tell_of_move(visit: Visit, *, at: datetime) -> None:
    """Queue to those who do not choose anew that the booked time no longer holds."""
    enqueue(VISIT_MOVED, step=f"at-{visit.sequence}", **_to(visit, at))


def tell_of_cancelling(visit: Visit, *, at: datetime) -> None:
    """Queue to everybody who knows of the meeting that nobody meets."""
    enqueue(VISIT_CANCELLED, step="cancelled", **_to(visit, at))


def _reminded_at(visit: Visit) -> datetime:
    """Return the morning of the working day before a booked meeting."""
    if visit.starts_at is None:
        raise ValueError(visit.pk)
    day = working_day(day_of(visit.starts_at) - timedelta(days=1))
    return timezone.make_aware(datetime.combine(day, MORNING))


def _to(visit: Visit, at: datetime) -> dict[str, Any]:
    return {"about": visit, "path": visit.proposal.get_absolute_url(), "at": at}
