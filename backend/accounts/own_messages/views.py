"""Pages on which somebody chooses what is mailed, and an administrator when it is quiet."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import administers, signed_in
from backend.accounts.models import Municipality
from backend.accounts.own_messages import services
from backend.accounts.own_messages.forms import (
    ChoiceForm,
    NumberForm,
    PhoneCodeForm,
    QuietForm,
    UnsubscribeForm,
)
from backend.core.models import MessageChoice, QuietHours
from backend.core.outbox import texting
from backend.core.outbox.leaving import carried_by, kinds_to_leave
from backend.core.outbox.when import hours_of
from backend.core.ui.forms import add_refusal, posted
from backend.core.ui.http import ask, ask_form, is_shown_again, status_of

ONE_CLICK = "List-Unsubscribe"
CHOICE = "own_messages:choice_edit"


@require_http_methods(["GET", "POST"])
def choice_edit(request: HttpRequest) -> HttpResponse:
    """Let the reader choose what is mailed and how often."""
    form = ChoiceForm(posted(request), by=signed_in(request))
    if request.method == "POST" and form.is_valid():
        choose = partial(services.choose_messages, **form.said())
        if answer := ask_form(request, form, choose, to=request.path, said=_("Your choice is saved.")):
            return answer
    number = (
        MessageChoice.objects.filter(user=signed_in(request)).values_list("sms_number", flat=True).first()
    )
    context = {"form": form, "sms_number": number, "has_sms": texting.is_set_up()}
    return render(request, "accounts/messages/choice_form.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def phone_edit(request: HttpRequest) -> HttpResponse:
    """Send the reader a code to a mobile number."""
    if not texting.is_set_up():
        raise Http404
    form = NumberForm(posted(request))
    if request.method == "POST" and form.is_valid():
        send, said = partial(services.send_phone_code, **form.cleaned_data), _("A code is on its way by SMS.")
        if answer := ask_form(request, form, send, to="own_messages:phone_confirm", said=said):
            return answer
    return render(request, "accounts/messages/phone_form.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def phone_confirm(request: HttpRequest) -> HttpResponse:
    """Take the code, and with it the number."""
    if not texting.is_set_up():
        raise Http404
    form = PhoneCodeForm(posted(request))
    if request.method == "POST" and form.is_valid() and not is_shown_again(request):
        try:
            services.confirm_phone(typed=form.cleaned_data["code"], by=signed_in(request), at=timezone.now())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("SMS is on."))
            return redirect(CHOICE)
    return render(request, "accounts/messages/phone_confirm.html", {"form": form}, status=status_of(form))


@require_POST
def sms_stop(request: HttpRequest) -> HttpResponse:
    """Let the reader have everything by mail again."""
    return ask(request, services.stop_sms, to=CHOICE, said=_("SMS is off."))


@csrf_exempt  # who holds the address has the mail, and mail programs send no token (RFC 8058, 3.1)
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Turn off what a mail carried: by one press of a mail program, or on a page; to look changes nothing."""
    carried = carried_by(token)
    if not carried:
        raise Http404
    if request.method == "POST" and ONE_CLICK in request.POST:
        services.unsubscribe(token=token, names=None, at=timezone.now())
        return HttpResponse(status=200)
    with translation.override(carried[0].recipient.language):
        form = UnsubscribeForm(posted(request), offered=kinds_to_leave(carried))
        is_done = "klart" in request.GET
        if request.method == "POST" and form.is_valid() and _take(form, token):
            return redirect(f"{request.path}?klart=1")
        context = {"form": form, "is_done": is_done}
        return render(request, "accounts/messages/unsubscribe.html", context, status=status_of(form))


def _take(form: UnsubscribeForm, token: str) -> bool:
    try:
        services.unsubscribe(token=token, names=form.cleaned_data["names"], at=timezone.now())
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return True


@require_http_methods(["GET", "POST"])
@administers
def quiet_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set when the municipality sends nothing that can wait."""
    municipality = get_object_or_404(Municipality.objects.run_by(signed_in(request)), pk=pk)
    today = timezone.localdate()
    now = hours_of(pk, on=today)
    form = QuietForm(posted(request), initial={"valid_from": today, **now._asdict()})
    if request.method == "POST" and form.is_valid():
        said = _("Saved. It holds from that day on.")
        what = partial(services.set_quiet_hours, municipality_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, what, to=request.path, said=said):
            return answer
    history = QuietHours.objects.filter(municipality_key=municipality.pk)
    context = {"municipality": municipality, "form": form, "now": now, "history": history}
    return render(request, "accounts/messages/quiet_form.html", context, status=status_of(form))
