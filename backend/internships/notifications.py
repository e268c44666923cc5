"""Messages about internships, follow-ups and retention."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core import outbox
from backend.core.models import OutboxMessage
from backend.internships.enums import InternshipState
from backend.internships.models import Concern, FollowUp, Internship, ManagerDecision, RetentionCheck

MORNING = time(8, 0)


def _internship_is(*states: str) -> outbox.Recheck:
    return lambda message: Internship.objects.filter(pk=message.subject_id, state__in=states).exists()


def _follow_ups(message: OutboxMessage) -> QuerySet[FollowUp]:
    ongoing = [InternshipState.ONGOING, InternshipState.COMPLETED, InternshipState.ENDED_EARLY]
    return FollowUp.objects.unanswered().filter(pk=message.subject_id, internship__state__in=ongoing)


def _side_has_not_answered(message: OutboxMessage) -> bool:
    side = f"{message.recipient.persona}_answered_at"
    return _follow_ups(message).filter(**{f"{side}__isnull": True}).exists()


def _not_closed(message: OutboxMessage) -> bool:
    return _follow_ups(message).exists()


def _not_handled(message: OutboxMessage) -> bool:
    return Concern.objects.filter(pk=message.subject_id, handled_at__isnull=True).exists()


def _not_answered(message: OutboxMessage) -> bool:
    return RetentionCheck.objects.unanswered().filter(pk=message.subject_id).exists()


PLANNED = outbox.register(
    outbox.MessageKind(
        "internship_planned",
        _("An internship has been planned"),
        _internship_is(InternshipState.PLANNED, InternshipState.ONGOING),
    )
)
ENDED = outbox.register(
    outbox.MessageKind(
        "internship_ended",
        _("An internship has ended"),
        _internship_is(InternshipState.COMPLETED, InternshipState.ENDED_EARLY, InternshipState.CANCELLED),
    )
)
FOLLOW_UP_ASKED = outbox.register(
    outbox.MessageKind("follow_up_asked", _("How is the internship going?"), _side_has_not_answered)
)
FOLLOW_UP_DUE = outbox.register(
    outbox.MessageKind("follow_up_due", _("It is time for a follow-up"), _not_closed)
)
CONCERN_RAISED = outbox.register(
    outbox.MessageKind("concern_raised", _("Something is wrong in an internship"), _not_handled)
)


def _not_decided(message: OutboxMessage) -> bool:
    return Internship.objects.awaiting_manager().filter(pk=message.subject_id).exists()


DECISION_WANTED = outbox.register(
    outbox.MessageKind("decision_wanted", _("The union objects to a placement: decide"), _not_decided)
)
DECIDED = outbox.register(
    outbox.MessageKind(
        "objection_decided",
        _("The manager has decided about the union's objection"),
        _internship_is(InternshipState.PLANNED),
    )
)
RETENTION_DUE = outbox.register(
    outbox.MessageKind("retention_due", _("It is time to ask how the job lasts"), _not_answered)
)


def others_than_coach(internship: Internship) -> list[User]:
    """Return who follows the internship beside the coach: the employer's contacts and the participant."""
    contacts = internship.workplace.employer.contacts()
    return contacts + ([internship.participant.user] if internship.participant.user else [])


def tell(kind: outbox.MessageKind, internship: Internship, *, to: Iterable[User], at: datetime) -> None:
    """Queue `kind` about the internship to each of `to`."""
    step = internship.state
    outbox.enqueue(kind, to=to, about=internship, step=step, path=internship.get_absolute_url(), at=at)


def ask_follow_ups(internship: Internship, follow_ups: Iterable[FollowUp], *, at: datetime) -> None:
    """Queue the questions of follow-ups for the mornings on which they fall due."""
    receivers = ((FOLLOW_UP_ASKED, others_than_coach(internship)), (FOLLOW_UP_DUE, [internship.coach]))
    for follow_up in follow_ups:
        path = reverse("internships:follow_up_answer", args=[follow_up.pk])
        due_at = morning_of(follow_up.due_on)
        for kind, to in receivers:
            outbox.enqueue(kind, to=to, about=follow_up, step="due", path=path, at=at, due_at=due_at)


def ask_retention(check: RetentionCheck, *, to: User, at: datetime) -> None:
    """Queue the question to the coach for the morning on which a retention check falls due."""
    path = reverse("internships:retention_answer", args=[check.pk])
    due_at = morning_of(check.due_on)
    outbox.enqueue(RETENTION_DUE, to=[to], about=check, step="due", path=path, at=at, due_at=due_at)


def ask_managers(internship: Internship, *, at: datetime) -> None:
    """Queue to the managers of the participant's unit that the union objects and that they decide."""
    unit = internship.participant.unit_id
    managers = User.objects.filter(
        assignments__unit=unit,
        assignments__role=Role.MANAGER,
        assignments__ended_on__isnull=True,
        is_active=True,
    ).distinct()
    path = reverse("internships:objection_decide", args=[internship.pk])
    outbox.enqueue(
        DECISION_WANTED, to=managers.order_by("pk"), about=internship, step="objection", path=path, at=at
    )


def tell_decided(internship: Internship, decision: ManagerDecision, *, at: datetime) -> None:
    """Queue to the coach that a manager has decided about the union's objection."""
    path, step = internship.get_absolute_url(), str(decision.pk)
    outbox.enqueue(DECIDED, to=[internship.coach], about=internship, step=step, path=path, at=at)


def tell_concern(concern: Concern, *, at: datetime) -> None:
    """Queue to the coach that somebody says that something is wrong."""
    internship = concern.internship
    path = internship.get_absolute_url()
    outbox.enqueue(CONCERN_RAISED, to=[internship.coach], about=concern, step="raised", path=path, at=at)


def morning_of(day: date) -> datetime:
    """Return eight o'clock local time on `day`."""
    return timezone.make_aware(datetime.combine(day, MORNING))
