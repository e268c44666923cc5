"""One internship: planned, started, ended."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.core.ui.panels import panels_for
from backend.employers.enums import PlacementKind
from backend.employers.models import Opening
from backend.internships import services
from backend.internships.enums import WayIn
from backend.internships.models import Concern, Internship
from backend.internships.pages import for_employers, presenting
from backend.internships.pages.access_log import CONCERN, INTERNSHIP
from backend.internships.pages.agreements import standing_of
from backend.internships.pages.consulted import known_of_union
from backend.internships.pages.evaluating import evaluations_of
from backend.internships.pages.for_employers import RELATED, about_placement
from backend.internships.pages.forms import ConcernForm, OutcomeForm
from backend.internships.pages.moves import MOVES
from backend.internships.pages.next import (
    may_be_corrected,
    next_about_certificate,
    next_about_concern,
    next_for_side,
    next_for_staff,
    warning_before,
)
from backend.internships.pages.plan_forms import PlanForm
from backend.internships.safeguards.plans import told_and_offered
from backend.internships.safeguards.rules import default_end
from backend.internships.safeguards.signed import unsigned_of
from backend.matching.models import Proposal
from backend.participants.access_log import shown


@require_GET
def internship_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one internship to the coach, the employer or the participant."""
    reader, today = signed_in(request), timezone.localdate()
    theirs = Internship.objects.read_by(reader, on=today).select_related("participant", "opening", *RELATED)
    internship = get_object_or_404(theirs, pk=pk)
    shown(request, [internship.participant], page=INTERNSHIP)
    if reader.persona == Persona.EMPLOYER:
        context = for_employers.context_for(internship, reader, on=today)
        context |= {"agreement": standing_of(internship, reader, on=today)}
        return render(request, "internships/employer_internship.html", context)
    panels = panels_for("internships.internship", request, internship)
    return render(
        request, "internships/internship_detail.html", {**_details(internship, reader), "panels": panels}
    )


def _details(internship: Internship, reader: User) -> dict[str, Any]:
    is_staff, today = reader.persona == Persona.STAFF, timezone.localdate()
    decisions = presenting.decisions(internship) if is_staff else []
    employments, check_ins = (
        list(internship.employments.all()),
        internship.follow_ups.filter(cancelled_at=None),
    )
    may: dict[str, Any] = {
        "may_decide": Internship.objects.decidable_by(reader).filter(pk=internship.pk).exists(),
        "may_manage": Internship.objects.managed_by(reader).filter(pk=internship.pk).exists(),
    }
    concerns = Concern.objects.visible_to(reader).filter(internship=internship).order_by("raised_at", "pk")
    editions = list(internship.certificates.current())
    extensions = presenting.extensions(internship) if is_staff else []
    decided = presenting.said_of_placement(internship, decisions)
    what: dict[str, Any] = {"has_job": bool(employments), "today": today, "decided": decided}
    what["extension"] = presenting.said_of(extensions)
    what["unsigned"] = unsigned_of(internship) if may["may_decide"] else None
    return {
        "internship": internship,
        "next": next_for_staff(internship, **may, **what) if is_staff else None,
        "is_staff": is_staff,
        "decisions": decisions,
        "extensions": extensions,
        "may_manage": may["may_manage"],
        "follow_ups": [(each, next_for_side(each, reader.persona, today=today)) for each in check_ins],
        "evaluations": evaluations_of(internship, reader, today=today),
        "employments": employments,
        "certificate": next_about_certificate(
            internship, editions, may_decide=may["may_decide"], is_own=not is_staff
        ),
        "may_add_follow_up": may["may_decide"] and internship.state in services.GOING_ON,
        "may_record": may_be_corrected(internship, may_decide=may["may_decide"]),
        "concerns": [(each, next_about_concern(each, **may)) for each in concerns],
        "agreement": standing_of(internship, reader, on=today),
        "plan": presenting.plan_of(internship),
        "contact": presenting.contact_of(internship),
        "contact_url": presenting.page_of_contact(internship, may_write=may["may_decide"] or not is_staff),
        "steps": presenting.steps(internship),
        "timeline": presenting.timeline_of(internship, reader),
    }


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def internship_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan the internship of an accepted proposal."""
    related = ("opening__workplace__employer", "opening__capacity", "participant", "consent")
    proposals = Proposal.objects.handled_by(signed_in(request)).select_related(*related)
    proposal = get_object_or_404(proposals, pk=pk)
    shown(request, [proposal.participant_id], page=INTERNSHIP)
    may_be = _adaptations(proposal)
    form = PlanForm(posted(request), initial=_first_terms(proposal, signed_in(request)), **may_be)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"proposal_id": pk, "back": proposal, **form.cleaned_data}
        if answer := ask_form(request, form, services.plan_internship, said=presenting.who_is_told, **what):
            return answer
    context = {"form": form, "proposal": proposal, "lacks_checks": presenting.lacks_checks(form)}
    return render(request, "internships/internship_plan.html", context, status=status_of(form))


def _adaptations(proposal: Proposal) -> dict[str, Any]:
    """Return what may be agreed on of adaptations, and what is likely."""
    opening = proposal.opening
    of = Internship(way_in=WayIn.PROPOSAL, proposal=proposal, opening=opening, workplace=opening.workplace)
    told, offered = told_and_offered(of)
    unions = opening.workplace.employer.on_unions
    return {"arranged": told | offered, "fits": told & offered, "unions": unions}


def _first_terms(proposal: Proposal, reader: User) -> dict[str, Any]:
    """Return what the opening already says of the terms."""
    opening, today = proposal.opening, timezone.localdate()
    kind = opening.capacity.placement_kind if opening.capacity else PlacementKind.ARBETSPRAKTIK
    starts_on = max(opening.starts_on or today, today)
    return known_of_union(opening.workplace, reader, today=today) | {
        "kind": kind,
        "supervisor_name": opening.supervisor_name,
        "tasks": opening.description,
        "hours_per_week": min(filter(None, (opening.hours_max, proposal.participant.hours_max))),
        "starts_on": starts_on,
        "ends_on": _likely_end(opening, kind, starts_on),
    }


def _likely_end(opening: Opening, kind: str, starts_on: date) -> date | None:
    """Return the opening's last day, or the longest by the rule of the kind where that comes first.

    Lasting places have a span of years, which is nobody's placement.
    """
    ends = [opening.ends_on, default_end(kind, starts_on)]
    return min((day for day in ends if day and day >= starts_on), default=None)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def internship_move(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Start, complete, end early or call off an internship, after saying what will happen."""
    move = MOVES[verb]
    theirs = Internship.objects.decidable_by(signed_in(request))
    internship = get_object_or_404(theirs.select_related("participant", "workplace__employer"), pk=pk)
    shown(request, [internship.participant_id], page=INTERNSHIP)
    form = move.form(posted(request), initial=_likely_days(internship))
    if request.method == "POST" and form.is_valid():
        write = partial(move.service, internship_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, write, to=internship, said=presenting.who_is_told):
            return answer
    warning = warning_before(verb, internship)
    context = {"form": form, "internship": internship, "move": move, "warning": warning}
    return render(request, "internships/internship_move.html", context, status=status_of(form))


def _likely_days(internship: Internship) -> dict[str, Any]:
    last = min(internship.ends_on, timezone.localdate())
    days = {"started_on": internship.starts_on, "ended_on": last, "from_on": last, "resumed_on": last}
    return days | ({"back_on": internship.pause.back_on} if internship.pause else {})


@require_http_methods(["GET", "POST"])
def concern_raise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let anybody in the internship say that something is wrong."""
    reader = signed_in(request)
    readable = Internship.objects.read_by(reader, on=timezone.localdate())
    internship = get_object_or_404(readable.select_related("workplace"), pk=pk)
    shown(request, [internship.participant_id], page=CONCERN)
    form = ConcernForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = _("Thank you for telling. Your job coach reads it today or the next working day.")
        concern = partial(services.raise_concern, internship_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, concern, to=internship, said=said):
            return answer
    context = {"form": form, **about_placement(internship)}
    return render(request, "internships/concern_raise.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH, Role.MANAGER)
def concern_handle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write what was done about a concern."""
    theirs = Concern.objects.visible_to(signed_in(request)).filter(internship__isnull=False)
    concern = get_object_or_404(theirs.select_related("internship", "raised_by"), pk=pk, handled_at=None)
    shown(request, [concern.placement.participant_id], page=CONCERN)
    form = OutcomeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        handle = partial(services.handle_concern, concern_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, handle, to=concern.internship, said=_("Noted.")):
            return answer
    context = {"form": form, "concern": concern}
    return render(request, "internships/concern_handle.html", context, status=status_of(form))
