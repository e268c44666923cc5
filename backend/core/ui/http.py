"""The one door between a page and the services, and how lists are cut into pages."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Page, Paginator
from django.forms import BaseForm, BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.core.ui.forms import add_refusal
from backend.core.ui.lists import remember
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.once import key_from, once

PAGE_SIZE = 25
Address = Any  # an address, the name of one, or a row that has its own
To = Any  # an address, or what makes one of what the service returned
Said = Any  # words, or what makes them of what the service returned

TOO_LATE = _("Somebody else was first. Nothing was changed by your click.")


# The field that each form carries beside its CSRF token (core.templatetags.ui).
TOKEN = "form_token"  # noqa: S105 - the field's name


def paginate(
    request: HttpRequest, rows: Any, *, size: int = PAGE_SIZE, filters: Iterable[str] | None = None
) -> Page[Any]:
    """Return the page that the request asks for; a page number out of range gives the nearest one.

    With the names of its `filters`, what is asked of the list is kept for the way back to it.
    """
    if filters is not None:
        remember(request, filters)
    return Paginator(rows, size).get_page(request.GET.get("page"))


def shown_as(page: Page[Any], rows: Sequence[Any]) -> Page[Any]:
    """Return `page` with `rows` in the place of its own; from what it gives, no way leads to those."""
    numbers = Paginator(range(page.paginator.count), page.paginator.per_page)
    return Page(rows, page.number, numbers)


def ask(
    request: HttpRequest,
    service: Callable[..., Any],
    *,
    to: To = None,
    back: Address = "",
    said: Said = "",
    **arguments: Any,
) -> HttpResponse:
    """Ask `service` to write what the reader wants, now, and lead to the page that shows it.

    `to` is that page, or makes it of what the service returned; by default that itself. Who is refused or
    came too late is told so on the page `back`: by default `to`, else the address itself. A form that comes
    twice is done once and answered alike. Raises Http404 for what the reader cannot find.
    """
    if is_shown_again(request):
        return redirect(back or _page_to_tell_on(request, to))
    try:
        return _written(request, service, arguments, to=to, said=said)
    except TransitionNotAllowed:
        messages.error(request, TOO_LATE)
    except ValidationError as refusal:
        for words in refusal.messages:
            messages.error(request, words)
    return redirect(back or _page_to_tell_on(request, to))


def ask_form(
    request: HttpRequest,
    form: "BaseForm | BaseFormSet[Any]",
    service: Callable[..., Any],
    *,
    back: Address = "",
    to: To = None,
    said: Said = "",
    **arguments: Any,
) -> HttpResponse | None:
    """Ask `service` as `ask` does; a refusal stands in `form`, and None is returned: show it again.

    A form that is only shown again, with what was typed before a session ended, is not written either.
    What a form cannot mend, because somebody else was first, is told on the page `back` as `ask` does.
    """
    if is_shown_again(request):
        return None
    try:
        return _written(request, service, arguments, to=to, said=said)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None
    except TransitionNotAllowed:
        messages.error(request, TOO_LATE)
        return redirect(back or _page_to_tell_on(request, to))


def show_again(request: HttpRequest, fields: QueryDict) -> None:
    """Let the page be made as if `fields` had been sent to it, and nothing be written."""
    request.POST = fields  # type: ignore[assignment]
    request.is_shown_again = True  # type: ignore[attr-defined]
    messages.info(request, _("This is what you had typed. Nothing has been sent yet."))


def is_shown_again(request: HttpRequest) -> bool:
    """Tell whether the form is only to be shown with what was typed."""
    return getattr(request, "is_shown_again", False)


def _written(
    request: HttpRequest, service: Callable[..., Any], arguments: dict[str, Any], *, to: To, said: Said
) -> HttpResponse:
    made: list[Any] = []

    def write() -> str:
        made.append(service(**arguments, by=request.user, at=timezone.now()))
        return resolve_url(to(made[0]) if callable(to) else to or made[0])

    try:
        address, is_new = once(write, key=key_of(request), by=request.user, at=timezone.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if not is_new:
        return answer_again(request, address)
    words = said(made[0]) if callable(said) else said
    if words:
        messages.success(request, words)
    return redirect(address)


def _page_to_tell_on(request: HttpRequest, to: To) -> Address:
    return request.path if to is None or callable(to) else to


def key_of(request: HttpRequest) -> str:
    """Return the key by which a form is known when it comes again; "" for one without a token.

    All that was typed is part of it: whoever goes back, changes something and sends anew means it anew.
    """
    token = request.POST.get(TOKEN, "") if request.method == "POST" else ""
    if not token:
        return ""
    fields = sorted((name, *values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return key_from(request.get_full_path(), *(part for field in fields for part in field))


def answer_again(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to what the form made when it came the first time."""
    messages.info(request, _("The form was sent twice. It was saved once."))
    return redirect(address)


def status_of(*forms: "BaseForm | BaseFormSet[Any]") -> int:
    """Return the status of a page with `forms`: 422 when one was sent and is refused, else 200."""
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200
