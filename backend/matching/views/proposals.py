"""Proposals, for each reader their own page: coach, employer, participant."""

from collections.abc import Callable, Collection, Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.accounts.access import persona_required, role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.accounts.signing_in.second_factor import fresh_second_factor
from backend.core.text.searching import best_first
from backend.core.ui.excel import excel_response
from backend.core.ui.http import paginate, shown_as
from backend.core.ui.panels import panels_for
from backend.matching.access_log import AS_EMPLOYER, IN_LISTS, PROPOSAL
from backend.matching.models import Proposal
from backend.matching.pages import presenting, visits
from backend.matching.pages.filters import ProposalFilter
from backend.matching.pages.for_employers import listed_to_employer, to_employer
from backend.matching.pages.forms import DeclineForm, WithdrawForm
from backend.matching.pages.next import (
    for_coachs_page,
    for_employers_page,
    next_for_participant,
    told_to_participant,
)
from backend.matching.pages.stands import state_for_participant
from backend.participants.access_log import EXPORT, shown
from backend.participants.telling.told import released_on

STAFF = (Role.COACH, Role.MANAGER)
RELATED = (
    "opening__workplace__employer",
    "participant__unit",
    "participant__user",
    "participant__coach",
    "consent",
)
ORDERS = {
    "age": ("state_changed_at", "pk"),
    "-age": ("-state_changed_at", "pk"),
    "person": ("participant__sort_key", "pk"),
    "-person": ("-participant__sort_key", "pk"),
    "employer": ("opening__workplace__employer__sort_key", "pk"),
    "-employer": ("-opening__workplace__employer__sort_key", "pk"),
}


@require_GET
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Show the reader's list: staff their units' proposals, an employer what was sent to them."""
    lists: dict[str, Callable[[HttpRequest], HttpResponse]] = {
        Persona.EMPLOYER: _list_for_employer,
        Persona.PARTICIPANT: lambda _request: redirect("matching:my_proposals"),
    }
    return lists.get(signed_in(request).persona, _list_for_staff)(request)


def _filtered(request: HttpRequest) -> ProposalFilter:
    rows = Proposal.objects.listed_for(signed_in(request)).select_related(*RELATED)
    return ProposalFilter(request.GET or {}, rows, request=request)


def _ordered(found: ProposalFilter, sort: str | None) -> Any:
    return best_first(found.qs, *ORDERS.get(sort or "age", ORDERS["age"]))


@role_required(*STAFF)
def _list_for_staff(request: HttpRequest) -> HttpResponse:
    found, sort = _filtered(request), request.GET.get("sort", "age")
    page = paginate(request, _ordered(found, sort), filters=found.form.fields)
    today = timezone.localdate()
    shown(request, (each.participant_id for each in page), page=IN_LISTS)
    context = {
        "page": page,
        "rows": [(proposal, presenting.age_in_days(proposal, today)) for proposal in page],
        "filter": found,
        "sort": sort,
        "excel_url": f"{request.path}excel/?{request.GET.urlencode()}",
    }
    return render(request, "matching/proposal_list.html", context)


def _list_for_employer(request: HttpRequest) -> HttpResponse:
    """Show an employer the proposals: those that wait for an answer first, older ones folded by year."""
    related = ("opening__workplace", "participant__coach", "consent")
    sent = Proposal.objects.visible_to(signed_in(request)).select_related(*related)
    waiting = sent.awaiting_employer()
    older = paginate(request, sent.exclude(pk__in=waiting.values("pk")).order_by("-sent_at", "pk"))
    now = list(waiting.order_by("sent_at", "pk")) if older.number == 1 else []
    rows, named = listed_to_employer([*now, *older], on=timezone.localdate())
    shown(request, named, page=IN_LISTS)
    years = groupby(rows[len(now) :], key=lambda row: timezone.localtime(row.sent_at).year)
    context = {
        "waiting": rows[: len(now)],
        "years": [(year, list(those)) for year, those in years],
        "page": shown_as(older, rows[len(now) :]),
    }
    return render(request, "matching/employer_list.html", context)


@role_required(*STAFF)
@require_GET
@fresh_second_factor
def proposal_export(request: HttpRequest) -> HttpResponse:
    """Give the filtered list as an Excel file, and log whose names it holds."""
    rows, today = list(_ordered(_filtered(request), request.GET.get("sort"))), timezone.localdate()
    people = [each.participant_id for each in rows]
    shown(request, people, page=EXPORT)
    headings = [
        _("Participant"),
        _("Opening"),
        _("Employer"),
        _("State"),
        _("Days in this state"),
        _("Sent"),
        _("Job coach"),
    ]
    cells = (_cells(each, presenting.age_in_days(each, today)) for each in rows)
    return excel_response(_("proposals"), headings, cells)


def _cells(proposal: Proposal, age: int) -> list[Any]:
    employer, state = proposal.opening.workplace.employer, proposal.get_state_display()
    person, opening = str(proposal.participant), str(proposal.opening)
    return [person, opening, str(employer), state, age, proposal.sent_at, str(proposal.coach)]


@require_GET
def proposal_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a proposal to whom it concerns, each with what is theirs to read and to do."""
    user = signed_in(request)
    proposal = get_object_or_404(Proposal.objects.visible_to(user).select_related(*RELATED), pk=pk)
    pages = {Persona.EMPLOYER: for_employer, Persona.PARTICIPANT: _for_participant}
    return pages.get(Persona(user.persona), for_coach)(request, proposal)


def for_coach(
    request: HttpRequest, proposal: Proposal, *, form: WithdrawForm | None = None, status: int = 200
) -> HttpResponse:
    """Show everything about the proposal, and note down who looked."""
    user, at = signed_in(request), timezone.now()
    shown(request, [proposal.participant], page=PROPOSAL)
    context = {
        "proposal": proposal,
        **for_coachs_page(proposal, user, at=at),
        "steps": presenting.steps(proposal),
        "timeline": presenting.timeline_of(proposal, user),
        "items": list(proposal.consent.items.all()) if proposal.consent else presenting.asked_for(proposal),
        "left_out": presenting.asked_but_not_told(proposal),
        "contacts": proposal.opening.workplace.employer.contacts(),
        "panels": panels_for("matching.proposal", request, proposal),
        "form": form or WithdrawForm(),
    }
    return render(request, "matching/proposal_coach.html", context, status=status)


def for_employer(
    request: HttpRequest, proposal: Proposal, *, form: DeclineForm | None = None, status: int = 200
) -> HttpResponse:
    """Show what the participant has released, and note down that it was read."""
    user, at = signed_in(request), timezone.now()
    seen = to_employer(proposal, at=at)
    told = seen.told
    if told is not None:
        shown(request, [proposal.participant], page=AS_EMPLOYER)
    context: dict[str, Any] = {"proposal": seen, "told": told, "form": form or DeclineForm()}
    context |= for_employers_page(proposal, seen, user, at=at)
    return render(request, "matching/proposal_employer.html", context, status=status)


def _for_participant(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    items = list(proposal.consent.items.all()) if proposal.consent else presenting.asked_for(proposal)
    is_told = bool(_told_of([proposal]))
    meeting = visits.for_page(proposal, signed_in(request), at=timezone.now())
    context = {
        "proposal": proposal,
        "meeting": meeting,
        "items": presenting.as_read(items),
        "choices": presenting.choices_of(proposal, items),
        "told_heading": told_to_participant(proposal, is_told=is_told),
        "next": next_for_participant(
            proposal, is_told=is_told, meeting=meeting.title if meeting and is_told else ""
        ),
    }
    return render(request, "matching/proposal_participant.html", context)


@persona_required(Persona.PARTICIPANT)
@require_GET
def my_proposals(request: HttpRequest) -> HttpResponse:
    """Show a participant what was asked and sent, the questions first."""
    proposals = Proposal.objects.visible_to(signed_in(request)).select_related(
        "opening__workplace__employer", "consent"
    )
    page = paginate(request, proposals.order_by("-state_changed_at", "pk"))
    told = _told_of(page)
    rows = [
        (each, next_for_participant(each, is_told=each.consent_id in told), state_for_participant(each))
        for each in page
    ]
    return render(request, "matching/my_proposals.html", {"page": page, "rows": rows})


def _told_of(proposals: Iterable[Proposal]) -> Collection[UUID | None]:
    """Return the consents of `proposals` by which an employer may read something today."""
    return released_on(timezone.localdate(), [each.consent for each in proposals if each.consent])
