"""Messages that did not get there, for administrators."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from backend.accounts.access import administers, signed_in
from backend.accounts.undelivered.pages import as_listed, with_receivers
from backend.accounts.undelivered.services import failed_for, send_again, send_all_again, set_aside
from backend.core.ui.http import ask, paginate, shown_as

LIST = "undelivered:message_list"


@require_GET
@administers
def message_list(request: HttpRequest) -> HttpResponse:
    """Show what did not get there in the municipalities that the reader administers."""
    page = paginate(request, with_receivers(failed_for(signed_in(request))))
    listed = shown_as(page, [as_listed(message) for message in page])
    return render(request, "accounts/undelivered_list.html", {"page": listed})


@require_POST
@administers
def message_send_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Queue one message again."""
    return ask(request, send_again, message_id=pk, to=LIST, said=_("The message is sent again."))


@require_POST
@administers
def message_set_aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one message off the list."""
    return ask(request, set_aside, message_id=pk, to=LIST, said=_("The message is set aside."))


@require_POST
@administers
def all_send_again(request: HttpRequest) -> HttpResponse:
    """Queue every message on the list again."""
    return ask(request, send_all_again, to=LIST, said=_sent_again)


def _sent_again(count: int) -> str:
    words = ngettext("%(count)s message is sent again.", "%(count)s messages are sent again.", count)
    return words % {"count": count}
