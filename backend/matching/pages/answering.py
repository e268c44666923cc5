"""Answering a proposal and choosing a time from the mail, without signing in. No page names anybody."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.core.answering import Asked, Question, register
from backend.core.answering.links import CHOSEN
from backend.core.models import Delivery
from backend.employers.replies.kept import replies_of
from backend.matching import notifications, services, telling_visits
from backend.matching.calendar import RELATED, title_of, where
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal, Visit
from backend.matching.pages.for_employers import contact_of
from backend.matching.pages.forms import AnswerForm
from backend.matching.pages.visit_forms import ChooseForm
from backend.matching.pages.visits import words_of

WORDS = {
    ProposalState.ACCEPTED: _("Yes, the person is welcome"),
    ProposalState.INTERVIEW: _("We want to meet first"),
    ProposalState.DECLINED: _("No, not this time"),
}
OF_PROPOSAL = ("participant__coach", "opening__workplace", "opening__workplace__employer")


def _proposal(delivery: Delivery) -> Proposal:
    found: Proposal = Proposal.objects.select_related(*OF_PROPOSAL).get(pk=delivery.message.subject_id)
    return found


def _answers(delivery: Delivery) -> list[tuple[str, str]]:
    return _possible(_proposal(delivery))


def _possible(proposal: Proposal) -> list[tuple[str, str]]:
    """Return the answers that can be given now, in words."""
    possible = services.possible_answers(proposal, day=timezone.localdate())
    return [(str(each), str(WORDS[each])) for each in services.ANSWERS if each in possible]


def form_of(proposal: Proposal, sent: QueryDict | None, *, chosen: str = "") -> AnswerForm:
    """Return the form of the employer's answer, with the replies that its organisation keeps."""
    replies = replies_of(proposal.opening.workplace.employer_id)
    more: dict[str, Any] = {"answers": _possible(proposal), "initial": {"answer": chosen}}
    return AnswerForm(sent, replies=replies, **more)


def _what_do_you_say(delivery: Delivery, sent: QueryDict | None, chosen: Mapping[str, str]) -> Asked | None:
    """Ask for the employer's yes, no, or wish to meet."""
    proposal = _proposal(delivery)
    form = form_of(proposal, sent, chosen=chosen.get(CHOSEN, ""))
    return Asked(
        form=form,
        template="matching/answer_by_link.html",
        service=partial(services.answer_proposal, proposal_id=proposal.pk),
        arguments=lambda: form.said,
        context={
            "work": proposal.opening.title,
            "place": str(proposal.opening.workplace),
            "kind": proposal.opening.get_kind_display(),
            "contact": contact_of(proposal.coach),
        },
    )


for _kind in (notifications.RECEIVED, notifications.REMINDER):
    register(Question(_kind.name, _what_do_you_say, choices=_answers))


def _of(delivery: Delivery) -> Visit:
    return Visit.objects.select_related(*RELATED).get(pk=delivery.message.subject_id)


def _choices(delivery: Delivery) -> list[tuple[str, str]]:
    """Return the times that can be chosen now."""
    return [(str(each.pk), words_of(each)) for each in _of(delivery).times_now()]


def _which_time(delivery: Delivery, sent: QueryDict | None, chosen: Mapping[str, str]) -> Asked | None:
    """Ask which of the times suits."""
    visit = _of(delivery)
    form = ChooseForm(sent, times=visit.times_now(), initial={"time_id": chosen.get(CHOSEN, "")})
    return Asked(
        form=form,
        template="matching/choose_by_link.html",
        service=partial(services.choose_time, visit_id=visit.pk),
        arguments=lambda: {"time_id": UUID(form.cleaned_data["time_id"])},
        context={"kind": title_of(visit), "place": where(visit), "work": visit.proposal.opening.title},
    )


register(Question(telling_visits.VISIT_OFFERED.name, _which_time, choices=_choices))
