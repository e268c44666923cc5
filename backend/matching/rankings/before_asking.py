"""What is known of a pair before anybody is asked: what was answered, what waits, how the place stands."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.models import AuditEntry
from backend.employers.enums import OpeningKind
from backend.employers.models import Opening, OpeningQuerySet
from backend.employers.services import obstacles
from backend.matching.enums import TAKEN_STATES, DeclineReason, ProposalState, WithdrawalReason
from backend.matching.models import Proposal, ProposalQuerySet
from backend.participants.models import Participant, ParticipantQuerySet


@dataclass(frozen=True)
class Known:
    """One thing that is known, where one goes on from it, and whether it has settled the pair."""

    text: str
    url: str
    settles: bool = False


OfEmployers = Callable[[Collection[UUID], User], Mapping[UUID, list[Known]]]
"""What is known of employers, by key, as far as the reader may know it."""

_of_employers: list[OfEmployers] = []

Pair = tuple[UUID, UUID]
"""Participant and opening."""


def known_of_employers(tell: OfEmployers) -> OfEmployers:
    """Let an app higher up say what is known of employers before anybody is placed there."""
    _of_employers.append(tell)
    return tell


def known_of(people: Collection[Participant], openings: Collection[Opening]) -> Mapping[Pair, list[Known]]:
    """Return what has been answered and what waits between these people and the openings' employers.

    One query; nothing for most pairs. What settles a pair comes first.
    """
    found: defaultdict[Pair, list[Known]] = defaultdict(list)
    by_employer: defaultdict[UUID, list[Opening]] = defaultdict(list)
    for opening in openings:
        by_employer[opening.workplace.employer_id].append(opening)
    for proposal in _earlier(people, by_employer):
        for opening in by_employer[proposal.opening.workplace.employer_id]:
            if known := _of_proposal(proposal, opening):
                found[proposal.participant_id, opening.pk].append(known)
    return {pair: sorted(known, key=lambda each: not each.settles) for pair, known in found.items()}


def known_of_places(openings: Collection[Opening], *, by: User, on: date) -> Mapping[UUID, list[Known]]:
    """Return what is known of the places themselves: checks that do not hold, and what apps above say.

    Openings have their employers read, with checks.
    """
    said = said_of_places(openings, by=by)
    found: dict[UUID, list[Known]] = {}
    for opening in openings:
        employer = opening.workplace.employer
        checks = obstacles(employer=employer, on=on) if opening.kind == OpeningKind.INTERNSHIP else []
        found[opening.pk] = [
            *(Known(text, reverse("employers:employer_detail", args=[employer.pk])) for text in checks),
            *said[opening.pk],
        ]
    return found


def said_of_places(openings: Collection[Opening], *, by: User) -> Mapping[UUID, list[Known]]:
    """Return what apps above say of the openings' employers."""
    employers = {each.workplace.employer_id for each in openings}
    told = [tell(employers, by) for tell in _of_employers]
    return {
        opening.pk: [known for each in told for known in each.get(opening.workplace.employer_id, ())]
        for opening in openings
    }


def settled_pairs(people: ParticipantQuerySet, openings: OpeningQuerySet) -> set[Pair]:
    """Return the pairs where the employer, or the person, has said no to this very opening."""
    between = Proposal.objects.filter(
        participant__in=people.order_by().values("pk"), opening__in=openings.order_by().values("pk")
    )
    said_no = _with_own_no(between).filter(Q(state=ProposalState.DECLINED) | Q(said_no=True))
    return set(said_no.order_by().values_list("participant_id", "opening_id"))


def _earlier(people: Collection[Participant], employers: Collection[UUID]) -> Iterable[Proposal]:
    """Read what has been between these people and employers, the newest first."""
    between = Proposal.objects.filter(
        participant__in=[person.pk for person in people], opening__workplace__employer__in=employers
    )
    return _with_own_no(between).select_related("opening__workplace").order_by("-state_changed_at", "pk")


def _with_own_no(proposals: ProposalQuerySet) -> ProposalQuerySet:
    """Let each carry, as `said_no`, whether it was the person who said no to it."""
    own = AuditEntry.objects.filter(
        subject_type=Proposal._meta.label_lower,
        subject_id=OuterRef("pk"),
        to_state=ProposalState.WITHDRAWN,
        why=WithdrawalReason.PARTICIPANT_SAID_NO,
    )
    return proposals.annotate(said_no=Exists(own.order_by()))


def _of_proposal(proposal: Proposal, opening: Opening) -> Known | None:
    is_here = proposal.opening_id == opening.pk
    url, day = proposal.get_absolute_url(), date_format(localdate(proposal.state_changed_at), "j F")
    words = {"day": day, "opening": str(proposal.opening)}
    if proposal.state == ProposalState.DECLINED:
        words["why"] = str(DeclineReason(proposal.decline_reason).label)
        if is_here:
            return Known(_("The employer said no on %(day)s: %(why)s") % words, url, settles=True)
        return Known(_("The same employer said no on %(day)s, for %(opening)s: %(why)s") % words, url)
    if proposal.said_no:  # type: ignore[attr-defined]
        if is_here:
            return Known(_("Said no to this place on %(day)s") % words, url, settles=True)
        return Known(_("Said no to %(opening)s at the same employer on %(day)s") % words, url)
    if proposal.state in TAKEN_STATES and not is_here:
        words["state"] = proposal.get_state_display()
        return Known(_("Proposed to the same employer for %(opening)s: %(state)s") % words, url)
    return None
