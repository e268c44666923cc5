"""What a coach decides in a case: each asks first what will happen, and posts to one service."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import add_refusal
from backend.core.ui.http import refusals_to
from backend.core.writing.refusals import Refused
from backend.participants import services
from backend.participants.access_log import open_case
from backend.participants.file.confirmations import of_invitation, of_lifting, of_state, of_withdrawal
from backend.participants.forms import ProtectionForm, StateForm, posted
from backend.participants.models import Consent
from backend.participants.refusals import InvitationRefusal
from backend.participants.services.states import coachs_moves


def back_to_file(pk: UUID, **kwargs: object) -> HttpResponse:
    """Go back to the participant's page."""
    return redirect("participants:participant_detail", pk)


@require_POST
@role_required(Role.COACH)
@refusals_to(back_to_file)
def contact_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that there was contact today."""
    participant = open_case(request, pk)
    today, now = timezone.localdate(), timezone.now()
    services.record_contact(participant_id=participant.pk, on=today, by=signed_in(request), at=now)
    messages.success(request, _("Contact is noted for today."))
    return redirect(participant)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
@refusals_to(back_to_file)
def state_change(request: HttpRequest, pk: UUID, to: str) -> HttpResponse:
    """Pause, end, or go on, after saying what it leads to."""
    participant = open_case(request, pk)
    if to not in coachs_moves(participant):
        raise Http404
    form = StateForm(posted(request)) if to in ("paused", "ended") else None
    if request.method == "POST" and (form is None or form.is_valid()):
        why = form.cleaned_data["why"] if form else ""
        by, at = signed_in(request), timezone.now()
        services.change_state(participant_id=participant.pk, to=to, by=by, at=at, why=why)
        return redirect(participant)
    context = {"participant": participant, "form": form, **of_state(participant, to)}
    return render(request, "participants/state_change.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
@refusals_to(back_to_file)
def participant_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Invite the participant to sign in."""
    participant = open_case(request, pk)
    if not participant.email:
        raise Refused(InvitationRefusal.NO_ADDRESS)
    if request.method == "POST":
        by, at = signed_in(request), timezone.now()
        services.invite_participant(participant_id=participant.pk, by=by, at=at)
        messages.success(request, _("The invitation is on its way."))
        return redirect(participant)
    context = {"participant": participant, **of_invitation(participant)}
    return render(request, "participants/participant_invite.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def participant_protect(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Protect a participant's identity, or change who the named handlers are."""
    participant = open_case(request, pk)
    form = ProtectionForm(posted(request), participant=participant)
    if request.method == "POST" and form.is_valid():
        try:
            handlers, by, at = form.cleaned_data["handlers"], signed_in(request), timezone.now()
            services.protect_participant(participant_id=pk, handlers=handlers, by=by, at=at)
            return redirect(participant)
        except ValidationError as error:
            add_refusal(form, error)
    context = {"participant": participant, "form": form}
    return render(request, "participants/participant_protect.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
@refusals_to(back_to_file)
def protection_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lift the protection of an identity."""
    participant = open_case(request, pk)
    form = StateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        why, by, at = form.cleaned_data["why"], signed_in(request), timezone.now()
        services.lift_protection(participant_id=participant.pk, why=why, by=by, at=at)
        return redirect(participant)
    context = {"participant": participant, "form": form, **of_lifting(participant)}
    return render(request, "participants/protection_lift.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
@refusals_to(back_to_file)
def consent_withdraw(request: HttpRequest, pk: UUID, consent_id: UUID) -> HttpResponse:
    """Take a consent back because the participant has said so."""
    participant = open_case(request, pk)
    consents = Consent.objects.visible_to(signed_in(request)).filter(participant=participant)
    consent = get_object_or_404(consents.select_related("employer"), pk=consent_id)
    if request.method == "POST":
        services.withdraw_consent(consent_id=consent.pk, by=signed_in(request), at=timezone.now())
        messages.success(request, _("The consent is taken back."))
        return redirect(participant)
    context = {"participant": participant, **of_withdrawal(consent)}
    return render(request, "participants/consent_withdraw.html", context)
