"""Lasting places: the short form, the calendar, and when they are different."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Persona
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.employers import services
from backend.employers.capacity.calendar import calendar_of
from backend.employers.capacity.forms import ExceptionForm, PlacesForm
from backend.employers.capacity.offering import Offering
from backend.employers.enums import OpeningState
from backend.employers.models import Capacity, CapacityException, Employer, Workplace
from backend.employers.views.access import STAFF, member_required, uuid_in, writer_required


@require_http_methods(["GET", "POST"])
@writer_required
def capacity_create(request: HttpRequest) -> HttpResponse:
    """Offer lasting places in one short form."""
    workplaces = Workplace.objects.writable_by(request.user)
    if "employer" in request.GET:
        workplaces = workplaces.filter(employer=uuid_in(request.GET["employer"]))
    if not workplaces.exists():
        return redirect(f"{reverse('employers:workplace_create')}?{request.GET.urlencode()}".rstrip("?"))
    form = PlacesForm(posted(request), workplaces=workplaces)
    if request.method == "POST" and form.is_valid():
        said = {"fields": form.facts, "days": form.days}
        way: dict[str, Any] = {"to": _page_of, "said": _said_of_offered}
        if answer := ask_form(request, form, services.offer_places, **way, **said):
            return answer
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
@writer_required
def capacity_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change how many, on which days and when."""
    theirs = Capacity.objects.editable_by(request.user).for_calendar()
    capacity = get_object_or_404(theirs, pk=pk)
    workplaces = Workplace.objects.writable_by(request.user).filter(employer=capacity.workplace.employer_id)
    days = {**Offering(capacity).week}
    form = PlacesForm(posted(request), workplaces=workplaces, capacity=capacity, days=days)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"capacity": capacity, "fields": form.facts, "days": form.days}
        if answer := ask_form(request, form, services.change_places, to=_page_of, said=_("Saved."), **what):
            return answer
    return _form(request, form, capacity)


@require_GET
def capacity_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the calendar of one capacity, and when it is different."""
    visible = Capacity.objects.visible_to(request.user).for_calendar()
    return _detail(request, get_object_or_404(visible, pk=pk), ExceptionForm())


@require_GET
@member_required
def capacity_calendar(request: HttpRequest) -> HttpResponse:
    """Show the calendar of all lasting places of the reader's own employers."""
    own = Capacity.objects.visible_to(request.user).offered(timezone.localdate()).for_calendar()
    back = (_("Lasting places"), reverse("employers:capacity_list"))
    may_write = Employer.objects.writable_by(request.user).exists()
    offer = reverse("employers:capacity_create") if may_write else ""
    return _calendar(request, list(own), offer_url=offer, back=back)


@require_GET
@role_required(*STAFF)
def employer_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show staff the calendar of an employer's lasting places."""
    employer = get_object_or_404(Employer.objects.decidable_by(request.user), pk=pk)
    visible = Capacity.objects.visible_to(request.user).offered(timezone.localdate())
    theirs = visible.filter(workplace__employer=employer).for_calendar()
    back = (str(employer), reverse("employers:employer_detail", args=[pk]))
    offer = f"{reverse('employers:capacity_create')}?employer={pk}"
    return _calendar(request, list(theirs), offer_url=offer, back=back)


@require_POST
@writer_required
def exception_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say when lasting places are closed, have other hours or take nobody new."""
    theirs = Capacity.objects.editable_by(request.user).for_calendar()
    capacity = get_object_or_404(theirs, pk=pk)
    form = ExceptionForm(request.POST)
    if form.is_valid():
        way = {"to": reverse("employers:capacity_detail", args=[pk]), "said": _("It stands in the calendar.")}
        if answer := ask_form(
            request, form, services.add_exception, capacity_id=pk, **way, **form.cleaned_data
        ):
            return answer
    return _detail(request, capacity, form)


@require_POST
@writer_required
def exception_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what was said of some days."""
    mine = Capacity.objects.editable_by(request.user)
    row = get_object_or_404(CapacityException.objects.filter(capacity__in=mine), pk=pk)
    to = reverse("employers:capacity_detail", args=[row.capacity_id])
    return ask(request, services.withdraw_exception, exception_id=pk, to=to, said=_("Taken back."))


def _page_of(capacity: Capacity) -> str:
    return reverse("employers:capacity_detail", args=[capacity.pk])


def _said_of_offered(capacity: Capacity) -> str:
    if capacity.opening.state == OpeningState.AWAITING_APPROVAL:
        return _("Registered. A job coach reads it first, and then people are matched with it.")
    return _("Registered. Job coaches see your places now.")


def _form(request: HttpRequest, form: PlacesForm, capacity: Capacity | None) -> HttpResponse:
    back = _page_of(capacity) if capacity else _list_of(request)
    context = {"form": form, "capacity": capacity, "back": back}
    return render(request, "employers/capacity/places_form.html", context, status=status_of(form))


def _list_of(request: HttpRequest) -> str:
    is_own = signed_in(request).persona == Persona.EMPLOYER
    return reverse("employers:capacity_list" if is_own else "employers:employer_list")


def _detail(request: HttpRequest, capacity: Capacity, form: ExceptionForm) -> HttpResponse:
    today = timezone.localdate()
    exceptions = list(capacity.exceptions.all())
    context = {
        "capacity": capacity,
        "days": list(Offering(capacity).week.values()),
        "calendar": calendar_of([capacity], since=_since(request, today), today=today),
        "standing": [each for each in exceptions if each.stands and each.last_on >= today],
        "earlier": [each for each in exceptions if not each.stands or each.last_on < today],
        "may_write": Capacity.objects.editable_by(request.user).filter(pk=capacity.pk).exists(),
        "form": form,
        "back": _list_of(request),
    }
    return render(request, "employers/capacity/capacity_detail.html", context, status=status_of(form))


def _calendar(
    request: HttpRequest, capacities: list[Capacity], *, offer_url: str, back: tuple[str, str]
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "capacities": capacities,
        "calendar": calendar_of(capacities, since=_since(request, today), today=today),
        "offer_url": offer_url,
        "back": back,
    }
    return render(request, "employers/capacity/calendar.html", context)


def _since(request: HttpRequest, today: date) -> date:
    """Return the day in whose week the calendar begins; what is no day of ours is today."""
    try:
        since = date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return today
    return since if abs((since - today).days) < 5 * 366 else today
