"""Small helpers that keep views thin."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from backend.core.writing.lifecycle import TransitionNotAllowed

PAGE_SIZE = 25


def paginate(request: HttpRequest, rows: QuerySet[Any], *, size: int = PAGE_SIZE) -> Page[Any]:
    """Return the page that the request asks for; a page number out of range gives the nearest one."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def shown_as(page: Page[Any], rows: Sequence[Any]) -> Page[Any]:
    """Return `page` with `rows` in the place of its own; from what it gives, no way leads to those."""
    numbers = Paginator(range(page.paginator.count), page.paginator.per_page)
    return Page(rows, page.number, numbers)


def tell_refusal(request: HttpRequest, error: Exception) -> None:
    """Show the user, in words, why a service refused."""
    if isinstance(error, TransitionNotAllowed):
        messages.error(request, _("Somebody else was first. Nothing was changed by your click."))
    elif isinstance(error, ValidationError):
        for text in error.messages:
            messages.error(request, text)
    else:
        raise error


View = Callable[..., HttpResponse]


def refusals_to(redirect_to: Callable[..., HttpResponse]) -> Callable[[View], View]:
    """Make a view answer a refused write with a message and the page that `redirect_to` gives."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except (TransitionNotAllowed, ValidationError) as error:
                tell_refusal(request, error)
                return redirect_to(*args, **kwargs)

        return wrapped

    return decorate
