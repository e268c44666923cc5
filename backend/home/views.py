"""The start page, and one home per role."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.accounts.models import Invitation, Municipality, User
from backend.accounts.staff.listing import staff_of
from backend.accounts.undelivered.services import failed_for
from backend.activities.models import ActivitySession
from backend.core.running.schedule import faults
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.employers.enums import OpeningKind
from backend.employers.models import Employer, EmployerMembership, Opening
from backend.employers.pages.next import next_about_member
from backend.home import services
from backend.home.cases.open_cases import caseload_of, to_hand_over, units_without_anybody
from backend.home.day.my_day import Day, day_of_coach, manager_day
from backend.home.forms import HandOverForm, PutOffForm, PutOffRedForm
from backend.home.next_step import next_step_of
from backend.home.search import page_of, search_everything
from backend.internships.models import FollowUp, Internship
from backend.internships.pages.for_employers import (
    RELATED,
    RELATED_TO_FOLLOW_UP,
    agreement_waits_for,
    asked_of_employer,
    placements_at_employer,
    thanks_to,
)
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.pages.for_employers import listed_to_employer
from backend.matching.pages.visits import with_visits
from backend.participants.access_log import HAND_OVER, register_page, shown
from backend.participants.forms import coaches_of
from backend.participants.services import hand_over

NEWEST = 6
MY_DAY, EMPLOYERS_HOME, SEARCH = "home.my_day", "home.employer", "home.search"
LONGEST_SEARCH = 100
for page in (MY_DAY, EMPLOYERS_HOME, SEARCH):
    register_page(page)


@login_not_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show what this is, the newest openings, and the three doors."""
    published = Opening.objects.published(timezone.localdate())
    newest = published.select_related("workplace__employer").order_by("-published_at", "pk")[:NEWEST]
    context = {
        "newest": newest,
        "internships": published.filter(kind=OpeningKind.INTERNSHIP).count(),
        "jobs": published.filter(kind=OpeningKind.JOB).count(),
    }
    return render(request, "home/start.html", context)


@require_GET
def my_home(request: HttpRequest) -> HttpResponse:
    """Show the reader's own home: what awaits them, by persona and role."""
    user = signed_in(request)
    if user.persona == Persona.STAFF:
        return _staff_home(request, user)
    homes: dict[str, Callable[[HttpRequest, User], HttpResponse]] = {
        Persona.EMPLOYER: _employer_home,
        Persona.PARTICIPANT: _participant_home,
        Persona.AGENCY: lambda _request, _user: redirect("cooperation:my_packages"),
    }
    return homes[user.persona](request, user)


def _staff_home(request: HttpRequest, user: User) -> HttpResponse:
    if user.has_role(Role.COACH):
        return _day(request, day_of_coach(user, today=timezone.localdate()))
    if user.has_role(Role.MANAGER):
        return _manager_home(request, user)
    municipalities = Municipality.objects.run_by(user)
    reachable = municipalities.filter(contacts__valid_from__lte=timezone.localdate())
    context = {
        "units": units_without_anybody(user),
        "undelivered": failed_for(user).count(),
        "jobs_wrong": faults(at=timezone.now()).any,
        "invited": Invitation.objects.open().filter(user__in=staff_of(user)).count(),
        "municipalities": municipalities,
        "reachable": set(reachable.values_list("pk", flat=True)),
    }
    return render(request, "home/administrator.html", context)


def _manager_home(request: HttpRequest, user: User) -> HttpResponse:
    """Show what waits for the manager's decision; when nothing does, the overview."""
    day = Day(manager_day(user, today=timezone.localdate()), aside=[])
    return _day(request, day, is_manager=True) if day.rows else redirect("reports:overview")


def _day(request: HttpRequest, day: Day, *, is_manager: bool = False) -> HttpResponse:
    shown(request, day.people, page=MY_DAY)
    context = {"day": day, "today": timezone.localdate(), "is_manager": is_manager}
    return render(request, "home/my_day.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def put_off(request: HttpRequest, matter: str, pk: UUID) -> HttpResponse:
    """Let something in My day wait until a day, for a reason."""
    day = day_of_coach(signed_in(request), today=timezone.localdate())
    todo = day.about(matter, pk)
    if todo is None or not todo.may_wait:
        raise Http404
    form = (PutOffRedForm if todo.is_red else PutOffForm)(posted(request))
    shown(request, [todo.person] if todo.person else [], page=MY_DAY)
    if request.method == "POST" and form.is_valid():
        what = partial(services.put_off, matter=matter, thing=pk, **form.cleaned_data)
        if answer := ask_form(request, form, what, to="home:my_home", said=_("It is put off.")):
            return answer
    context = {"todo": todo, "form": form}
    return render(request, "home/put_off.html", context, status=status_of(form))


@require_POST
@role_required(Role.COACH)
def note_as_done(request: HttpRequest, matter: str, pk: UUID) -> HttpResponse:
    """Be done with what was only to be known."""
    what: dict[str, Any] = {"matter": matter, "thing": pk}
    return ask(request, services.note_as_done, to="home:my_home", said=_("It is done with."), **what)


@require_POST
@role_required(Role.COACH)
def take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let what was put aside stand in My day again."""
    said = _("It stands in your day again.")
    return ask(request, services.take_up, set_aside_id=pk, to="home:my_home", said=said)


@require_http_methods(["GET", "POST"])
@role_required(Role.MANAGER, Role.COACH)
def hand_over_cases(request: HttpRequest) -> HttpResponse:
    """Give cases another coach: those without one, or for a manager those of a coach who is to leave."""
    user = signed_in(request)
    coaches = coaches_of(user.unit_ids(Role.MANAGER))
    of = _named(coaches, request.GET.get("coach", ""))
    cases = caseload_of(of, user) if of else to_hand_over(user)
    form = HandOverForm(posted(request), cases=cases)
    if request.method == "POST" and form.is_valid():
        keys = [each.pk for each in form.cleaned_data["cases"]]
        move = partial(hand_over, participant_ids=keys, coach=form.cleaned_data["coach"])
        if answer := ask_form(request, form, move, to="home:my_home", said=_("The cases are handed over.")):
            return answer
    shown(request, cases, page=HAND_OVER)
    context = {"form": form if cases else None, "of": of, "coaches": coaches}
    return render(request, "home/hand_over.html", context, status=status_of(form))


def _named(coaches: QuerySet[User], key: str) -> User | None:
    """Return which of `coaches` the address names."""
    return next((each for each in coaches if str(each.pk) == key), None)


def _employer_home(request: HttpRequest, user: User) -> HttpResponse:
    employers = Employer.objects.of(user)
    if not employers.exists():
        return redirect("employers:register")
    return render(request, "home/employer.html", _employer_context(request, user))


def _employer_context(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return what an employer's home shows: what waits, what goes on, what is offered, what came of it."""
    today = timezone.localdate()
    visible = Internship.objects.visible_to(user).annotate(agreement_waits=agreement_waits_for(user))
    current = list(visible.select_related(*RELATED).order_by("starts_on", "pk"))
    due = FollowUp.objects.due_from_employer(user, on=today).select_related(*RELATED_TO_FOLLOW_UP)
    people = {each.participant_id for each in current} | {each.internship.participant_id for each in due}
    openings = Opening.objects.editable_by(user).select_related("workplace")
    awaiting = Proposal.objects.decidable_by(user).awaiting_employer()
    awaiting = awaiting.select_related("opening", "participant__coach", "consent").order_by("sent_at", "pk")
    listed, named = listed_to_employer(with_visits(awaiting), on=today)
    markable = ActivitySession.objects.markable_by(user, on=today)
    shown(request, people | set(named), page=EMPLOYERS_HOME)
    return {
        "requests": [
            (each, next_about_member(each, may_decide=True, is_only_administrator=False))
            for each in EmployerMembership.objects.waiting_for(user)
        ],
        "waiting": [each for each in listed if each.state == ProposalState.SENT],
        "to_meet": [each for each in listed if each.state == ProposalState.INTERVIEW],
        "ongoing": placements_at_employer(current, on=today),
        "to_mark": markable.unmarked().started(timezone.now()).count(),
        "asked": asked_of_employer(user, due, current, on=today),
        "openings": openings.not_over()[:10],
        "has_had_openings": openings.exists,
        "may_write": Employer.objects.writable_by(user).exists(),
        **thanks_to(Employer.objects.of(user)),
        "year": str(today.year),
    }


def _participant_home(request: HttpRequest, user: User) -> HttpResponse:
    return render(request, "home/participant.html", {"next": next_step_of(user, today=timezone.localdate())})


@require_GET
@role_required(*Role)
def search(request: HttpRequest) -> HttpResponse:
    """Show what is called so, of all that the reader may see; a single hit is gone to at once."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = search_everything(signed_in(request), text, on=timezone.localdate()) if text else []
    hits = [row for part in found for row in part.rows]
    if len(hits) == 1:
        return redirect(page_of(hits[0]))
    shown(request, (row for part in found if part.name == "people" for row in part.rows), page=SEARCH)
    context = {"text": text, "found": found, "count": sum(part.count for part in found)}
    return render(request, "home/search.html", context)
