"""Choosing a time from the mail that proposes it, without signing in. The page names nobody."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.http import QueryDict

from backend.core.answering import Asked, Question, register
from backend.core.answering.links import CHOSEN
from backend.core.models import Delivery
from backend.matching import services, telling_visits
from backend.matching.calendar import RELATED, title_of, where
from backend.matching.models import Visit
from backend.matching.pages.visit_forms import ChooseForm
from backend.matching.pages.visits import words_of


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
