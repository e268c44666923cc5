"""Every write to a proposal, from draft to decision."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core import audit
from backend.core.clock import day_of
from backend.core.lifecycle import TransitionNotAllowed
from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from backend.employers.services import release_place, take_place
from backend.matching import notifications
from backend.matching.enums import OPEN_STATES, PROPOSAL_LIFECYCLE, ProposalState
from backend.matching.models import Proposal
from backend.participants.enums import ConsentMeans
from backend.participants.models import Participant
from backend.participants.services import (
    Releasable,
    record_consent,
    releasable_items,
    withdraw_consent,
)

CONSENT_LASTS = timedelta(days=180)


def check_may_be_proposed(*, opening: Opening, participant: Participant | None) -> None:
    """Raise ValidationError with every reason why nobody, or not `participant`, may be proposed here."""
    reasons = []
    if opening.state != OpeningState.PUBLISHED:
        reasons.append(_("The opening is not open for proposals."))
    if not opening.workplace.employer.is_in_good_standing:
        reasons.append(_("The municipality does not place anybody with this employer at the moment."))
    if participant is not None and not participant.is_matchable:
        reasons.append(_("The participant is not waiting for a place."))
    if participant is not None and participant.is_protected:
        reasons.append(_("Nobody with protected identity is proposed through the system."))
    if reasons:
        raise ValidationError(reasons)


@transaction.atomic
def draft_proposal(
    *,
    opening_id: UUID,
    participant_id: UUID,
    by: User,
    at: datetime,
    message: str = "",
    explanation: dict[str, Any] | None = None,
) -> Proposal:
    """Put a participant forward for an opening, for the coach to finish; nobody else is told.

    Raises Opening.DoesNotExist or Participant.DoesNotExist when `by` may not act there, ValidationError
    when the pair is refused or already proposed.
    """
    opening = _opening(opening_id, by=by)
    participant = Participant.objects.decidable_by(by).select_for_update(of=("self",)).get(pk=participant_id)
    return _draft(opening, participant, message=message, explanation=explanation, by=by, at=at)


def _opening(opening_id: UUID, *, by: User) -> Opening:
    return Opening.objects.decidable_by(by).select_related("workplace__employer").get(pk=opening_id)


def _draft(
    opening: Opening,
    participant: Participant,
    *,
    message: str = "",
    explanation: dict[str, Any] | None = None,
    by: User,
    at: datetime,
) -> Proposal:
    check_may_be_proposed(opening=opening, participant=participant)
    proposal = Proposal(
        opening=opening,
        participant=participant,
        coach=by,
        message=message,
        explanation=explanation or {},
        state_changed_at=at,
        created_at=at,
    )
    proposal.validate_constraints()
    proposal.save()
    audit.record(proposal, "proposal_drafted", by=by, at=at, to_state=proposal.state)
    return proposal


@transaction.atomic
def draft_proposals(
    *, opening_id: UUID, participant_ids: Iterable[UUID], by: User, at: datetime
) -> tuple[list[Proposal], list[str]]:
    """Put several participants forward for one opening. Returns and raises as draft_pairs."""
    return draft_pairs(explanations={(opening_id, each): {} for each in participant_ids}, by=by, at=at)


@transaction.atomic
def draft_pairs(
    *, explanations: Mapping[tuple[UUID, UUID], dict[str, Any]], by: User, at: datetime
) -> tuple[list[Proposal], list[str]]:
    """Put forward each (opening, participant), with why; return the drafts, and why others got none.

    Raises Opening.DoesNotExist or Participant.DoesNotExist when `by` may not act there.
    """
    openings, participants = _all_of(explanations, by=by)
    drafts: list[Proposal] = []
    refusals: list[str] = []
    for (opening_id, participant_id), why in explanations.items():
        pair = openings[opening_id], participants[participant_id]
        try:
            with transaction.atomic():
                drafts.append(_draft(*pair, explanation=why, by=by, at=at))
        except ValidationError as error:
            refusals += [text for text in error.messages if text not in refusals]
    return drafts, refusals


def _all_of(
    pairs: Collection[tuple[UUID, UUID]], *, by: User
) -> tuple[dict[UUID, Opening], dict[UUID, Participant]]:
    """Return the rows of `pairs` by key, people locked in the order of keys: nobody waits in a circle."""
    keys = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    openings = Opening.objects.decidable_by(by).select_related("workplace__employer").in_bulk(keys[0])
    mine = Participant.objects.decidable_by(by).select_for_update(of=("self",)).filter(pk__in=keys[1])
    participants = {each.pk: each for each in mine.order_by("pk")}
    if len(openings) < len(keys[0]):
        raise Opening.DoesNotExist
    if len(participants) < len(keys[1]):
        raise Participant.DoesNotExist
    return openings, participants


@transaction.atomic
def propose(
    *,
    opening_id: UUID,
    participant_id: UUID,
    intent: str,
    item_keys: Sequence[str],
    message: str,
    means: str = "",
    explanation: dict[str, Any] | None = None,
    by: User,
    at: datetime,
) -> Proposal:
    """Do what the coach wants with the pair: `intent` is send, ask (the participant) or draft.

    A draft or a question that stands already is gone on with. Raises as the function of each intent.
    """
    standing = Proposal.objects.handled_by(by).filter(
        opening=opening_id, participant=participant_id, state__in=[ProposalState.DRAFT, ProposalState.ASKED]
    )
    proposal = standing.first() or draft_proposal(
        opening_id=opening_id, participant_id=participant_id, by=by, at=at, explanation=explanation
    )
    words: dict[str, Any] = {"item_keys": item_keys, "message": message, "by": by, "at": at}
    if intent == "send":
        return send_proposal(proposal_id=proposal.pk, means=means, **words)
    if intent == "ask":
        return ask_participant(proposal_id=proposal.pk, **words)
    return save_draft(proposal_id=proposal.pk, **words)


@transaction.atomic
def ask_participant(
    *, proposal_id: UUID, item_keys: Sequence[str], message: str, by: User, at: datetime
) -> Proposal:
    """Ask the participant, in the app, to release the items with `item_keys` to the employer."""
    proposal = _handled(proposal_id, by=by)
    if proposal.participant.user is None:
        raise ValidationError(
            _("The participant cannot sign in yet. Invite them first, or ask in a meeting.")
        )
    _chosen(proposal.participant, item_keys)
    changes: dict[str, Any] = {"asked_items": sorted(item_keys), "message": message, "asked_at": at}
    PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.ASKED, by=by, at=at, **changes)
    notifications.tell_participant(proposal, at=at)
    return proposal


@transaction.atomic
def answer_as_participant(*, proposal_id: UUID, agrees: bool, by: User, at: datetime) -> Proposal:
    """Record the participant's own answer: yes releases the items asked for and sends the proposal.

    Raises Proposal.DoesNotExist for anybody else, TransitionNotAllowed when nothing is asked any more, and
    ValidationError when the place is gone or the file has changed since the question was asked.
    """
    proposal = _own(proposal_id, by=by)
    if not agrees:
        if proposal.state != ProposalState.ASKED:
            raise TransitionNotAllowed(current=proposal.state, wanted=ProposalState.WITHDRAWN)
        why = "participant_said_no"
        PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.WITHDRAWN, by=by, at=at, why=why)
    else:
        _send(proposal, item_keys=proposal.asked_items, means=ConsentMeans.IN_APP, by=by, at=at)
    notifications.tell_coach_of_participant(proposal, at=at)
    return proposal


@transaction.atomic
def save_draft(
    *, proposal_id: UUID, item_keys: Sequence[str], message: str, by: User, at: datetime
) -> Proposal:
    """Keep what the coach has chosen and written so far; nobody is told.

    Raises TransitionNotAllowed when the proposal is no draft any more.
    """
    proposal = _handled(proposal_id, by=by)
    if item_keys:
        _chosen(proposal.participant, item_keys)
    draft = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.DRAFT)
    if not draft.update(asked_items=sorted(item_keys), message=message):
        raise TransitionNotAllowed(current=proposal.state, wanted=ProposalState.DRAFT)
    audit.record(proposal, "draft_saved", by=by, at=at)
    return proposal


@transaction.atomic
def send_proposal(
    *, proposal_id: UUID, item_keys: Sequence[str], means: str, message: str, by: User, at: datetime
) -> Proposal:
    """Record the consent that the participant gave the coach, item by item, and send the proposal.

    Raises ValidationError when the pair is refused by now, TransitionNotAllowed when it was sent already.
    """
    proposal = _handled(proposal_id, by=by)
    return _send(proposal, item_keys=item_keys, means=means, by=by, at=at, message=message)


def _send(
    proposal: Proposal, *, item_keys: Sequence[str], means: str, by: User, at: datetime, **changes: Any
) -> Proposal:
    check_may_be_proposed(opening=proposal.opening, participant=proposal.participant)
    consent = record_consent(
        participant=proposal.participant,
        employer=proposal.opening.workplace.employer,
        items=_chosen(proposal.participant, item_keys),
        purpose=_("Proposal for an opening: %(title)s") % {"title": proposal.opening.title},
        means=means,
        valid_until=consent_valid_until(at),
        by=by,
        at=at,
    )
    to = ProposalState.SENT
    PROPOSAL_LIFECYCLE.move(proposal, to=to, by=by, at=at, consent=consent, sent_at=at, **changes)
    notifications.tell_employer_of_proposal(proposal, at=at)
    return proposal


@transaction.atomic
def accept_proposal(*, proposal_id: UUID, by: User, at: datetime) -> Proposal:
    """Accept a proposal on the employer's behalf and take one of the opening's places.

    Raises Proposal.DoesNotExist when `by` may not decide it, TransitionNotAllowed when somebody decided
    first, and ValidationError when the last place is gone or the consent has run out.
    """
    return _decide(proposal_id, to=ProposalState.ACCEPTED, by=by, at=at)


@transaction.atomic
def decline_proposal(*, proposal_id: UUID, reason: str, note: str = "", by: User, at: datetime) -> Proposal:
    """Decline a proposal on the employer's behalf; `reason` is a DeclineReason. Raises as accept_proposal."""
    if not reason:
        raise ValidationError(_("Say why, so that the next proposal fits better."))
    answer = {"decline_reason": reason, "decline_note": note}
    return _decide(proposal_id, to=ProposalState.DECLINED, by=by, at=at, **answer)


@transaction.atomic
def ask_for_interview(*, proposal_id: UUID, by: User, at: datetime) -> Proposal:
    """Ask, on the employer's behalf, to meet the participant first. Raises as accept_proposal."""
    return _decide(proposal_id, to=ProposalState.INTERVIEW, by=by, at=at)


def _decide(proposal_id: UUID, *, to: str, by: User, at: datetime, **answer: Any) -> Proposal:
    related = ("opening__workplace__employer", "participant", "coach", "consent")
    proposal = Proposal.objects.decidable_by(by).select_related(*related).get(pk=proposal_id)
    if not PROPOSAL_LIFECYCLE.allows(proposal.state, to):
        raise TransitionNotAllowed(current=proposal.state, wanted=to)
    if to != ProposalState.DECLINED:
        _check_may_go_on(proposal, day=day_of(at))
    PROPOSAL_LIFECYCLE.move(proposal, to=to, by=by, at=at, decided_at=at, decided_by=by, **answer)
    if to == ProposalState.ACCEPTED:
        take_place(opening_id=proposal.opening_id, by=by, at=at)
    notifications.tell_coach(proposal, at=at)
    return proposal


def _check_may_go_on(proposal: Proposal, *, day: date) -> None:
    """Raise ValidationError when a yes is no longer possible; a no always is."""
    if proposal.consent is None or not proposal.consent.holds_on(day):
        raise ValidationError(_("The participant's consent has run out. Please contact the job coach."))
    if not proposal.participant.is_matchable:
        raise ValidationError(_("The person is no longer looking for a place. Please contact the job coach."))
    if not proposal.opening.workplace.employer.is_in_good_standing:
        raise ValidationError(_("Nobody is placed here at the moment. Please contact the job coach."))


@transaction.atomic
def withdraw_proposal(*, proposal_id: UUID, why: str, by: User, at: datetime) -> Proposal:
    """Take a proposal back; the employer sees the person no more, and an accepted place becomes free."""
    return _withdraw(_handled(proposal_id, by=by), why=why, by=by, at=at)


def withdraw_for_consent(*, consent_id: UUID, by: User | None, at: datetime) -> None:
    """Take back the proposal that stood on a consent which the participant has withdrawn."""
    open_states = [*OPEN_STATES, ProposalState.ACCEPTED]
    for proposal in Proposal.objects.filter(consent=consent_id, state__in=open_states, internship=None):
        _withdraw(proposal, why="consent_withdrawn", by=by, at=at)


def _withdraw(proposal: Proposal, *, why: str, by: User | None, at: datetime) -> Proposal:
    before = proposal.state
    if before == ProposalState.ACCEPTED and hasattr(proposal, "internship"):
        raise ValidationError(_("An internship is planned. Cancel it instead."))
    PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.WITHDRAWN, by=by, at=at, why=why)
    if before == ProposalState.ACCEPTED:
        release_place(opening_id=proposal.opening_id, by=by, at=at)
    consent = proposal.consent
    if consent is not None and consent.withdrawn_at is None and by is not None:
        withdraw_consent(consent_id=consent.pk, by=by, at=at)
    if proposal.sent_at is not None:
        notifications.tell_employer_of_withdrawal(proposal, at=at)
    return proposal


def consent_valid_until(at: datetime) -> date:
    """Return the last day of a consent given at `at`."""
    return day_of(at + CONSENT_LASTS)


def _handled(proposal_id: UUID, *, by: User) -> Proposal:
    related = ("opening__workplace__employer", "participant__user", "consent")
    return Proposal.objects.handled_by(by).select_related(*related).get(pk=proposal_id)


def _own(proposal_id: UUID, *, by: User) -> Proposal:
    related = ("opening__workplace__employer", "participant__user", "coach")
    return Proposal.objects.filter(participant__user=by).select_related(*related).get(pk=proposal_id)


def _chosen(participant: Participant, item_keys: Sequence[str]) -> list[Releasable]:
    """Return the items that `item_keys` name. Raises ValidationError for none, and for unknown ones."""
    items = releasable_items(participant)
    if set(item_keys) - {item.key for item in items}:
        raise ValidationError(_("The file has changed since the page was opened. Choose again."))
    if not item_keys:
        raise ValidationError(_("Choose at least one thing to tell the employer."))
    return [item for item in items if item.key in set(item_keys)]
