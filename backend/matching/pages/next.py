"""What comes next about a proposal, for its coach, its employer and its participant."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.templatetags.ui import day
from backend.core.ui.next import Action, Next
from backend.employers.enums import OpeningKind
from backend.matching.enums import AWAITING_EMPLOYER, ProposalState
from backend.matching.models import Proposal
from backend.matching.pages.arranging import left_to_say
from backend.matching.pages.for_employers import ProposalToEmployer
from backend.matching.pages.presenting import what_hinders
from backend.matching.pages.visits import for_page, way_to_offer
from backend.matching.services import possible_answers


def next_for_coach(
    proposal: Proposal, *, may_act: bool, is_stalled: bool = False, meeting: Next | None = None
) -> Next | None:
    """Return what the coach does next; nothing for who only reads, and nothing when the proposal is over.

    `is_stalled`: something hinders it from leading to a placement (going_on says what); `meeting`: what is to
    be done about a meeting, which comes first while the employer has not answered.
    """
    step = _FOR_COACH.get(ProposalState(proposal.state)) if may_act else None
    if step is None:
        return None
    if is_stalled:
        return _stalled(proposal)
    return meeting if meeting and proposal.state in AWAITING_EMPLOYER else step(proposal)


def _stalled(proposal: Proposal) -> Next:
    renew, words = reverse("matching:consent_renew", args=[proposal.pk]), _("Write down a new consent")
    return Next(
        _("It cannot go on as things are"),
        _("Wait until that has changed, or take the proposal back."),
        (Action(words, renew, variant="secondary"),) if proposal.consent_id else (),
        tone="warning",
        reason=_("Cannot go on as things are"),
        do=_("See why and decide"),
        mark="warning",
    )


def for_coachs_page(proposal: Proposal, reader: User, *, at: datetime) -> dict[str, Any]:
    """Return what the coach's page shows of what comes next, and of what hinders it."""
    may_act = Proposal.objects.handled_by(reader).filter(pk=proposal.pk).exists()
    hindrances, meeting = what_hinders(proposal, at=at), for_page(proposal, reader, at=at)
    is_stalled = bool(hindrances)
    return {
        "next": next_for_coach(proposal, may_act=may_act, is_stalled=is_stalled, meeting=meeting),
        "withdrawal": withdrawal(proposal, may_act=may_act),
        "hindrances": hindrances,
    }


def for_employers_page(
    proposal: Proposal, seen: ProposalToEmployer, reader: User, *, at: datetime
) -> dict[str, Any]:
    """Return what the employer's page shows of what comes next, or why nothing of the person is shown."""
    if seen.told is None:
        return {"arranging": None, "meeting": None, "next": None, "over": over_for_employer(seen)}
    may_answer = Proposal.objects.decidable_by(reader).filter(pk=proposal.pk).exists()
    answers = possible_answers(proposal, day=day_of(at))
    meeting = for_page(proposal, reader, at=at)
    may: dict[str, Any] = {"may_answer": may_answer, "answers": answers, "has_meeting": meeting is not None}
    return {
        "arranging": left_to_say(seen.told.adaptations, proposal.opening) if may_answer else None,
        "meeting": meeting,
        "next": next_for_employer(seen, **may),
        "over": "",
    }


def withdrawal(proposal: Proposal, *, may_act: bool) -> Action | None:
    """Return how the coach takes the proposal back, while that can be done."""
    if not (may_act and proposal.may_be_withdrawn):
        return None
    url = reverse("matching:withdraw", args=[proposal.pk])
    return Action(_("Withdraw the proposal"), url, posts=True, asks=_("Withdraw the proposal"))


def _draft(proposal: Proposal) -> Next:
    return Next(
        _("Finish the proposal"),
        _("Choose what may be told. Nobody has been told yet."),
        (Action(_("Choose what may be told"), _propose(proposal)),),
        reason=_("A draft"),
        do=_("Finish the proposal"),
        mark="neutral",
    )


def _asked(proposal: Proposal) -> Next:
    return Next(
        _("Waiting for %(name)s") % {"name": proposal.participant.first_name},
        _(
            "The question is in the app. If you have the answer from a meeting or by phone, you can send "
            "yourself."
        ),
        (Action(_("I have the answer"), _propose(proposal), variant="secondary"),),
        tone="warning",
    )


def _sent(proposal: Proposal) -> Next:
    title = _("Waiting for %(name)s") % {"name": proposal.opening.workplace.employer}
    words = _("Reminders go out by themselves. A call is often quicker.")
    return Next(title, words, (way_to_offer(proposal, variant="secondary"),), tone="warning")


def _interview(proposal: Proposal) -> Next:
    who = {"employer": proposal.opening.workplace.employer, "name": proposal.participant.first_name}
    return Next(
        _("Book the meeting"),
        _("%(employer)s wants to meet %(name)s first. Propose times, and one of them chooses.") % who,
        (way_to_offer(proposal),),
        reason=_("The employer wants to meet"),
        do=_("Book the meeting"),
        mark="success",
    )


def _accepted(proposal: Proposal) -> Next:
    title = _("The employer said yes")
    if proposal.opening.kind == OpeningKind.JOB:
        url = reverse("internships:employment_create", args=[proposal.participant_id])
        words, label = _("Record the job when the person has got it."), _("Record the job")
        action = Action(label, f"{url}?proposal={proposal.pk}")
    else:
        words, label = (
            _("Plan the internship: dates, decision, insurance and supervisor."),
            _("Plan the internship"),
        )
        action = Action(label, reverse("internships:internship_plan", args=[proposal.pk]))
    return Next(title, words, (action,), tone="success", reason=title, do=label, mark="success")


_FOR_COACH: Mapping[ProposalState, Callable[[Proposal], Next]] = {
    ProposalState.DRAFT: _draft,
    ProposalState.ASKED: _asked,
    ProposalState.SENT: _sent,
    ProposalState.INTERVIEW: _interview,
    ProposalState.ACCEPTED: _accepted,
}


def _propose(proposal: Proposal) -> str:
    return reverse("matching:propose", args=[proposal.opening_id, proposal.participant_id])


def next_for_employer(
    proposal: ProposalToEmployer,
    *,
    may_answer: bool,
    answers: Collection[ProposalState],
    has_meeting: bool = False,
) -> Next | None:
    """Return what the employer does next about a proposal that may still be read.

    `may_answer`: the reader is one of those who answer there; `answers`: what the service would take now;
    `has_meeting`: the page says when they meet, or asks for it.
    """
    state = ProposalState(proposal.state)
    if state in AWAITING_EMPLOYER:
        return _answer(proposal, answers, has_meeting=has_meeting) if may_answer else _read_only()
    said = {
        ProposalState.ACCEPTED: _("The job coach contacts you to plan the start."),
        ProposalState.PLACED: _("The start is planned. Thank you!"),
    }
    return Next(_("You said yes"), said[state], tone="success") if state in said else None


def _read_only() -> Next:
    return Next(_("Waits for an answer"), _("An administrator or contact of your organisation answers."))


def _answer(proposal: ProposalToEmployer, answers: Collection[ProposalState], *, has_meeting: bool) -> Next:
    meets = proposal.state == ProposalState.INTERVIEW and not has_meeting
    yes = _("A yes takes one of your places, and the job coach plans the start with you. A no is fine too.")
    no_yes = _("A yes is not possible right now: ask the job coach. A no always is.")
    words = yes if ProposalState.ACCEPTED in answers else no_yes
    if meets:
        words = " ".join((_("The job coach books a time with you. Answer here when you have met."), words))
    elif has_meeting:
        words = " ".join((_("Answer here when you have met."), words))
    may_offer = meets and ProposalState.ACCEPTED in answers
    own = (way_to_offer(proposal, variant="secondary"),) if may_offer else ()
    return Next(
        _("The job coach books the meeting") if meets else _("Your organisation's answer"),
        words,
        (*(action for to, action in _answers(proposal).items() if to in answers), *own, _in_words(proposal)),
        do=_("Read and answer"),
    )


def _answers(proposal: ProposalToEmployer) -> Mapping[ProposalState, Action]:
    name = proposal.told.name if proposal.told else ""
    welcome = _("Yes, %(name)s is welcome") % {"name": name} if name else _("Yes, welcome")
    meet, no = _("I want to meet first"), _("Answer no")
    return {
        ProposalState.ACCEPTED: Action(welcome, _to("accept", proposal), posts=True, icon="check"),
        ProposalState.INTERVIEW: Action(
            meet, _to("interview", proposal), posts=True, variant="secondary", icon="calendar"
        ),
        ProposalState.DECLINED: Action(no, _to("decline", proposal), posts=True, asks=_("No, not this time")),
    }


def _in_words(proposal: ProposalToEmployer) -> Action:
    return Action(_("Answer with a few words"), _to("answer_in_words", proposal), variant="tertiary")


def _to(name: str, proposal: Proposal | ProposalToEmployer) -> str:
    return reverse(f"matching:{name}", args=[proposal.pk])


def over_for_employer(proposal: ProposalToEmployer) -> str:
    """Return why the employer reads nothing about the person any more."""
    answered = {"day": day(proposal.decided_at), "reason": proposal.decline_reason}
    said = {
        ProposalState.DECLINED: _("You answered no on %(day)s (%(reason)s). Thank you for answering."),
        ProposalState.WITHDRAWN: _("The proposal has been withdrawn. You do not need to do anything."),
        ProposalState.FINISHED: _("The placement is over. Thank you for receiving somebody."),
    }
    return said.get(ProposalState(proposal.state), _("The participant's consent has run out.")) % answered


def next_for_participant(proposal: Proposal, *, is_told: bool, meeting: str = "") -> Next:
    """Return where the proposal stands in the participant's words, and the one question if there is one.

    `is_told`: whether the employer may read anything today; a yes may run out before the employer answers.
    `meeting`: where a meeting with the employer stands.
    """
    state = ProposalState(proposal.state)
    if state == ProposalState.ASKED:
        return _question(proposal)
    if state == ProposalState.WITHDRAWN and proposal.sent_at is None:
        return Next(_("Nothing was sent about you. Your job coach goes on looking with you."))
    if state in AWAITING_EMPLOYER and not is_told:
        return Next(
            _("The employer reads nothing about you any more. Your job coach asks you anew if it is needed.")
        )
    over = _("This proposal is over. Nothing more is told about you.")
    title = {
        ProposalState.SENT: _("The employer is reading about you. We tell you when they have answered."),
        ProposalState.INTERVIEW: _("The employer wants to meet you. Your job coach books a time with you."),
        ProposalState.ACCEPTED: _("The employer said yes! Your job coach tells you what happens now."),
        ProposalState.PLACED: _("You have got the place."),
        ProposalState.DECLINED: _("It became no this time. Your job coach goes on looking with you."),
    }.get(state, over)
    if meeting and state in AWAITING_EMPLOYER:
        title = meeting
    if not is_told:
        return Next(title)
    changed = _("Have you changed your mind? You can take back what is told at any time:")
    return Next(title, changed, (Action(_("My data"), reverse("participants:my_data")),))


def _question(proposal: Proposal) -> Next:
    answer, no = reverse("matching:answer", args=[proposal.pk]), _("No, thank you")
    return Next(
        _("Your job coach has found this place. Do you want to be proposed?"),
        _("You can change your mind later. A no has no consequences here."),
        (
            Action(_("Yes, propose me"), answer, posts=True, name="yes", icon="check"),
            Action(no, answer, posts=True, name="no", variant="secondary"),
        ),
        reason=_("Waits for your answer"),
        do=_("Read and answer"),
    )


def told_to_participant(proposal: Proposal, *, is_told: bool) -> str:
    """Return the heading over what the employer may read (`is_told`, today), could read, or would."""
    if proposal.state == ProposalState.ASKED:
        return _("If you say yes, the employer may read this:")
    if proposal.sent_at is None:
        return _("Nothing was sent: the employer has never read this.")
    if is_told:
        return _("The employer may read this about you:")
    return _("The employer could read this. Not any more.")
