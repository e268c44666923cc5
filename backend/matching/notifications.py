"""Messages about proposals. None says who or what: they say where to read."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from backend.core import outbox
from backend.matching.enums import AWAITING_EMPLOYER, ProposalState
from backend.matching.models import Proposal


def _still(*states: str) -> outbox.Recheck:
    return lambda message: Proposal.objects.filter(pk=message.subject_id, state__in=states).exists()


def _kind(name: str, subject: str, *states: str) -> outbox.MessageKind:
    return outbox.register(outbox.MessageKind(name=name, subject=subject, is_due=_still(*states)))


RECEIVED = _kind("proposal_received", _("You have received a proposal"), *AWAITING_EMPLOYER)
REMINDER = _kind("proposal_reminder", _("A proposal waits for your answer"), *AWAITING_EMPLOYER)
ASKED = _kind("proposal_asked", _("Your job coach has a question for you"), ProposalState.ASKED)
ANSWERED = _kind(
    "proposal_answered",
    _("A proposal has been answered"),
    ProposalState.ACCEPTED,
    ProposalState.DECLINED,
    ProposalState.INTERVIEW,
)
WITHDRAWN = _kind("proposal_withdrawn", _("A proposal has been withdrawn"), ProposalState.WITHDRAWN)


def tell_employer(kind: outbox.MessageKind, proposal: Proposal, *, step: str, at: datetime) -> None:
    """Queue `kind` to those who answer for the employer."""
    to = proposal.opening.workplace.employer.contacts()
    outbox.enqueue(kind, to=to, about=proposal, step=step, path=proposal.get_absolute_url(), at=at)


def tell_coach(proposal: Proposal, *, at: datetime) -> None:
    """Queue to the coach that the employer has answered."""
    outbox.enqueue(
        ANSWERED,
        to=[proposal.coach],
        about=proposal,
        step=proposal.state,
        path=proposal.get_absolute_url(),
        at=at,
    )


def tell_participant(proposal: Proposal, *, at: datetime) -> None:
    """Queue to the participant, if they can sign in, that the coach asks something."""
    to = [proposal.participant.user] if proposal.participant.user else []
    outbox.enqueue(ASKED, to=to, about=proposal, step="asked", path=proposal.get_absolute_url(), at=at)
