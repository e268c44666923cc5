"""Where an employer's account stands before it may use the employer's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona
from backend.employers.models import Employer

View = Callable[..., HttpResponse]


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
    """Open a view to those who may write in an employer's name: its members, and staff on its behalf."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = signed_in(request)
        if user.persona == Persona.STAFF and user.municipality_ids():
            return view(request, *args, **kwargs)
        return member_required(view)(request, *args, **kwargs)

    return guarded


def uuid_in(text: str) -> UUID:
    """Return the key written in an address; one that is none leads nowhere."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
