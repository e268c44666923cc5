"""Replies that an organisation keeps, written by those who may write in its name."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.employers import services
from backend.employers.models import Employer
from backend.employers.replies.forms import ReplyForm
from backend.employers.replies.kept import replies_of, reply_with
from backend.employers.views.access import page_of_employer, writer_required


def _list_of(pk: UUID) -> str:
    return reverse("employers:reply_list", args=[pk])


@require_GET
@writer_required
def reply_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List an organisation's replies: the programme's, and its own instead and beside."""
    employer = get_object_or_404(Employer.objects.writable_by(request.user), pk=pk)
    context = {"employer": employer, "home": page_of_employer(request, pk), "replies": replies_of(pk)}
    return render(request, "employers/reply_list.html", context)


@require_http_methods(["GET", "POST"])
@writer_required
def reply_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a new reply."""
    return _write(request, pk, key="", initial={})


@require_http_methods(["GET", "POST"])
@writer_required
def reply_edit(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Change a reply; one of the programme's becomes the organisation's own."""
    get_object_or_404(Employer.objects.writable_by(request.user), pk=pk)
    if (reply := reply_with(key, replies_of(pk))) is None:
        raise Http404
    initial = {"answer": reply.answer, "title": reply.title, "text": reply.text}
    return _write(request, pk, key=key, initial=initial)


@require_POST
@writer_required
def reply_remove(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Take a reply away."""
    way: dict[str, Any] = {"to": _list_of(pk), "said": _("The reply is removed.")}
    return ask(request, services.remove_reply, employer_id=pk, key=key, **way)


def _write(request: HttpRequest, pk: UUID, *, key: str, initial: dict[str, str]) -> HttpResponse:
    employer = get_object_or_404(Employer.objects.writable_by(request.user), pk=pk)
    form = ReplyForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        write = partial(services.write_reply, employer_id=pk, key=key, **form.cleaned_data)
        if answer := ask_form(request, form, write, to=_list_of(pk), said=_("The reply is kept.")):
            return answer
    home = page_of_employer(request, pk)
    context = {"employer": employer, "home": home, "form": form, "key": key, "back": _list_of(pk)}
    return render(request, "employers/reply_form.html", context, status=status_of(form))
