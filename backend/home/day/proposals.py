"""Proposals in which it is the coach's turn, that nobody answers, or that the employer has said no to."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.core.clock import day_of
from backend.core.ui import words
from backend.employers.enums import MembershipState
from backend.employers.models import EmployerMembership
from backend.home.day.todo import Todo, called, has_waited, of_person, of_step, standing_as
from backend.home.enums import Matter, Part
from backend.matching.enums import OPEN_STATES, Chooser, ProposalState, VisitState
from backend.matching.models import Proposal
from backend.matching.pages.next import next_for_coach
from backend.matching.pages.visits import next_about_visit, seen_visit, was_before, with_visits
from backend.participants.enums import ParticipantState
from backend.participants.models import ParticipantQuerySet

ANSWERED_WITHIN = timedelta(days=7)
"""After so many days without an answer a call is quicker."""
NEWS_FOR = timedelta(days=30)
"""So long a no stands there for who has not noted it."""
RELATED = ("participant", "opening__workplace__employer")


def proposals(cases: ParticipantQuerySet, *, today: date) -> Iterator[Todo]:
    """Yield one row for each proposal in `cases` that is to be gone on with, called about or known of."""
    goes_on = Proposal.objects.that_can_go_on(today).filter(pk=OuterRef("pk"))
    said_no = Q(state=ProposalState.DECLINED, decided_at__date__gt=today - NEWS_FOR)
    said_no &= ~Q(participant__state=ParticipantState.ENDED)
    mine = Proposal.objects.filter(Q(state__in=OPEN_STATES) | said_no, participant__in=cases)
    found: Any = mine.annotate(is_stalled=~Exists(goes_on), employer_phone=Subquery(_phones()))
    for proposal in with_visits(found).select_related(*RELATED).order_by("state_changed_at", "pk"):
        row = _no(proposal, today) if proposal.state == ProposalState.DECLINED else None
        if row := row or _turn(proposal, today) or _unanswered(proposal, today):
            yield row


def _phones() -> Any:
    """Return the numbers of those who answer for the employer, who has waited longest there first."""
    theirs = EmployerMembership.objects.filter(
        employer=OuterRef("opening__workplace__employer"), state=MembershipState.ACTIVE, user__is_active=True
    )
    return theirs.exclude(user__phone="").order_by("created_at", "pk").values("user__phone")[:1]


def _row(proposal: Any, since: date, **more: Any) -> Todo:
    facts: dict[str, Any] = {
        "matter": Matter.PROPOSAL,
        "title": f"{called(proposal.participant)} · {proposal.opening}",
        "url": proposal.get_absolute_url(),
        "since": since,
        "thing": proposal.pk,
        **of_person(proposal.participant),
    }
    return Todo(**{**facts, **more})


def _turn(proposal: Any, today: date) -> Todo | None:
    """Return the row of a proposal in which it is the coach's turn; a draft is to be planned."""
    visit = seen_visit(proposal)
    meeting = next_about_visit(visit, side=Persona.STAFF, is_over=was_before(visit, today))
    step = next_for_coach(proposal, may_act=True, is_stalled=proposal.is_stalled, meeting=meeting)
    if step is None or not step.waits_for_reader:
        return None
    since = day_of(proposal.state_changed_at)
    is_draft = proposal.state == ProposalState.DRAFT and not proposal.is_stalled
    stands = [proposal.state, proposal.state_changed_at, proposal.is_stalled]
    stands += [visit.state, visit.state_changed_at] if visit else []
    return _row(
        proposal,
        since,
        part=Part.PLAN if is_draft else Part.YOURS,
        when=has_waited(since, today=today),
        stands=standing_as(*stands),
        **of_step(step),
    )


def _unanswered(proposal: Any, today: date) -> Todo | None:
    """Return the row of a question that has waited so long for its answer that a call is quicker."""
    visit = seen_visit(proposal)
    if visit is not None and visit.state == VisitState.BOOKED and not was_before(visit, today):
        return None
    is_with_employer = proposal.state == ProposalState.SENT
    since = day_of(proposal.state_changed_at)
    if visit is not None and visit.state == VisitState.PROPOSED:
        is_with_employer, since = visit.chooser == Chooser.EMPLOYER, day_of(visit.state_changed_at)
    if since > today - ANSWERED_WITHIN:
        return None
    who = str(proposal.opening.workplace.employer) if is_with_employer else called(proposal.participant)
    return _row(
        proposal,
        since,
        part=Part.NOW,
        reason=_("No answer from %(name)s") % {"name": who},
        action=_("Call"),
        tone="warning",
        when=has_waited(since, today=today),
        stands=standing_as(proposal.state, proposal.state_changed_at),
        **({"phone": proposal.employer_phone or ""} if is_with_employer else {}),
    )


def _no(proposal: Any, today: date) -> Todo:
    """Return the row of an employer's no, which is only to be known."""
    since = day_of(proposal.decided_at)
    return _row(
        proposal,
        since,
        part=Part.YOURS,
        reason=_("The employer said no"),
        also=(proposal.get_decline_reason_display(),),
        action=_("Read the answer"),
        tone="neutral",
        when=words.days_passed((today - since).days),
        stands=standing_as(proposal.state, proposal.state_changed_at),
        is_news=True,
    )
