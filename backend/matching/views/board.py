"""The allocation board: the week's suggestion, what the coach changes in it, and the drafts it becomes."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.ui.http import ask
from backend.matching import services
from backend.matching.access_log import IN_NEWS, ON_BOARD
from backend.matching.board.allocation import COLUMNS, board_for, explained_pairs
from backend.matching.board.news import DAYS as NEWS_DAYS
from backend.matching.board.news import PAGE_SIZE, news_for
from backend.matching.enums import BanReason, ChoiceKind
from backend.matching.pages.forms import BoardForm, PeriodForm
from backend.matching.views.rankings import said_of_drafts
from backend.participants.access_log import shown

CLEAR = "clear"
LONGEST_PAGE_NUMBER = 5


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= LONGEST_PAGE_NUMBER else 1


@role_required(Role.COACH)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the week's openings with the people suggested for them, and what that does to people's chances."""
    user, at = signed_in(request), timezone.now()
    form = BoardForm(request.GET)
    found = board_for(user, at=at, settings=form.settings, page=_page_number(request))
    shown(request, found.shown, page=ON_BOARD)
    page = Paginator(range(found.openings), COLUMNS).get_page(found.page)
    context = {"board": found, "form": form, "page": page, "ban_reasons": BanReason.choices}
    return render(request, "matching/board.html", context)


@role_required(Role.COACH)
@require_POST
def choose(request: HttpRequest, opening_id: UUID, participant_id: UUID) -> HttpResponse:
    """Keep a pair, refuse it (with a reason at best), or leave it to the matcher again; then solve anew."""
    reason = request.POST.get("ban", "")
    kind = ChoiceKind.BAN.value if reason else request.POST.get("kind")
    pair: dict[str, Any] = {"opening_id": opening_id, "participant_id": participant_id}
    to = f"{_board_with_its_settings(request)}#opening-{opening_id}"
    if kind == CLEAR:
        return ask(request, services.forget_choice, to=to, **pair)
    if kind not in ChoiceKind.values or (reason and reason not in BanReason.values):
        raise Http404
    return ask(request, partial(services.choose_pair, kind=kind, reason=reason), to=to, **pair)


def _board_with_its_settings(request: HttpRequest) -> str:
    return f"{reverse('matching:board')}?{request.POST.get('settings', '')}"


@role_required(Role.COACH)
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Make a draft of each suggestion that was ticked; nobody else is told."""
    pairs = _pairs(request.POST.getlist("pair"))
    if not pairs:
        messages.error(request, _("Tick at least one person first."))
        return redirect(_board_with_its_settings(request))
    board = _board_with_its_settings(request)
    drafts = f"{reverse('matching:proposal_list')}?state=draft"
    return ask(
        request,
        _draft_explained,
        pairs=pairs,
        to=lambda made: drafts if made[0] else board,
        said=partial(said_of_drafts, request),
    )


def _draft_explained(*, pairs: list[tuple[UUID, UUID]], by: User, at: datetime) -> Any:
    why = explained_pairs(pairs, by=by, at=at)
    return services.draft_pairs(explanations=why, by=by, at=at)


def _pairs(texts: list[str]) -> list[tuple[UUID, UUID]]:
    """Read "opening:participant", each once."""
    try:
        keys = [text.split(":") for text in dict.fromkeys(texts)]
        return [(UUID(opening), UUID(participant)) for opening, participant in keys]
    except ValueError as error:
        raise Http404 from error


@role_required(Role.COACH)
@require_GET
def news(request: HttpRequest) -> HttpResponse:
    """Show who of the coach's own people fits anything new."""
    user, at = signed_in(request), timezone.now()
    form = PeriodForm(request.GET, periods=NEWS_DAYS)
    found = news_for(user, at=at, days=form.chosen, page=_page_number(request))
    shown(request, (fit.person for fit in found.fits), page=IN_NEWS)
    page = Paginator(range(found.total), PAGE_SIZE).get_page(found.page)
    return render(request, "matching/news.html", {"news": found, "page": page, "form": form})
