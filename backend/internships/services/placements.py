"""Planning, starting and ending an internship."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.enums import OpeningKind
from backend.internships import notifications
from backend.internships.enums import INTERNSHIP_LIFECYCLE, UNDER_WAY, InternshipState
from backend.internships.events import INTERNSHIP_ENDED, INTERNSHIP_STARTED
from backend.internships.models import Concern, Internship
from backend.internships.refusals import ConcernRefusal, InternshipRefusal
from backend.internships.safeguards.gates import codes_of_gates, gates_of
from backend.internships.safeguards.going_on import lacks_consent, may_be_decided
from backend.internships.safeguards.placements import check_placement, check_start
from backend.internships.services.agreements import draw_up
from backend.internships.services.evaluations import ask_evaluations
from backend.internships.services.follow_ups import cancel_follow_ups, schedule_follow_ups
from backend.internships.services.places import finish_place
from backend.internships.services.plans import forget_emergency_contact, write_goals
from backend.matching.enums import ProposalState
from backend.matching.going_on import hindrances_of
from backend.matching.models import Proposal
from backend.matching.refusals import ProposalRefusal
from backend.matching.services import lock_proposal, place_proposal, unplace_proposal
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from backend.participants.services import lock_cases, move_participant

RELATED = (
    "opening",
    "workplace__employer",
    "participant__user",
    "participant__coach",
    "proposal__consent",
    "consent",
    "proposal__participant",
    "proposal__opening__workplace__employer",
)


@one_write
def plan_internship(*, proposal_id: UUID, by: User, at: datetime, **terms: Any) -> Internship:
    """Plan the internship of an accepted proposal; `terms` are the Internship's own columns.

    Raises Proposal.DoesNotExist when `by` may not handle it, and Refused with every reason when
    the safeguards do not allow it. Where the union objects, or a gate is in the way, the unit's managers
    are asked to decide, and it does not start before.
    """
    proposal = lock_proposal(proposal_id=proposal_id, among=Proposal.objects.handled_by(by))
    _check_can_be_planned(proposal, day=day_of(at))
    internship = Internship(
        proposal=proposal,
        opening=proposal.opening,
        workplace=proposal.opening.workplace,
        participant=proposal.participant,
        planned_by=by,
        state_changed_at=at,
        created_at=at,
        **terms,
    )
    check_placement(internship, today=day_of(at))
    place_proposal(proposal=proposal, by=by, at=at)
    write_plan(internship=internship, by=by, at=at)
    return internship


def write_plan(*, internship: Internship, by: User, at: datetime) -> None:
    """Keep a placement that the safeguards have let pass, draw up its agreement and tell both sides."""
    internship.gates = codes_of_gates(list(gates_of(internship)))
    internship.save()
    write_goals(internship)
    audit.record(internship, "internship_planned", by=by, at=at, to_state=internship.state)
    agreement = draw_up(internship=internship, by=by, at=at)
    notifications.tell_planned(internship, agreement, at=at)
    if may_be_decided(internship):
        notifications.ask_managers(internship, at=at)


def _check_can_be_planned(proposal: Proposal, *, day: date) -> None:
    if proposal.state == ProposalState.PLACED:
        raise Refused(InternshipRefusal.ALREADY_PLANNED)
    if proposal.state != ProposalState.ACCEPTED:
        raise Refused(InternshipRefusal.NOT_ACCEPTED)
    if proposal.opening.kind != OpeningKind.INTERNSHIP:
        raise Refused(InternshipRefusal.OPENING_IS_JOB)
    # The employer's standing is told by the safeguards, with every other reason.
    safeguarded = ProposalRefusal.EMPLOYER_NOT_IN_GOOD_STANDING
    hindering = [reason for reason in hindrances_of(proposal, day=day) if reason != safeguarded]
    if hindering:
        raise Refused.for_reasons(hindering)


@one_write
def start_internship(
    *, internship_id: UUID, started_on: date, backdated_why: str = "", by: User, at: datetime
) -> Internship:
    """Start a planned internship and schedule its follow-ups; the safeguards are asked once more.

    A first day that is long past needs `backdated_why`. Raises Refused when they refuse or the person is in
    another internship, TransitionNotAllowed when it has started or was cancelled.
    """
    internship = lock_decidable(internship_id=internship_id, by=by)
    _check_is_free(internship.participant)
    if lacks_consent(internship, day=day_of(at)):
        raise Refused(InternshipRefusal.NO_CONSENT)
    internship.backdated_why = backdated_why.strip() or internship.backdated_why
    changes: dict[str, Any] = {"started_on": started_on, "backdated_why": internship.backdated_why}
    check_start(internship, started_on=started_on, today=day_of(at))
    INTERNSHIP_LIFECYCLE.move(internship, to=InternshipState.ONGOING, by=by, at=at, **changes)
    to, why = ParticipantState.IN_INTERNSHIP, "internship_started"
    move_participant(participant=internship.participant, to=to, by=by, at=at, why=why)
    schedule_follow_ups(internship=internship, by=by, at=at)
    INTERNSHIP_STARTED.emit(internship, by=by, at=at)
    return internship


def _check_is_free(participant: Participant) -> None:
    if participant.internships.filter(state__in=UNDER_WAY).exists():
        raise Refused(InternshipRefusal.IN_ANOTHER)


@one_write
def complete_internship(*, internship_id: UUID, ended_on: date, by: User, at: datetime) -> Internship:
    """End an internship that ran as agreed."""
    internship = lock_decidable(internship_id=internship_id, by=by)
    _end(internship, to=InternshipState.COMPLETED, ended_on=ended_on, by=by, at=at)
    return internship


@one_write
def end_internship_early(
    *, internship_id: UUID, ended_on: date, side: str, reason: str, note: str = "", by: User, at: datetime
) -> Internship:
    """End an internship before its time; `side` and `reason` say whose circumstances and why."""
    if not (side and reason):
        raise Refused(InternshipRefusal.NO_SIDE)
    internship = lock_decidable(internship_id=internship_id, by=by)
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
    # Lasting places are for one after another; a single place is free again only when it was cut short.
    is_lasting = bool(internship.opening and internship.opening.capacity_id)
    finish_place(
        internship=internship, frees_place=is_lasting or to == InternshipState.ENDED_EARLY, by=by, at=at
    )
    forget_emergency_contact(internship)
    cancel_follow_ups(internship, after=ended_on, at=at)
    ask_evaluations(internship, at=at)
    if internship.participant.state == ParticipantState.IN_INTERNSHIP:
        back = ParticipantState.ACTIVE
        move_participant(participant=internship.participant, to=back, by=by, at=at, why="internship_ended")
    INTERNSHIP_ENDED.emit(internship, by=by, at=at)
    notifications.tell(notifications.ENDED, internship, at=at)


@one_write
def cancel_internship(*, internship_id: UUID, why: str, by: User, at: datetime) -> Internship:
    """Call off a planned internship. The employer's yes holds: it can be planned anew or taken back."""
    internship = lock_decidable(internship_id=internship_id, by=by)
    call_off(internship=internship, why=why, by=by, at=at)
    return internship


def call_off(*, internship: Internship, why: str, by: User | None, at: datetime) -> None:
    """Call off a planned internship whose case the caller holds, and tell both sides."""
    INTERNSHIP_LIFECYCLE.move(internship, to=InternshipState.CANCELLED, by=by, at=at, why=why)
    forget_emergency_contact(internship)
    if internship.proposal is not None:
        unplace_proposal(proposal=internship.proposal, by=by, at=at)
    else:
        finish_place(internship=internship, frees_place=True, by=by, at=at)
    notifications.tell(notifications.ENDED, internship, at=at)


@one_write
def record_no_show(*, internship_id: UUID, side: str, note: str = "", by: User, at: datetime) -> Internship:
    """End a planned internship to which nobody came; `side` says whose circumstances that were.

    The place is free at once and the person can be proposed anew. Nothing is evaluated, for nothing has
    been. Raises Refused before its first day and without a side, TransitionNotAllowed unless it is planned.
    """
    if not side:
        raise Refused(InternshipRefusal.NO_SIDE_FOR_NO_SHOW, about="side")
    internship = lock_decidable(internship_id=internship_id, by=by)
    if internship.starts_on > day_of(at):
        raise Refused(InternshipRefusal.NO_SHOW_TO_COME)
    why = {"ended_by_side": side, "end_note": note}
    INTERNSHIP_LIFECYCLE.move(internship, to=InternshipState.NO_SHOW, by=by, at=at, **why)
    forget_emergency_contact(internship)
    finish_place(internship=internship, frees_place=True, by=by, at=at)
    notifications.tell(notifications.NO_SHOW, internship, at=at)
    return internship


@one_write
def raise_concern(*, internship_id: UUID, text: str, by: User, at: datetime) -> Concern:
    """Record that somebody in the internship says that something is wrong, and tell the coach."""
    if not text.strip():
        raise Refused(ConcernRefusal.NO_WORDS, about="text")
    readable = Internship.objects.read_by(by, on=day_of(at))
    lock_cases(participant_ids=[readable.values_list("participant", flat=True).get(pk=internship_id)])
    internship = readable.get(pk=internship_id)
    concern = Concern.objects.create(
        internship=internship, voice=by.persona, raised_by=by, raised_at=at, text=text
    )
    audit.record(concern, "concern_raised", by=by, at=at)
    notifications.tell_concern(concern, at=at)
    return concern


@one_write
def handle_concern(*, concern_id: UUID, outcome: str, by: User, at: datetime) -> Concern:
    """Record what was done about a concern."""
    if not outcome.strip():
        raise Refused(ConcernRefusal.NO_OUTCOME, about="outcome")
    theirs = Internship.objects.decidable_by(by) | Internship.objects.managed_by(by)
    open_ones = Concern.objects.filter(internship__in=theirs, handled_at=None)
    case = open_ones.values_list("internship__participant", flat=True).get(pk=concern_id)
    lock_cases(participant_ids=[case])
    concern = open_ones.select_for_update(of=("self",)).get(pk=concern_id)
    concern.outcome, concern.handled_by, concern.handled_at = outcome, by, at
    Concern.objects.filter(pk=concern.pk).update(outcome=outcome, handled_by=by, handled_at=at)
    audit.record(concern, "concern_handled", by=by, at=at)
    return concern


def lock_decidable(*, internship_id: UUID, by: User) -> Internship:
    """Lock the case of an internship that `by` decides on, and return the internship as it is now."""
    theirs = Internship.objects.decidable_by(by)
    lock_cases(participant_ids=[theirs.values_list("participant", flat=True).get(pk=internship_id)])
    return theirs.select_for_update(of=("self",)).select_related(*RELATED).get(pk=internship_id)
