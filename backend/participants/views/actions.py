"""What a coach decides in a case: each asks first what will happen, and posts to one service."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.accounts.signing_in.second_factor import fresh_second_factor
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.participants import services
from backend.participants.access_log import open_case
from backend.participants.file.confirmations import of_invitation, of_lifting, of_state, of_withdrawal
from backend.participants.file.contacts import FROM_MY_DAY, ContactForm
from backend.participants.forms import ProtectionForm, StateForm
from backend.participants.models import Consent, Contact
from backend.participants.services.states import coachs_moves


def page_of(pk: UUID) -> str:
    """Return the address of a participant's file."""
    return reverse("participants:participant_detail", args=[pk])


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def contact_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a line of the journal: a contact and, if there is one, the next step."""
    participant, form = open_case(request, pk), ContactForm(posted(request))
    back = reverse("home:my_home") if request.GET.get("fran") == FROM_MY_DAY else page_of(pk)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"participant_id": pk, **form.cleaned_data}
        said = _("Contact is noted.")
        if answer := ask_form(request, form, services.record_contact, to=back, said=said, **what):
            return answer
    context = {"participant": participant, "form": form, "back": back}
    return render(request, "participants/contact_record.html", context, status=status_of(form))


@require_POST
@role_required(Role.COACH)
def contact_remove(request: HttpRequest, pk: UUID, contact_id: UUID) -> HttpResponse:
    """Take back a contact that was noted by mistake."""
    participant = open_case(request, pk)
    contacts = Contact.objects.visible_to(signed_in(request)).filter(participant=participant)
    contact = get_object_or_404(contacts, pk=contact_id)
    way: dict[str, Any] = {"to": page_of(pk), "said": _("The contact is taken back.")}
    return ask(request, services.remove_contact, contact_id=contact.pk, **way)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def state_change(request: HttpRequest, pk: UUID, to: str) -> HttpResponse:
    """Pause, end, or go on, after saying what it leads to."""
    participant = open_case(request, pk)
    if to not in coachs_moves(participant):
        raise Http404
    form = StateForm(posted(request), asks_why=to in ("paused", "ended"))
    if request.method == "POST" and form.is_valid():
        move = partial(services.change_state, participant_id=pk, to=to, **form.cleaned_data)
        if answer := ask_form(request, form, move, back=page_of(pk)):
            return answer
    context = {"participant": participant, "form": form, **of_state(participant, to)}
    return render(request, "participants/state_change.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def participant_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Invite the participant to sign in."""
    participant = open_case(request, pk)
    if request.method == "POST" or not participant.email:
        way: dict[str, Any] = {"to": page_of(pk), "said": _("The invitation is on its way.")}
        return ask(request, services.invite_participant, participant_id=pk, **way)
    context = {"participant": participant, **of_invitation(participant)}
    return render(request, "participants/participant_invite.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
@fresh_second_factor
def participant_protect(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Protect a participant's identity, or change who the named handlers are."""
    participant = open_case(request, pk)
    form = ProtectionForm(posted(request), participant=participant)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"participant_id": pk, **form.cleaned_data}
        if answer := ask_form(request, form, services.protect_participant, back=page_of(pk), **what):
            return answer
    context = {"participant": participant, "form": form}
    return render(request, "participants/participant_protect.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
@fresh_second_factor
def protection_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lift the protection of an identity."""
    participant = open_case(request, pk)
    form = StateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"participant_id": pk, **form.cleaned_data}
        if answer := ask_form(request, form, services.lift_protection, back=page_of(pk), **what):
            return answer
    context = {"participant": participant, "form": form, **of_lifting(participant)}
    return render(request, "participants/protection_lift.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def consent_withdraw(request: HttpRequest, pk: UUID, consent_id: UUID) -> HttpResponse:
    """Take a consent back because the participant has said so."""
    participant = open_case(request, pk)
    consents = Consent.objects.visible_to(signed_in(request)).filter(participant=participant)
    consent = get_object_or_404(consents.with_receiver(), pk=consent_id)
    if request.method == "POST":
        way: dict[str, Any] = {"to": page_of(pk), "said": _("The consent is taken back.")}
        return ask(request, services.withdraw_consent, consent_id=consent.pk, **way)
    context = {"participant": participant, **of_withdrawal(consent)}
    return render(request, "participants/consent_withdraw.html", context)
