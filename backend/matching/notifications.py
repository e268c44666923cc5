"""Messages about proposals. None says who or what: they say where to read."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.core.outbox import MessageKind, Recheck, enqueue, register
from backend.employers.enums import OpeningKind
from backend.matching.enums import AWAITING_EMPLOYER, ProposalState
from backend.matching.models import Proposal
from backend.participants.audiences import coach, contacts, person

CONTACTS = contacts(via="workplaces__openings__proposals", about="proposals")
COACH = coach(via="proposals")
PERSON = person(via="proposals")


def _still(*states: str) -> Recheck:
    return lambda message: Proposal.objects.filter(pk=message.subject_id, state__in=states).exists()


def _still_unanswered(message: OutboxMessage) -> bool:
    """A reminder is worth sending only while a yes is still possible."""
    answerable = Proposal.objects.awaiting_first_answer(timezone.localdate())
    return answerable.filter(pk=message.subject_id).exists()


def _opening(message: OutboxMessage) -> dict[str, str]:
    """Say which opening it is about, an internship or a job: its title is nobody's."""
    found = Proposal.objects.filter(pk=message.subject_id).values_list("opening__title", "opening__kind")
    title, kind = found.first() or ("", "")
    return {"opening": f"{title} ({OpeningKind(kind).label.lower()})" if kind else title}


RECEIVED = register(
    MessageKind(
        name="proposal_received",
        subject=_("You have received a proposal"),
        is_due=_still(*AWAITING_EMPLOYER),
        audiences=(CONTACTS,),
        words=_opening,
        offers=("opening",),
        is_urgent=True,
    )
)
REMINDER = register(
    MessageKind(
        name="proposal_reminder",
        subject=_("A proposal waits for your answer"),
        is_due=_still_unanswered,
        audiences=(CONTACTS,),
        words=_opening,
        offers=("opening",),
    )
)
ASKED = register(
    MessageKind(
        name="proposal_asked",
        subject=_("Your job coach has a question for you"),
        is_due=_still(ProposalState.ASKED),
        audiences=(PERSON,),
        is_urgent=True,
    )
)
PARTICIPANT_ANSWERED = register(
    MessageKind(
        name="proposal_participant_answered",
        subject=_("A participant has answered you"),
        is_due=_still(*AWAITING_EMPLOYER, ProposalState.WITHDRAWN),
        audiences=(COACH,),
    )
)
ANSWERED = register(
    MessageKind(
        name="proposal_answered",
        subject=_("A proposal has been answered"),
        is_due=_still(ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.INTERVIEW),
        audiences=(COACH,),
    )
)
WITHDRAWN = register(
    MessageKind(
        name="proposal_withdrawn",
        subject=_("A proposal has been withdrawn"),
        is_due=_still(ProposalState.WITHDRAWN),
        audiences=(CONTACTS,),
        words=_opening,
        offers=("opening",),
        is_needed=True,
    )
)


def _is_stalled(message: OutboxMessage) -> bool:
    return Proposal.objects.stalled(timezone.localdate()).filter(pk=message.subject_id).exists()


STALLED = register(
    MessageKind(
        name="proposal_stalled",
        subject=_("A proposal cannot go on as things are"),
        is_due=_is_stalled,
        audiences=(COACH,),
    )
)


OVER = register(
    MessageKind(
        name="proposal_over",
        subject=_("An opening that you had proposed for is closed"),
        is_due=_still(ProposalState.WITHDRAWN),
        audiences=(COACH,),
    )
)


def _can_go_on(message: OutboxMessage) -> bool:
    return Proposal.objects.that_can_go_on(timezone.localdate()).filter(pk=message.subject_id).exists()


GOES_ON = register(
    MessageKind(
        name="proposal_goes_on",
        subject=_("A proposal can go on again"),
        is_due=_can_go_on,
        audiences=(COACH,),
    )
)


def tell_employer_of_proposal(proposal: Proposal, *, at: datetime) -> None:
    """Queue to those who answer for the employer that somebody is proposed."""
    enqueue(RECEIVED, step="sent", **_about(proposal, at))


def remind_employer(proposal: Proposal, *, step: str, at: datetime) -> None:
    """Queue to those who answer for the employer that a proposal waits; once for each step."""
    enqueue(REMINDER, step=step, **_about(proposal, at))


def tell_employer_of_withdrawal(proposal: Proposal, *, at: datetime) -> None:
    """Queue to those who answer for the employer that they need not answer any more."""
    enqueue(WITHDRAWN, step="withdrawn", **_about(proposal, at))


def tell_coach_of_hindrance(proposal: Proposal, *, at: datetime) -> None:
    """Queue to the coach that an open proposal cannot go on as things are; once a day at most."""
    step = f"stalled-{day_of(at)}"
    enqueue(STALLED, step=step, **_about(proposal, at))


def tell_coach_of_end(proposal: Proposal, *, at: datetime) -> None:
    """Queue to the coach that a proposal is withdrawn because its opening is closed or its time is out."""
    enqueue(OVER, step="opening", **_about(proposal, at))


def tell_of_resumption(proposal: Proposal, *, at: datetime) -> None:
    """Queue to the coach that an open proposal can go on again; once a day at most."""
    enqueue(GOES_ON, step=f"goes-on-{day_of(at)}", **_about(proposal, at))


def tell_coach(proposal: Proposal, *, at: datetime) -> None:
    """Queue to the coach that the employer has answered."""
    enqueue(ANSWERED, step=proposal.state, **_about(proposal, at))


def tell_coach_of_participant(proposal: Proposal, *, at: datetime) -> None:
    """Queue to the coach that the participant has said yes or no."""
    enqueue(PARTICIPANT_ANSWERED, step="participant", **_about(proposal, at))


def tell_participant(proposal: Proposal, *, at: datetime) -> None:
    """Queue to the participant, if they can sign in, that the coach asks something."""
    enqueue(ASKED, step="asked", **_about(proposal, at))


def _about(proposal: Proposal, at: datetime) -> dict[str, Any]:
    return {"about": proposal, "path": proposal.get_absolute_url(), "at": at}
