"""Messages about internships, follow-ups and retention."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.internships.dates import working_day_from, working_days_after
from backend.internships.enums import BEGAN, OPEN_INTERNSHIPS, InternshipState, Party, RetentionAnswer
from backend.internships.models import (
    Agreement,
    Concern,
    Evaluation,
    FollowUp,
    Internship,
    InternshipPause,
    RetentionCheck,
)
from backend.participants.audiences import coach, contacts, person

MORNING = time(8, 0)
REMINDERS, REMIND_AFTER = 3, 3
"""Who has not signed is reminded so often, with so many working days between."""


CONTACTS = contacts(via="workplaces__internships", about="internships")
COACH = coach(via="internships")
PERSON = person(via="internships")


def is_in(*states: str) -> outbox.Recheck:
    """Return what tells whether the internship of a message is in one of `states`."""
    return lambda message: Internship.objects.filter(pk=message.subject_id, state__in=states).exists()


def _follow_ups(message: OutboxMessage) -> QuerySet[FollowUp]:
    # A pause is silent: what fell in it has been moved, and has a message of its own.
    ongoing = [state for state in BEGAN if state != InternshipState.PAUSED]
    due = FollowUp.objects.still_open().filter(pk=message.subject_id, internship__state__in=ongoing)
    # Moved to a later day since: that day has a message of its own.
    return due.filter(due_on__lte=day_of(message.due_at))


def _side_has_not_answered(message: OutboxMessage) -> bool:
    side = {CONTACTS.name: "employer_answered_at", PERSON.name: "participant_answered_at"}[message.audience]
    return _follow_ups(message).filter(**{side: None}).exists()


def _not_closed(message: OutboxMessage) -> bool:
    return _follow_ups(message).exists()


def _not_handled(message: OutboxMessage) -> bool:
    return Concern.objects.filter(pk=message.subject_id, handled_at__isnull=True).exists()


def _not_answered(message: OutboxMessage) -> bool:
    due = RetentionCheck.objects.unanswered().filter(pk=message.subject_id)
    return due.filter(due_on__lte=day_of(message.due_at)).exists()


def _place(message: OutboxMessage) -> dict[str, str]:
    """Return where the internship is that a message, or its agreement, is about."""
    about = Q(pk=message.subject_id) | Q(agreements=message.subject_id)
    found = Internship.objects.filter(about).select_related("workplace__employer").first()
    return {"place": str(found.workplace) if found else ""}


PLANNED = outbox.register(
    outbox.MessageKind(
        "internship_planned",
        _("An internship has been planned"),
        is_in(InternshipState.PLANNED, InternshipState.ONGOING),
        audiences=(CONTACTS, PERSON),
        words=_place,
    )
)
ENDED = outbox.register(
    outbox.MessageKind(
        "internship_ended",
        _("An internship has ended"),
        is_in(InternshipState.COMPLETED, InternshipState.ENDED_EARLY, InternshipState.CANCELLED),
        audiences=(CONTACTS, PERSON),
    )
)


NO_SHOW = outbox.register(
    outbox.MessageKind(
        "internship_no_show",
        _("Nobody came to an internship"),
        is_in(InternshipState.NO_SHOW),
        audiences=(CONTACTS, PERSON),
    )
)
PAUSED = outbox.register(
    outbox.MessageKind(
        "internship_paused",
        _("An internship is paused"),
        is_in(InternshipState.PAUSED),
        audiences=(CONTACTS, PERSON),
    )
)
RESUMED = outbox.register(
    outbox.MessageKind(
        "internship_resumed",
        _("An internship goes on again"),
        is_in(InternshipState.ONGOING),
        audiences=(CONTACTS, PERSON),
    )
)


PARTIES = {CONTACTS.name: Party.EMPLOYER, PERSON.name: Party.PARTICIPANT}


def _has_not_signed(message: OutboxMessage) -> bool:
    asked = Agreement.objects.current().filter(pk=message.subject_id, internship__state__in=OPEN_INTERNSHIPS)
    return asked.exclude(signatures__party=PARTIES[message.audience]).exists()


AGREEMENT_ASKED = outbox.register(
    outbox.MessageKind(
        "agreement_asked",
        _("Read and sign the agreement"),
        _has_not_signed,
        audiences=(
            contacts(via="workplaces__internships__agreements", about="internships__agreements"),
            person(via="internships__agreements"),
        ),
        words=_place,
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
    )
)
FOLLOW_UP_ASKED = outbox.register(
    outbox.MessageKind(
        "follow_up_asked",
        _("How is the internship going?"),
        _side_has_not_answered,
        audiences=(
            contacts(via="workplaces__internships__follow_ups", about="internships__follow_ups"),
            person(via="internships__follow_ups"),
        ),
    )
)
FOLLOW_UP_DUE = outbox.register(
    outbox.MessageKind(
        "follow_up_due",
        _("It is time for a follow-up"),
        _not_closed,
        audiences=(coach(via="internships__follow_ups"),),
    )
)
CONCERN_RAISED = outbox.register(
    outbox.MessageKind(
        "concern_raised",
        _("Something is wrong in an internship"),
        _not_handled,
        audiences=(coach(via="internships__concerns"),),
    )
)


RETENTION_DUE = outbox.register(
    outbox.MessageKind(
        "retention_due",
        _("It is time to ask how the job lasts"),
        _not_answered,
        audiences=(coach(via="employments__retention_checks"),),
    )
)


def _side_has_not_evaluated(message: OutboxMessage) -> bool:
    side = {CONTACTS.name: Persona.EMPLOYER, PERSON.name: Persona.PARTICIPANT}[message.audience]
    return Evaluation.objects.unanswered().filter(pk=message.subject_id, side=side).exists()


EVALUATION_ASKED = outbox.register(
    outbox.MessageKind(
        "evaluation_asked",
        _("Thank you – how was it?"),
        _side_has_not_evaluated,
        audiences=(
            contacts(via="workplaces__internships__evaluations", about="internships__evaluations"),
            person(via="internships__evaluations"),
        ),
    )
)


def _not_looked_at(message: OutboxMessage) -> bool:
    return Evaluation.objects.to_look_at().filter(pk=message.subject_id).exists()


EVALUATED = outbox.register(
    outbox.MessageKind(
        "evaluation_answered",
        _("An evaluation has arrived"),
        _not_looked_at,
        audiences=(coach(via="internships__evaluations"),),
    )
)
ASKED_AGAIN_AFTER = (timedelta(days=4), timedelta(days=11))
"""So long after the end who has not answered is reminded; after the last the coach calls."""


def ask_evaluation(evaluation: Evaluation, *, at: datetime) -> None:
    """Queue the question to the side, and the reminders, which are held against the answer when sent."""
    path = reverse("internships:evaluation_answer", args=[evaluation.pk])
    outbox.enqueue(EVALUATION_ASKED, about=evaluation, step="asked", path=path, at=at)
    for n, later in enumerate(ASKED_AGAIN_AFTER, start=1):
        due_at = morning_of(working_day_from(day_of(at) + later))
        outbox.enqueue(
            EVALUATION_ASKED, about=evaluation, step=f"reminder {n}", path=path, at=at, due_at=due_at
        )


def tell_of_evaluation(evaluation: Evaluation, *, at: datetime) -> None:
    """Queue to the coach that an answer has arrived."""
    path = reverse("internships:evaluation_answer", args=[evaluation.pk])
    outbox.enqueue(EVALUATED, about=evaluation, step="answered", path=path, at=at)


def _side_has_not_replied(message: OutboxMessage) -> bool:
    side = Persona.EMPLOYER if message.audience == CONTACTS.name else Persona.PARTICIPANT
    due = RetentionCheck.objects.filter(pk=message.subject_id, cancelled_at=None, answer="")
    return due.filter(due_on__lte=day_of(message.due_at)).exclude(replies__side=side).exists()


RETENTION_ASKED = outbox.register(
    outbox.MessageKind(
        "retention_asked",
        _("Does the job go on?"),
        _side_has_not_replied,
        audiences=(
            contacts(via="employments__retention_checks", about="employments__retention_checks"),
            person(via="employments__retention_checks"),
        ),
    )
)


def _is_lost(message: OutboxMessage) -> bool:
    said_no = RetentionCheck.objects.filter(pk=message.subject_id, replies__answer=RetentionAnswer.NO)
    return said_no.filter(employment__ends_on=None, employment__struck_at=None).exists()


JOB_LOST = outbox.register(
    outbox.MessageKind(
        "job_lost",
        _("A job has not lasted"),
        _is_lost,
        audiences=(coach(via="employments__retention_checks"),),
    )
)
COACH_ASKS_AFTER = timedelta(days=5)
"""So long the two sides have to answer for themselves before the coach is told to ask."""


def tell_of_lost_job(check: RetentionCheck, *, at: datetime) -> None:
    """Queue to the coach that somebody says that the job is no more."""
    path = reverse("internships:employment_detail", args=[check.employment_id])
    outbox.enqueue(JOB_LOST, about=check, step="lost", path=path, at=at)


def tell(kind: outbox.MessageKind, internship: Internship, *, at: datetime) -> None:
    """Queue `kind` about the internship as it stands now."""
    path = internship.get_absolute_url()
    outbox.enqueue(kind, about=internship, step=internship.state, path=path, at=at)


def tell_planned(internship: Internship, agreement: Agreement, *, at: datetime) -> None:
    """Queue that an internship is planned and its agreement to be signed: one mail, then reminders."""
    step, path = internship.state, page_of_agreement(internship)
    outbox.enqueue(PLANNED, about=internship, step=step, path=path, at=at)
    _remind(agreement, at=at)


def ask_to_sign(agreement: Agreement, *, at: datetime) -> None:
    """Queue that an agreement is to be signed, and the reminders to who has not."""
    path = page_of_agreement(agreement.internship)
    outbox.enqueue(AGREEMENT_ASKED, about=agreement, step="asked", path=path, at=at)
    _remind(agreement, at=at)


def _remind(agreement: Agreement, *, at: datetime) -> None:
    path = page_of_agreement(agreement.internship)
    for n in range(1, REMINDERS + 1):
        due_at = morning_of(working_days_after(day_of(at), n * REMIND_AFTER))
        outbox.enqueue(
            AGREEMENT_ASKED, about=agreement, step=f"reminder {n}", path=path, at=at, due_at=due_at
        )


def page_of_agreement(internship: Internship) -> str:
    """Return the page on which the agreement of an internship is read and signed."""
    return reverse("internships:agreement_detail", args=[internship.pk])


def tell_pause(internship: Internship, pause: InternshipPause, *, at: datetime) -> None:
    """Queue to both sides that an internship is paused until a day, or goes on again."""
    kind = RESUMED if pause.resumed_on else PAUSED
    step, path = f"{pause.pk} {pause.resumed_on or pause.back_on}", internship.get_absolute_url()
    outbox.enqueue(kind, about=internship, step=step, path=path, at=at)


def tell_of_doubt(internship: Internship, *, at: datetime) -> None:
    """Queue to the coach that a planned or ongoing internship cannot simply go on; once a day at most."""
    step, path = f"doubt-{day_of(at)}", internship.get_absolute_url()
    outbox.enqueue(IN_QUESTION, about=internship, step=step, path=path, at=at)


def ask_follow_ups(follow_ups: Iterable[FollowUp], *, at: datetime) -> None:
    """Queue the questions of follow-ups for the mornings on which they fall due."""
    for follow_up in follow_ups:
        path = reverse("internships:follow_up_answer", args=[follow_up.pk])
        due_at = morning_of(follow_up.due_on)
        step = f"due {follow_up.due_on}"
        for kind in (FOLLOW_UP_ASKED, FOLLOW_UP_DUE):
            outbox.enqueue(kind, about=follow_up, step=step, path=path, at=at, due_at=due_at)


def ask_retention(check: RetentionCheck, *, at: datetime) -> None:
    """Queue the question to both sides for the morning on which it falls due, and to the coach days later."""
    step, due_at = f"due {check.due_on}", morning_of(working_day_from(check.due_on))
    own = reverse("internships:retention_reply", args=[check.pk])
    outbox.enqueue(RETENTION_ASKED, about=check, step=step, path=own, at=at, due_at=due_at)
    path = reverse("internships:retention_answer", args=[check.pk])
    later = morning_of(working_day_from(check.due_on + COACH_ASKS_AFTER))
    outbox.enqueue(RETENTION_DUE, about=check, step=step, path=path, at=at, due_at=later)


def tell_concern(concern: Concern, *, at: datetime) -> None:
    """Queue to the coach that somebody says that something is wrong."""
    internship = concern.internship
    path = internship.get_absolute_url()
    outbox.enqueue(CONCERN_RAISED, about=concern, step="raised", path=path, at=at)


def morning_of(day: date) -> datetime:
    """Return eight o'clock local time on `day`."""
    return timezone.make_aware(datetime.combine(day, MORNING))
