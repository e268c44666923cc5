"""What is done to an opening, or to several of the reader's own at once, from the list of one's openings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.core.ui.panels import panels_for
from backend.employers import services
from backend.employers.forms.stopping import PauseForm
from backend.employers.models import Opening, OpeningQuerySet
from backend.employers.pages import effects
from backend.employers.services import Act, Outcome
from backend.employers.views.access import member_required, uuid_in

MOST = 100


@require_POST
def opening_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a draft with the words of an opening, and lead to where it is written on."""
    said = _("This is a copy. Look at the days, change what is different, and publish it.")
    return ask(request, services.copy_opening, opening_id=pk, to=_editor, said=said, back=_page(pk))


def _page(pk: UUID) -> str:
    return reverse("employers:opening_detail", args=[pk])


def _editor(opening: Opening) -> str:
    return reverse("employers:opening_edit", args=[opening.pk])


@member_required
@require_http_methods(["GET", "POST"])
def several(request: HttpRequest) -> HttpResponse:
    """Ask once before something is done to several openings, and say of each what became of it."""
    chosen, act = _chosen(request), request.GET.get("act", "")
    if act not in Act or not chosen:
        messages.info(request, _("Choose openings in the list first."))
        return redirect("employers:my_openings")
    form = PauseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"opening_ids": [each.pk for each in chosen], "act": Act(act)}
        what |= form.cleaned_data if act == Act.PAUSE else {}
        way: dict[str, Any] = {"to": _list, "said": lambda done: _said(request, Act(act), done)}
        if answer := ask_form(request, form, services.act_on_openings, **way, **what):
            return answer
    return render(
        request, "employers/several.html", _asked(request, chosen, Act(act), form), status=status_of(form)
    )


def _chosen(request: HttpRequest) -> list[Opening]:
    keys = [uuid_in(each) for each in request.GET.getlist("opening")[:MOST]]
    own: OpeningQuerySet = Opening.objects.editable_by(request.user).filter(pk__in=keys)
    return list(own.order_by("title", "pk"))


def _asked(request: HttpRequest, chosen: list[Opening], act: Act, form: PauseForm) -> dict[str, Any]:
    """Return what the page says before it is done; a day is asked for a pause alone."""
    said = {
        Act.PAUSE: effects.of_pausing(),
        Act.CLOSE: effects.of_closing(),
        Act.REFRESH: effects.of_refreshing(),
    }
    stops = act != Act.REFRESH
    return {
        "openings": chosen,
        "title": act.label,
        "effects": said[act],
        "recipients": effects.recipients() if stops else [],
        "form": form if act == Act.PAUSE else None,
        "panels": panels_for("employers.stopping", request, chosen) if stops else [],
    }


def _list(_done: list[Outcome]) -> str:
    return reverse("employers:my_openings")


def _said(request: HttpRequest, act: Act, done: list[Outcome]) -> str:
    """Say how many went through; what did not is said of each, with the reason."""
    for each in done:
        if each.refused:
            messages.warning(request, f"{each.opening}: {each.refused}")
    through = sum(not each.refused for each in done)
    if not through:
        return ""
    words = {
        Act.REFRESH: ngettext("%(n)s opening is confirmed.", "%(n)s openings are confirmed.", through),
        Act.PAUSE: ngettext("%(n)s opening is paused.", "%(n)s openings are paused.", through),
        Act.CLOSE: ngettext("%(n)s opening is closed.", "%(n)s openings are closed.", through),
    }
    return words[act] % {"n": through}
