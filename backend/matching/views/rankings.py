"""People for an opening, and openings for a person."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.clock import day_of
from backend.core.ui.http import ask
from backend.core.ui.lists import remember, way_back
from backend.employers.models import Opening
from backend.matching import services
from backend.matching.access_log import IN_RANKING
from backend.matching.pages import presenting
from backend.matching.pages.filters import CandidateFilter, OpeningForPersonFilter
from backend.matching.rankings import judged
from backend.matching.rankings.before_asking import known_of_place, with_known
from backend.matching.rankings.learning import worth_learning, would_open_for
from backend.matching.rankings.matches import match_of
from backend.matching.rankings.ranked import Ranked
from backend.matching.rankings.ranking import rank_for_opening, rank_for_participant
from backend.participants.access_log import shown
from backend.participants.models import Participant


def _page(ranked: Ranked[Any]) -> Page[Any]:
    """Return the pages of a ranking for layouts/list.html; the rows are in the ranking already."""
    return Paginator(range(ranked.total), ranked.size).get_page(ranked.page)


@role_required(Role.COACH)
@require_GET
def candidates(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """Show who fits an opening, why, and who does not."""
    user, at = signed_in(request), timezone.now()
    openings = Opening.objects.decidable_by(user).select_related("workplace__employer", "occupation")
    opening = get_object_or_404(with_known(openings.with_standing(day_of(at)), on=day_of(at)), pk=opening_id)
    chosen = CandidateFilter(request.GET, request=request)
    narrowing = chosen.narrowing(page=request.GET.get("page"))
    remember(request, chosen.form.fields)
    ranked = rank_for_opening(opening, by=user, at=at, narrowing=narrowing)
    shown(request, (match.subject for match in (*ranked.matches, *ranked.near)), page=IN_RANKING)
    context: dict[str, Any] = {"opening": opening, "ranked": ranked, "page": _page(ranked), "filter": chosen}
    context |= presenting.of_ranking(ranked, opening=opening)
    context["known"] = known_of_place(opening)
    context |= judged.beside(context["rows"])
    return render(request, "matching/candidates.html", context)


@role_required(Role.COACH)
@require_GET
def openings_for(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Show which openings fit a person, and why."""
    user, at = signed_in(request), timezone.now()
    people = Participant.objects.matched_by(user)
    participant = get_object_or_404(people, pk=participant_id)
    chosen = OpeningForPersonFilter(request.GET, request=request)
    narrowing = chosen.narrowing(page=request.GET.get("page"))
    remember(request, chosen.form.fields)
    ranked = rank_for_participant(participant, by=user, at=at, narrowing=narrowing)
    shown(request, [participant], page=IN_RANKING)
    context = {"participant": participant, "ranked": ranked, "page": _page(ranked), "filter": chosen}
    rows = presenting.of_ranking(ranked, person=participant)
    return render(request, "matching/openings_for.html", context | rows)


@role_required(Role.COACH)
@require_GET
def why(request: HttpRequest, opening_id: UUID, participant_id: UUID) -> HttpResponse:
    """Show line by line why a person fits an opening as they do."""
    user, at = signed_in(request), timezone.now()
    openings = Opening.objects.decidable_by(user).select_related("workplace__employer")
    opening = get_object_or_404(openings.with_standing(day_of(at)), pk=opening_id)
    people = Participant.objects.matched_by(user)
    participant = get_object_or_404(people, pk=participant_id)
    shown(request, [participant], page=IN_RANKING)
    match = match_of(opening, participant, at=at)
    context = {"opening": opening, "participant": participant, "match": match}
    facts = presenting.facts_of_person(match, opening)
    return render(request, "matching/why.html", context | {"facts": facts})


@role_required(Role.COACH)
@require_GET
def skills_to_learn(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Show which single skill, or other condition, would bring a person within reach of most openings."""
    user, at = signed_in(request), timezone.now()
    people = Participant.objects.matched_by(user)
    participant = get_object_or_404(people, pk=participant_id)
    shown(request, [participant], page=IN_RANKING)
    context = {
        "participant": participant,
        "changes": would_open_for(participant, by=user, at=at),
        "skills": worth_learning(participant, by=user, at=at),
    }
    return render(request, "matching/skills_to_learn.html", context)


@role_required(Role.COACH)
@require_POST
def draft_create(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """Make a draft for each participant that was ticked; nobody else is told."""
    opening = get_object_or_404(Opening.objects.decidable_by(signed_in(request)), pk=opening_id)
    keys = _keys(request.POST.getlist("participant"))
    if not keys:
        messages.error(request, _("Tick at least one person first."))
        return redirect(way_back(request, "matching:candidates", opening.pk))
    what: dict[str, Any] = {"opening_id": opening_id, "participant_ids": keys}
    said = partial(said_of_drafts, request)
    return ask(request, services.draft_proposals, to=partial(_after, keys), said=said, **what)


def _after(keys: list[UUID], made: tuple[list[Any], list[str]]) -> str:
    """Return where the only draft is gone on with, or where all of them stand."""
    if len(keys) == len(made[0]) == 1:
        return reverse("matching:propose", args=[made[0][0].opening_id, keys[0]])
    return f"{reverse('matching:proposal_list')}?state=draft"


def said_of_drafts(request: HttpRequest, made: tuple[list[Any], list[str]]) -> str:
    """Tell why some got no draft, and say how many did."""
    drafts, refusals = made
    for refusal in refusals:
        messages.error(request, refusal)
    if not drafts:
        return ""
    count = ngettext("%(n)s draft is made.", "%(n)s drafts are made.", len(drafts)) % {"n": len(drafts)}
    return f"{count} " + _("Choose in each what may be told.")


def _keys(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in dict.fromkeys(texts)]
    except ValueError as error:
        raise Http404 from error
