"""Messages about attendance: to mark it, and that somebody will be away."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.activities.models import AbsenceReport, ActivitySession
from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.employers.enums import ExceptionKind
from backend.employers.models import CapacityException
from backend.internships.enums import OPEN_INTERNSHIPS
from backend.internships.models import Internship
from backend.internships.notifications import COACH, CONTACTS, morning_of
from backend.participants.audiences import coach, contacts


def _is_unmarked(message: OutboxMessage) -> bool:
    due = ActivitySession.objects.unmarked().filter(internship=message.subject_id)
    return due.filter(date__lt=day_of(message.wanted_at)).exists()


def _still_away(message: OutboxMessage) -> bool:
    standing = AbsenceReport.objects.standing().filter(pk=message.subject_id)
    return standing.filter(last_on__gte=day_of(message.wanted_at)).exists()


def _is_closed_while_there(message: OutboxMessage) -> bool:
    closed = CapacityException.objects.standing().filter(
        kind=ExceptionKind.CLOSED,
        last_on__gte=day_of(message.wanted_at),
        capacity__opening__internships=message.subject_id,
    )
    return closed.filter(capacity__opening__internships__state__in=OPEN_INTERNSHIPS).exists()


UNMARKED = outbox.register(
    outbox.MessageKind("attendance_unmarked", _("Mark the attendance"), _is_unmarked, audiences=(CONTACTS,))
)
LONG_UNMARKED = outbox.register(
    outbox.MessageKind(
        "attendance_long_unmarked",
        _("Attendance has not been marked for a week"),
        _is_unmarked,
        audiences=(COACH,),
    )
)
ABSENCE_REPORTED = outbox.register(
    outbox.MessageKind(
        "absence_reported",
        _("Somebody has reported absence"),
        _still_away,
        audiences=(
            contacts(via="workplaces__internships__absence_reports", about="internships__absence_reports"),
            coach(via="internships__absence_reports"),
        ),
        is_urgent=True,
    )
)


CLOSED = outbox.register(
    outbox.MessageKind(
        "workplace_closed",
        _("A workplace is closed on days when somebody is to be there"),
        _is_closed_while_there,
        audiences=(COACH,),
    )
)


def tell_closed(internship: Internship, *, first: date, at: datetime) -> None:
    """Queue to the coach that the lasting places of an internship are closed from `first` for some days."""
    path = internship.get_absolute_url()
    outbox.enqueue(CLOSED, about=internship, step=f"closed {first} {at.isoformat()}", path=path, at=at)


def ask_to_mark(kind: outbox.MessageKind, internship: Internship, *, newest: date, at: datetime) -> None:
    """Queue for the morning that sessions of an internship wait to be marked, the newest on `newest`."""
    own = reverse("activities:attendance", args=[internship.pk])
    path = reverse("activities:roll_call") if kind is UNMARKED else own
    due_at = max(at, morning_of(day_of(at)))
    outbox.enqueue(kind, about=internship, step=f"newest {newest}", path=path, at=at, due_at=due_at)


def tell_absence(report: AbsenceReport, *, at: datetime) -> None:
    """Queue to workplace and coach that somebody will be away."""
    path = reverse("internships:internship_detail", args=[report.internship_id])
    outbox.enqueue(ABSENCE_REPORTED, about=report, step="reported", path=path, at=at)
