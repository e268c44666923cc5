"""Asking colleagues in, and the page that the link in such a mail leads to."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.models import User
from backend.core.ui.forms import add_refusal, posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.employers import services
from backend.employers.forms.invitations import AcceptanceForm, InvitationForm, NewcomerForm
from backend.employers.models import Employer, EmployerInvitation
from backend.employers.pages.inviting import WayIn, proposed, way_in
from backend.employers.views.access import page_of_employer


@require_http_methods(["GET", "POST"])
def invitation_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask somebody to speak for an employer; staff hand one over that nobody administers yet."""
    employer = get_object_or_404(Employer.objects.administered_by(request.user), pk=pk)
    form, back = InvitationForm(posted(request), initial=proposed(employer)), page_of_employer(request, pk)
    if request.method == "POST" and form.is_valid():
        said = _("The invitation is sent.")
        wanted: dict[str, Any] = {"employer_id": pk, **form.cleaned_data}
        if answer := ask_form(request, form, services.invite_member, to=back, said=said, **wanted):
            return answer
    context = {"form": form, "employer": employer, "back": back}
    return render(request, "employers/invitation_form.html", context, status=status_of(form))


@require_POST
def invitation_resend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a new link in the place of one that is not used."""
    back = page_of_employer(request, _of_invitation(request, pk))
    said = _("A new invitation is sent. The link of before no longer works.")
    return ask(request, services.invite_again, invitation_id=pk, to=back, said=said)


@require_POST
def invitation_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    back = page_of_employer(request, _of_invitation(request, pk))
    said = _("The invitation is taken back. Its link no longer works.")
    return ask(request, services.withdraw_invitation, invitation_id=pk, to=back, said=said)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody is asked, and take the yes once; a look at the page writes nothing."""
    invitation = services.invitation_of(token)
    if invitation is None:
        raise Http404
    way = way_in(invitation, request.user, at=timezone.now())
    form = (NewcomerForm if way == WayIn.NEWCOMER else AcceptanceForm)(posted(request))
    is_yes = request.method == "POST" and way.may_accept and form.is_valid()
    if is_yes and (answer := _accepted(request, token, form)):
        return answer
    context = {"form": form, "invitation": invitation, "way": way, "here": request.path}
    status = 410 if way == WayIn.OVER else status_of(form)
    return render(request, "employers/invitation_accept.html", context, status=status)


def _accepted(request: HttpRequest, token: str, form: Any) -> HttpResponse | None:
    """Take the yes and let a newcomer in; a refusal stands in the form, and None is returned."""
    if not ratelimit.consume(request, action="accept_membership"):
        limited: HttpResponse = ratelimit.respond_429(request)
        return limited
    user = request.user if isinstance(request.user, User) else None
    try:
        made = services.accept_invitation(token=token, by=user, at=timezone.now(), **form.cleaned_data)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None
    messages.success(request, _("You can now write for your organisation."))
    to = reverse("employers:my_organisation")
    if user is not None:
        return redirect(to)
    # Reading the mail has proved the address, as a code from a mail does.
    record_authentication(request, made.user, method="code", email=made.user.email)
    answer: HttpResponse = perform_login(
        request, Login(user=made.user, email=made.user.email, redirect_url=to)
    )
    return answer


def _of_invitation(request: HttpRequest, pk: UUID) -> UUID:
    invitations = EmployerInvitation.objects.decidable_by(request.user)
    return get_object_or_404(invitations, pk=pk).employer_id
