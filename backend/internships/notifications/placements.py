"""Messages about internships that are planned, begun, paused or ended, and that something is wrong in one."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Municipality
from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.core.ui.addresses import address
from backend.employers.audiences import coaches_in, managers_in
from backend.internships.enums import InternshipState
from backend.internships.models import Agreement, Concern, Internship, InternshipPause
from backend.internships.notifications.agreements import page_of_agreement, remind_to_sign
from backend.internships.notifications.audiences import CONTACTS, PERSON, is_in, place_of
from backend.participants.audiences import coach

PLANNED = outbox.register(
    outbox.MessageKind(
        "internship_planned",
        _("An internship has been planned"),
        is_in(InternshipState.PLANNED, InternshipState.ONGOING),
        audiences=(CONTACTS, PERSON),
        words=place_of,
        offers=("place",),
        is_urgent=True,
    )
)
ENDED = outbox.register(
    outbox.MessageKind(
        "internship_ended",
        _("An internship has ended"),
        is_in(InternshipState.COMPLETED, InternshipState.ENDED_EARLY, InternshipState.CANCELLED),
        audiences=(CONTACTS, PERSON),
        is_urgent=True,
    )
)


NO_SHOW = outbox.register(
    outbox.MessageKind(
        "internship_no_show",
        _("Nobody came to an internship"),
        is_in(InternshipState.NO_SHOW),
        audiences=(CONTACTS, PERSON),
        is_urgent=True,
    )
)
PAUSED = outbox.register(
    outbox.MessageKind(
        "internship_paused",
        _("An internship is paused"),
        is_in(InternshipState.PAUSED),
        audiences=(CONTACTS, PERSON),
        is_urgent=True,
    )
)
RESUMED = outbox.register(
    outbox.MessageKind(
        "internship_resumed",
        _("An internship goes on again"),
        is_in(InternshipState.ONGOING),
        audiences=(CONTACTS, PERSON),
        is_urgent=True,
    )
)


def _is_in_question(message: OutboxMessage) -> bool:
    return Internship.objects.in_question(timezone.localdate()).filter(pk=message.subject_id).exists()


IN_QUESTION = outbox.register(
    outbox.MessageKind(
        "internship_in_question",
        _("An internship cannot simply go on"),
        _is_in_question,
        audiences=(coach(via="internships"),),
        is_urgent=True,
    )
)


def _can_go_on(message: OutboxMessage) -> bool:
    is_open = Internship.objects.open().filter(pk=message.subject_id).exists()
    return is_open and not _is_in_question(message)


GOES_ON = outbox.register(
    outbox.MessageKind(
        "internship_can_go_on",
        _("An internship can go on again"),
        _can_go_on,
        audiences=(coach(via="internships"),),
    )
)


def _not_handled(message: OutboxMessage) -> bool:
    return Concern.objects.filter(pk=message.subject_id, handled_at__isnull=True).exists()


CONCERN_RAISED = outbox.register(
    outbox.MessageKind(
        "concern_raised",
        _("Something is wrong in an internship"),
        _not_handled,
        audiences=(coach(via="internships__concerns"),),
        is_urgent=True,
    )
)


def _told_in(message: OutboxMessage) -> Municipality | None:
    """Return whose staff a concern about no internship is for: the employer's, or where it was told."""
    related = ("municipality", "employer__municipality")
    concern = Concern.objects.select_related(*related).filter(pk=message.subject_id).first()
    if concern is None:
        return None
    return concern.employer.municipality if concern.employer else concern.municipality


WORKPLACE_CONCERN = outbox.register(
    outbox.MessageKind(
        "workplace_concern",
        _("Something is wrong at a workplace"),
        _not_handled,
        audiences=(coaches_in(_told_in), managers_in(_told_in)),
        is_urgent=True,
    )
)


def tell(kind: outbox.MessageKind, internship: Internship, *, at: datetime) -> None:
    """Queue `kind` about the internship as it stands now."""
    path = internship.get_absolute_url()
    outbox.enqueue(kind, about=internship, step=internship.state, path=path, at=at)


def tell_planned(internship: Internship, agreement: Agreement, *, at: datetime) -> None:
    """Queue that an internship is planned and its agreement to be signed: one mail, then reminders."""
    step, path = internship.state, page_of_agreement(internship)
    outbox.enqueue(PLANNED, about=internship, step=step, path=path, at=at)
    remind_to_sign(agreement, at=at)


def tell_pause(internship: Internship, pause: InternshipPause, *, at: datetime) -> None:
    """Queue to both sides that an internship is paused until a day, or goes on again."""
    kind = RESUMED if pause.resumed_on else PAUSED
    step, path = f"{pause.pk} {pause.resumed_on or pause.back_on}", internship.get_absolute_url()
    outbox.enqueue(kind, about=internship, step=step, path=path, at=at)


def tell_of_doubt(internship: Internship, *, at: datetime) -> None:
    """Queue to the coach that a planned or ongoing internship cannot simply go on; once a day at most."""
    step, path = f"doubt-{day_of(at)}", internship.get_absolute_url()
    outbox.enqueue(IN_QUESTION, about=internship, step=step, path=path, at=at)


def tell_of_resumption(internship: Internship, *, at: datetime) -> None:
    """Queue to the coach that people may be placed with the employer again; once a day at most."""
    step, path = f"goes-on-{day_of(at)}", internship.get_absolute_url()
    outbox.enqueue(GOES_ON, about=internship, step=step, path=path, at=at)


def tell_concern(concern: Concern, *, at: datetime) -> None:
    """Queue to the coach that somebody says that something is wrong."""
    internship = concern.placement
    path = internship.get_absolute_url()
    outbox.enqueue(CONCERN_RAISED, about=concern, step="raised", path=path, at=at)


def tell_of_workplace(concern: Concern, *, at: datetime) -> None:
    """Queue to the coaches and managers of the municipality that something is wrong at an employer's."""
    path = address("safeguarding:trust_page", concern.employer_id)
    outbox.enqueue(WORKPLACE_CONCERN, about=concern, step="told", path=path, at=at)


def tell_of_elsewhere(concern: Concern, *, at: datetime) -> None:
    """Queue to the coaches and managers that something is wrong at a workplace that is named in words."""
    path = address("safeguarding:concern_link", concern.pk)
    outbox.enqueue(WORKPLACE_CONCERN, about=concern, step="told", path=path, at=at)
