"""Placing somebody without a proposal: from the person, or from the employer."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.accounts.access import persona_required, role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core.text.searching import search
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.employers.enums import OpeningKind, PlacementKind
from backend.employers.models import Employer, Opening, Workplace
from backend.internships import services
from backend.internships.enums import OPEN_INTERNSHIPS, WITHOUT_PROPOSAL
from backend.internships.models import Internship
from backend.internships.pages import presenting
from backend.internships.pages.access_log import IN_LISTS, INTERNSHIP
from backend.internships.pages.consulted import known_of_union
from backend.internships.pages.placing_forms import EmergencyContactForm, PlaceForm, WhereForm
from backend.internships.safeguards.rules import default_end
from backend.matching.going_on import hindrances_of_person, who_wait
from backend.matching.pages.forms import RenewForm
from backend.participants.access_log import open_case, shown
from backend.participants.models import Participant
from backend.participants.services import releasable_items

MOST_FOUND = 25


def _workplaces(reader: User) -> Any:
    theirs = Workplace.objects.filter(employer__in=Employer.objects.decidable_by(reader))
    employers = Employer.objects.decidable_by(reader).with_standing(timezone.localdate())
    return theirs.prefetch_related(Prefetch("employer", employers))


@require_safe
@role_required(Role.COACH)
def place_find(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Find the workplace to which somebody comes without a proposal."""
    person = open_case(request, pk, page=INTERNSHIP)
    text = request.GET.get("q", "").strip()
    found = search(_workplaces(signed_in(request)), text, "", "employer__")[: MOST_FOUND + 1]
    rows = list(found) if text else []
    context = {
        "participant": person,
        "text": text,
        "found": rows[:MOST_FOUND],
        "is_cut": len(rows) > MOST_FOUND,
        "hindrances": [each.label for each in hindrances_of_person(person)],
    }
    return render(request, "internships/place_find.html", context)


@require_safe
@role_required(Role.COACH)
def place_choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose who comes to which of an employer's workplaces without a proposal."""
    coach = signed_in(request)
    employer = get_object_or_404(Employer.objects.decidable_by(coach), pk=pk)
    people = _who_may_come(coach)
    workplaces = employer.workplaces.order_by("name", "pk")
    form = WhereForm(request.GET or None, people=people, workplaces=workplaces)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        return redirect("internships:internship_place", chosen["participant"].pk, chosen["workplace"].pk)
    shown(request, (each.pk for each in people), page=IN_LISTS)
    context = {"form": form, "employer": employer, "has_workplace": workplaces.exists()}
    return render(request, "internships/place_choose.html", context, status=status_of(form))


def _who_may_come(coach: User) -> Any:
    mine = Participant.objects.decidable_by(coach).filter(coach=coach)
    return who_wait(mine).order_by("sort_key", "pk")


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def internship_place(request: HttpRequest, pk: UUID, workplace_pk: UUID) -> HttpResponse:
    """Plan an internship to which no proposal leads."""
    person = open_case(request, pk, page=INTERNSHIP)
    workplace = get_object_or_404(_workplaces(signed_in(request)), pk=workplace_pk)
    today = timezone.localdate()
    made_of = _made_of(person, workplace, signed_in(request), today)
    arranged = {*person.adaptations, *person.adaptations_good, *workplace.adaptations_offered}
    form = PlaceForm(posted(request), arranged=arranged, **made_of)
    if request.method == "POST" and form.is_valid():
        where: dict[str, Any] = {"participant_id": pk, "workplace_id": workplace_pk}
        plan = partial(services.plan_without_proposal, **where, **form.said)
        if answer := ask_form(request, form, plan, said=presenting.who_is_told):
            return answer
    context = {"form": form, "participant": person, "workplace": workplace}
    context["lacks_checks"] = presenting.lacks_checks(form)
    return render(request, "internships/internship_place.html", context, status=status_of(form))


def _made_of(person: Participant, workplace: Workplace, reader: User, today: date) -> dict[str, Any]:
    """Return what the form of a placement is made of: what can be told, which openings, what is known."""
    return {
        "releasable": releasable_items(person),
        "openings": _openings(workplace, today),
        "unions": workplace.employer.on_unions,
        "initial": _first_terms(person, today) | known_of_union(workplace, reader, today=today),
    }


def _openings(workplace: Workplace, today: date) -> Any:
    there = Opening.objects.published(today).filter(workplace=workplace, kind=OpeningKind.INTERNSHIP)
    return there.order_by("title", "pk")


def _first_terms(person: Participant, today: date) -> dict[str, Any]:
    """Return what is known of the terms before anything is written."""
    kind = PlacementKind.ARBETSPRAKTIK
    return {
        "kind": kind,
        "starts_on": today,
        "ends_on": default_end(kind, today),
        "hours_per_week": person.hours_max,
        "agreed_on": today,
    }


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def placement_consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a new consent for a placement to which no proposal led."""
    theirs = Internship.objects.decidable_by(signed_in(request))
    theirs = theirs.filter(state__in=OPEN_INTERNSHIPS, way_in__in=WITHOUT_PROPOSAL)
    internship = get_object_or_404(theirs.select_related("workplace__employer"), pk=pk)
    person = open_case(request, internship.participant_id, page=INTERNSHIP)
    form = RenewForm(posted(request), releasable=releasable_items(person))
    if request.method == "POST" and form.is_valid():
        said = {"item_keys": form.cleaned_data["items"], "means": form.cleaned_data["means"]}
        renew = partial(services.renew_placement_consent, internship_id=pk, **said)
        if answer := ask_form(request, form, renew, to=internship, said=_("The consent is written down.")):
            return answer
    context = {"form": form, "internship": internship, "participant": person}
    return render(request, "internships/placement_consent.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@persona_required(Persona.STAFF, Persona.PARTICIPANT)
def emergency_contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the participant, or the coach for them, say whom the workplace rings when something happens."""
    reader = signed_in(request)
    spoken_for = Participant.objects.spoken_for_by(reader)
    theirs = Internship.objects.visible_to(reader).filter(participant__in=spoken_for).open()
    internship = get_object_or_404(theirs.select_related("participant", "workplace__employer"), pk=pk)
    shown(request, [internship.participant], page=INTERNSHIP)
    form = EmergencyContactForm(posted(request), instance=presenting.contact_of(internship))
    if request.method == "POST" and form.is_valid():
        write = partial(services.write_emergency_contact, internship_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, write, to=internship, said=_("Saved.")):
            return answer
    context = {"form": form, "internship": internship}
    return render(request, "internships/emergency_contact.html", context, status=status_of(form))
