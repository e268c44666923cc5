"""Planning, starting and ending an internship."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.employers.enums import OpeningKind
from backend.employers.services import release_place
from backend.internships import notifications
from backend.internships.enums import INTERNSHIP_LIFECYCLE, ConsultationOutcome, InternshipState
from backend.internships.models import Concern, Internship
from backend.internships.refusals import ConcernRefusal, InternshipRefusal
from backend.internships.safeguards import check_placement, check_start
from backend.internships.services.follow_ups import cancel_follow_ups, schedule_follow_ups
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from backend.participants.services import close_consent, move_participant


@transaction.atomic
def plan_internship(*, proposal_id: UUID, by: User, at: datetime, **terms: Any) -> Internship:
    """Plan the internship of an accepted proposal; `terms` are the Internship's own columns.

    Raises Proposal.DoesNotExist when `by` may not handle it, and Refused with every reason when
    the safeguards do not allow it. Where the union objects, the unit's managers are asked to decide.
    """
    related = ("opening", "opening__workplace__employer", "participant__user")
    proposals = Proposal.objects.handled_by(by).select_for_update(of=("self",)).select_related(*related)
    proposal = proposals.get(pk=proposal_id)
    _check_can_be_planned(proposal)
    internship = Internship(
        proposal=proposal,
        opening=proposal.opening,
        workplace=proposal.opening.workplace,
        participant=proposal.participant,
        coach=by,
        state_changed_at=at,
        created_at=at,
        **terms,
    )
    check_placement(internship, today=day_of(at))
    internship.save()
    audit.record(internship, "internship_planned", by=by, at=at, to_state=internship.state)
    notifications.tell(
        notifications.PLANNED, internship, to=notifications.others_than_coach(internship), at=at
    )
    if internship.union_outcome == ConsultationOutcome.OBJECTION:
        notifications.ask_managers(internship, at=at)
    return internship


def _check_can_be_planned(proposal: Proposal) -> None:
    if proposal.state != ProposalState.ACCEPTED:
        raise Refused(InternshipRefusal.NOT_ACCEPTED)
    if proposal.opening.kind != OpeningKind.INTERNSHIP:
        raise Refused(InternshipRefusal.OPENING_IS_JOB)
    if hasattr(proposal, "internship"):
        raise Refused(InternshipRefusal.ALREADY_PLANNED)


@transaction.atomic
def start_internship(
    *, internship_id: UUID, started_on: date, backdated_why: str = "", by: User, at: datetime
) -> Internship:
    """Start a planned internship and schedule its follow-ups; the safeguards are asked once more.

    A first day that is long past needs `backdated_why`. Raises Refused when they refuse or the person is in
    another internship, TransitionNotAllowed when it has started or was cancelled.
    """
    internship = _decidable(internship_id, by=by)
    _check_is_free(internship.participant)
    internship.backdated_why = backdated_why.strip() or internship.backdated_why
    changes: dict[str, Any] = {"started_on": started_on, "backdated_why": internship.backdated_why}
    check_start(internship, started_on=started_on, today=day_of(at))
    INTERNSHIP_LIFECYCLE.move(internship, to=InternshipState.ONGOING, by=by, at=at, **changes)
    to, why = ParticipantState.IN_INTERNSHIP, "internship_started"
    move_participant(participant=internship.participant, to=to, by=by, at=at, why=why)
    schedule_follow_ups(internship=internship, by=by, at=at)
    return internship


def _check_is_free(participant: Participant) -> None:
    locked = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if locked.internships.filter(state=InternshipState.ONGOING).exists():
        raise Refused(InternshipRefusal.IN_ANOTHER)


@transaction.atomic
def complete_internship(*, internship_id: UUID, ended_on: date, by: User, at: datetime) -> Internship:
    """End an internship that ran as agreed."""
    internship = _decidable(internship_id, by=by)
    _end(internship, to=InternshipState.COMPLETED, ended_on=ended_on, by=by, at=at)
    return internship


@transaction.atomic
def end_internship_early(
    *, internship_id: UUID, ended_on: date, side: str, reason: str, note: str = "", by: User, at: datetime
) -> Internship:
    """End an internship before its time; `side` and `reason` say whose circumstances and why."""
    if not (side and reason):
        raise Refused(InternshipRefusal.NO_SIDE)
    internship = _decidable(internship_id, by=by)
    why = {"ended_by_side": side, "end_reason": reason, "end_note": note}
    _end(internship, to=InternshipState.ENDED_EARLY, ended_on=ended_on, by=by, at=at, **why)
    return internship


def _end(internship: Internship, *, to: str, ended_on: date, by: User, at: datetime, **why: str) -> None:
    if internship.started_on and ended_on < internship.started_on:
        raise Refused(InternshipRefusal.ENDED_BEFORE_START, about="ended_on")
    if ended_on > day_of(at):
        raise Refused(InternshipRefusal.ENDED_TO_COME, about="ended_on")
    if ended_on > internship.ends_on:
        last = date_format(internship.ends_on, "j F Y")
        raise Refused(InternshipRefusal.ENDED_PAST_DECISION, about="ended_on", last=last)
    INTERNSHIP_LIFECYCLE.move(internship, to=to, by=by, at=at, ended_on=ended_on, **why)
    _end_consent(internship, by=by, at=at)
    cancel_follow_ups(internship, after=ended_on, at=at)
    if internship.opening.capacity_id:
        release_place(opening_id=internship.opening_id, by=by, at=at)
    if internship.participant.state == ParticipantState.IN_INTERNSHIP:
        back = ParticipantState.ACTIVE
        move_participant(participant=internship.participant, to=back, by=by, at=at, why="internship_ended")
    notifications.tell(notifications.ENDED, internship, to=notifications.others_than_coach(internship), at=at)


@transaction.atomic
def cancel_internship(*, internship_id: UUID, why: str, by: User, at: datetime) -> Internship:
    """Call off a planned internship; the place is free again."""
    internship = _decidable(internship_id, by=by)
    INTERNSHIP_LIFECYCLE.move(internship, to=InternshipState.CANCELLED, by=by, at=at, why=why)
    _end_consent(internship, by=by, at=at)
    release_place(opening_id=internship.opening_id, by=by, at=at)
    notifications.tell(notifications.ENDED, internship, to=notifications.others_than_coach(internship), at=at)
    return internship


def _end_consent(internship: Internship, *, by: User, at: datetime) -> None:
    """Let what was released for the placement be seen no longer than the placement lasts."""
    consent = internship.proposal.consent if internship.proposal else None
    if consent is not None:
        close_consent(consent=consent, by=by, at=at)


@transaction.atomic
def raise_concern(*, internship_id: UUID, text: str, by: User, at: datetime) -> Concern:
    """Record that somebody in the internship says that something is wrong, and tell the coach."""
    if not text.strip():
        raise Refused(ConcernRefusal.NO_WORDS, about="text")
    readable = Internship.objects.read_by(by, on=day_of(at))
    internship = readable.select_related("coach").get(pk=internship_id)
    concern = Concern.objects.create(internship=internship, raised_by=by, raised_at=at, text=text)
    audit.record(concern, "concern_raised", by=by, at=at)
    notifications.tell_concern(concern, at=at)
    return concern


@transaction.atomic
def handle_concern(*, concern_id: UUID, outcome: str, by: User, at: datetime) -> Concern:
    """Record what was done about a concern."""
    if not outcome.strip():
        raise Refused(ConcernRefusal.NO_OUTCOME, about="outcome")
    theirs = Internship.objects.decidable_by(by)
    concern = Concern.objects.select_for_update().get(pk=concern_id, internship__in=theirs, handled_at=None)
    concern.outcome, concern.handled_by, concern.handled_at = outcome, by, at
    Concern.objects.filter(pk=concern.pk).update(outcome=outcome, handled_by=by, handled_at=at)
    audit.record(concern, "concern_handled", by=by, at=at)
    return concern


def _decidable(internship_id: UUID, *, by: User) -> Internship:
    related = ("opening", "workplace__employer", "participant__user", "coach", "proposal__consent")
    return Internship.objects.decidable_by(by).select_related(*related).get(pk=internship_id)
