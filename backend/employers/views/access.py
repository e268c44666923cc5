"""Where an employer's account stands before it may use the employer's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona, Role
from backend.core.ui.lists import way_back
from backend.employers.models import Employer, Opening

View = Callable[..., HttpResponse]
STAFF = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)


class Back(NamedTuple):
    """The list that a page belongs to, for its reader."""

    label: str
    url: str


def member_required(view: View) -> View:
    """Open a view to those who speak for an employer; an account that does not yet is led to register."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = signed_in(request)
        if user.persona != Persona.EMPLOYER:
            raise Http404
        if not Employer.objects.of(user).exists():
            return redirect("employers:register")
        return view(request, *args, **kwargs)

    return guarded


def writer_required(view: View) -> View:
    """Open a view to those who may write in an employer's name: staff too, supervisors not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = signed_in(request)
        if user.persona == Persona.STAFF and user.municipality_ids():
            return view(request, *args, **kwargs)
        return member_required(write)(request, *args, **kwargs)

    def write(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not Employer.objects.writable_by(request.user).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def follows_merger(view: View) -> View:
    """Lead from the address of an employer that was merged into another to the same page of that one.

    What was sent is not written there: whoever sent it sees which employer it is now, and decides anew.
    """

    @wraps(view)
    def followed(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, pk, *args, **kwargs)
        except Http404:
            gone = _merged(request, pk)
            if gone is None:
                raise
        if request.method == "POST":
            words = _("%(gone)s is part of %(employer)s now. Nothing was saved: look, and do it here.")
            messages.warning(request, words % {"gone": gone, "employer": gone.current})
            return redirect(page_of_employer(request, gone.current.pk))
        return redirect(request.get_full_path().replace(str(pk), str(gone.current.pk), 1), permanent=True)

    return followed


def _merged(request: HttpRequest, pk: UUID) -> Employer | None:
    """Return the employer of an old address, where the reader may know of the one that stands for it."""
    theirs = Employer.objects.visible_to(request.user)
    merged = Employer.with_merged.filter(pk=pk, merged_into__in=theirs)
    return merged.select_related("merged_into").first()


def is_newcomer(request: HttpRequest, employer: Employer) -> bool:
    """Tell whether the reader speaks for `employer`, which has never written an opening."""
    user = signed_in(request)
    written = Opening.objects.editable_by(user).filter(workplace__employer=employer)
    return user.persona == Persona.EMPLOYER and not written.exists()


def uuid_in(text: str) -> UUID:
    """Return the key written in an address; one that is none leads nowhere."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def list_of_openings(request: HttpRequest, opening: Opening | None, *, is_own: bool) -> Back:
    """Return the list that `opening` stands in: who speaks for the employer has one of its own."""
    if is_own:
        return Back(_("My openings"), reverse("employers:my_openings"))
    return Back(_("Openings"), way_back(request, "employers:opening_list", row=opening))


def back_to(request: HttpRequest, pk: UUID) -> str:
    """Return where the reader came from, when that is a page of ours; else the employer's."""
    came_from = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts=None)
    return came_from if is_ours else reverse("employers:employer_detail", args=[pk])


def page_of_employer(request: HttpRequest, pk: UUID) -> str:
    """Return where the reader sees an employer: staff its page, who speaks for it their own."""
    if signed_in(request).persona == Persona.STAFF:
        return reverse("employers:employer_detail", args=[pk])
    return reverse("employers:my_organisation")
