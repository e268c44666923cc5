"""What everybody may read of how people are looked after, and tell of a workplace."""

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from backend.accounts.models import User
from backend.core.ui.forms import add_refusal, posted
from backend.core.ui.http import status_of
from backend.employers.models import Employer, Opening
from backend.internships.services import tell_of_elsewhere, tell_of_workplace
from backend.safeguarding.pages.forms import OwnTellForm, TellForm


@login_not_required
@require_safe
def how_we_look_after(request: HttpRequest) -> HttpResponse:
    """Say honestly how those are looked after who come to a workplace."""
    return render(request, "safeguarding/how_we_look_after.html", {})


@login_not_required
@require_http_methods(["GET", "POST"])
def workplace_tell(request: HttpRequest) -> HttpResponse:
    """Let anybody tell that something is wrong at a workplace: no name, no e-mail address."""
    opening = _opening(request)
    if request.method == "POST" and not ratelimit.consume(request, action="tell_of_workplace"):
        answer: HttpResponse = ratelimit.respond_429(request)
        return answer
    user = request.user if isinstance(request.user, User) else None
    form = _form(request, opening, user)
    if request.method == "POST" and form.is_valid() and _told(form, opening, user):
        return redirect("safeguarding:told")
    context = {"form": form, "opening": opening}
    return render(request, "safeguarding/workplace_tell.html", context, status=status_of(form))


@login_not_required
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Thank whoever has told, and say what happens now."""
    return render(request, "safeguarding/told.html", {})


def _form(request: HttpRequest, opening: Opening | None, user: User | None) -> Any:
    """Return the form; which workplace it is about is asked where no opening says so."""
    today = timezone.localdate()
    open_ones = Opening.objects.visible_to(request.user, on=today).published(today).order_by()
    employers = Employer.objects.filter(pk__in=open_ones.values("workplace__employer"))
    shape = OwnTellForm if user else TellForm
    return shape(posted(request), employers=employers.order_by("sort_key", "pk"), opening=opening)


def _told(form: Any, opening: Opening | None, user: User | None) -> bool:
    """Record what was said; nothing is looked up for what is told in words, and the answer is the same."""
    said = dict(form.cleaned_data)
    employer, municipality = said.pop("employer", None), said.pop("municipality", None)
    name, place = said.pop("name", ""), said.pop("place", "")
    known = opening.workplace.employer_id if opening else employer and employer.pk
    where: dict[str, Any] = {"employer_id": known, "workplace_id": opening.workplace_id if opening else None}
    service: Any = tell_of_workplace
    if known is None:
        where = {"municipality_id": municipality and municipality.pk, "name": name, "place": place}
        service = tell_of_elsewhere
    try:
        service(**said, **where, by=user, at=timezone.now())
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _opening(request: HttpRequest) -> Opening | None:
    """Return the opening that the address names, if the reader may know of it; None where it names none."""
    if "plats" not in request.GET:
        return None
    visible = Opening.objects.visible_to(request.user, on=timezone.localdate())
    try:
        key = UUID(request.GET["plats"])
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(visible.select_related("workplace__employer"), pk=key)
