"""What happens next for a participant: one sentence and one button."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.templatetags.ui import day
from backend.internships.enums import InternshipState
from backend.internships.models import Agreement, Evaluation, FollowUp, Internship, RetentionCheck
from backend.internships.notifications import page_of_agreement
from backend.matching.enums import ProposalState, VisitState
from backend.matching.models import Proposal, Visit
from backend.participants.telling.told import released_on


@dataclass(frozen=True)
class NextStep:
    """One sentence, and the one button under it if there is something to do.

    `of`: how many things wait for the reader, of which this is the first.
    """

    sentence: str
    action: str = ""
    url: str = ""
    of: int = 1


def next_step_of(user: User, *, today: date) -> NextStep:
    """Return the first thing that waits for `user`, or what others are doing meanwhile."""
    questions = [
        *_questions(user),
        *_times(user),
        *_signatures(user),
        *_check_ins(user, today),
        *_evaluations(user),
        *_jobs(user, today),
    ]
    if questions:
        return replace(questions[0], of=len(questions))
    return _internship(user, today) or _proposals(user, today)


def _questions(user: User) -> Iterator[NextStep]:
    asked = Proposal.objects.visible_to(user).filter(state=ProposalState.ASKED)
    sentence = _("Your job coach has found a place: %(title)s. Do you want to be proposed?")
    for proposal in asked.select_related("opening").order_by("state_changed_at", "pk"):
        words = sentence % {"title": proposal.opening}
        yield NextStep(words, _("Read and answer"), proposal.get_absolute_url())


def _times(user: User) -> Iterator[NextStep]:
    asked = Visit.objects.listed_for(user).filter(state=VisitState.PROPOSED, chooser=user.persona)
    for visit in asked.select_related("proposal__opening").order_by("state_changed_at", "pk"):
        sentence = _("An employer wants to meet you about %(title)s. Which time suits you?")
        words = sentence % {"title": visit.proposal.opening}
        yield NextStep(words, _("Choose a time"), visit.proposal.get_absolute_url())


def _signatures(user: User) -> Iterator[NextStep]:
    waiting = Agreement.objects.unsigned_by(user).select_related("internship__workplace")
    for agreement in waiting.order_by("made_at", "pk"):
        sentence = _("The agreement about your internship at %(place)s waits for you. Read it and sign.")
        words = sentence % {"place": agreement.internship.workplace}
        yield NextStep(words, _("Read and sign"), page_of_agreement(agreement.internship))


def _check_ins(user: User, today: date) -> Iterator[NextStep]:
    for follow_up in FollowUp.objects.visible_to(user).waiting_for(user.persona, on=today):
        url = reverse("internships:follow_up_answer", args=[follow_up.pk])
        yield NextStep(_("We want to know how your internship is going."), _("Tell how it goes"), url)


def _evaluations(user: User) -> Iterator[NextStep]:
    asked = Evaluation.objects.visible_to(user).unanswered()
    for evaluation in asked.select_related("internship__workplace").order_by("asked_at", "pk"):
        url = reverse("internships:evaluation_answer", args=[evaluation.pk])
        sentence = _("Your internship at %(place)s is over. How was it?")
        yield NextStep(sentence % {"place": evaluation.internship.workplace}, _("Tell how it was"), url)


def _jobs(user: User, today: date) -> Iterator[NextStep]:
    asked = RetentionCheck.objects.asked_of(user, on=today).waiting_for(user.persona, on=today)
    for check in asked.select_related("employment").order_by("due_on", "pk"):
        url = reverse("internships:retention_reply", args=[check.pk])
        sentence = _("Does your job at %(place)s go on?") % {"place": check.employment.employer_name}
        yield NextStep(sentence, _("Answer"), url)


def _internship(user: User, today: date) -> NextStep | None:
    internships = Internship.objects.visible_to(user).open()
    internship = internships.select_related("workplace").order_by("starts_on").first()
    if internship is None:
        return None
    if internship.state == InternshipState.PLANNED:
        sentence = _("Your internship at %(place)s starts on %(day)s.")
        return _about(sentence, internship, internship.starts_on)
    if pause := internship.pause:
        return _about(_("Your internship at %(place)s is paused until %(day)s."), internship, pause.back_on)
    return _about(_("You are in your internship at %(place)s until %(day)s."), internship, internship.ends_on)


def _about(sentence: str, internship: Internship, on: date) -> NextStep:
    words = sentence % {"place": internship.workplace, "day": day(on)}
    return NextStep(words, _("See my internship"), internship.get_absolute_url())


def _proposals(user: User, today: date) -> NextStep:
    sent = Proposal.objects.visible_to(user).awaiting_employer().select_related("consent")
    if released_on(today, [each.consent for each in sent if each.consent]):
        sentence = _("An employer is reading about you. We tell you when they have answered.")
        return NextStep(sentence, _("See my proposals"), reverse("matching:my_proposals"))
    return NextStep(
        _("Your job coach is looking for a place that fits you. You do not need to do anything now.")
    )
