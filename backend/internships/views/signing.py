"""The steps behind the link of a mail that asks to sign: ask for a code, type it, read, sign.

Nobody signs in: who acts is who got the mail. Opening the link writes nothing and shows nothing of anybody.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from backend.core.documents import file_response
from backend.core.ui.forms import add_refusal
from backend.core.ui.http import status_of
from backend.internships import services
from backend.internships.pages import signing
from backend.internships.pages.signing import SigningCodeForm, SigningLink

Step = Callable[[HttpRequest, SigningLink], HttpResponse]


def behind_link(step: Step) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give a step the link that its address names, in the language of who got it, as long as it asks."""

    @login_not_required
    @never_cache
    @wraps(step)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        link = signing.link_of(token, at=timezone.now())
        if link is None:
            raise Http404
        if request.method == "POST" and not ratelimit.consume(request, action="sign_by_code"):
            refused: HttpResponse = ratelimit.respond_429(request)
            return refused
        with translation.override(link.reader.language):
            return step(request, link) if link.asks else _closed(request, link)

    return opened


def _closed(request: HttpRequest, link: SigningLink) -> HttpResponse:
    """Say why nothing is asked any more; 410 tells programs that it stays so."""
    context = signing.closed_context(link)
    status = 200 if context["is_done"] else 410
    return render(request, "internships/signing_closed.html", context, status=status)


@require_GET
@behind_link
def signing_detail(request: HttpRequest, link: SigningLink) -> HttpResponse:
    """Show where a code is asked for, and to whoever has typed it what is to be signed."""
    if link.opened(request):
        return render(request, "internships/signing_read.html", signing.read_context(link))
    return render(request, "internships/signing_start.html", signing.start_context(link))


@require_POST
@behind_link
def signing_send(request: HttpRequest, link: SigningLink) -> HttpResponse:
    """Mail a code to who got the link."""
    return _asked(request, link, services.send_signing_code, agreement_id=link.agreement.pk)


@require_POST
@behind_link
def signing_open(request: HttpRequest, link: SigningLink) -> HttpResponse:
    """Take the code, and lead to what it opens."""
    form = SigningCodeForm(request.POST)
    if form.is_valid():
        what = {"agreement_id": link.agreement.pk, "typed": form.cleaned_data["code"]}
        try:
            code = services.open_by_code(**what, by=link.reader, at=link.at)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except ObjectDoesNotExist:
            return redirect(link.address())
        else:
            request.session[link.remembers] = str(code.pk)
            return redirect(link.address())
    context = signing.start_context(link, form)
    return render(request, "internships/signing_start.html", context, status=status_of(form))


@require_POST
@behind_link
def signing_sign(request: HttpRequest, link: SigningLink) -> HttpResponse:
    """Sign what has been read."""
    code = link.opened(request)
    if code is None:
        messages.error(request, _("The time for reading is over. Ask for a new code."))
        return redirect(link.address())
    return _asked(request, link, services.sign_by_code, code_id=code.pk)


@require_GET
@behind_link
def signing_document(request: HttpRequest, link: SigningLink) -> HttpResponse:
    """Give the PDF that is signed, to whoever has typed the code."""
    if link.opened(request) is None:
        return redirect(link.address())
    file = services.document_of(agreement_id=link.agreement.pk, at=link.at)
    if file is None or not signing.gives_document(link):
        raise Http404
    return file_response(file, name=_("agreement-%(n)s") % {"n": link.agreement.number})


def _asked(request: HttpRequest, link: SigningLink, service: Callable[..., Any], **what: Any) -> HttpResponse:
    """Ask `service` on behalf of who got the link; what it refuses is said on the page that follows."""
    try:
        service(**what, by=link.reader, at=link.at)
    except ValidationError as refusal:
        for words in refusal.messages:
            messages.error(request, words)
    except ObjectDoesNotExist:
        pass  # Who signs has changed meanwhile: the page says so when it is opened again.
    return redirect(link.address())
