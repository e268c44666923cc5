"""Writing down a new consent for a proposal whose first one has ended."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import add_refusal
from backend.matching import services
from backend.matching.access_log import PROPOSING
from backend.matching.enums import TELLS_EMPLOYER
from backend.matching.models import Proposal
from backend.matching.pages.forms import RenewForm
from backend.participants.access_log import open_case
from backend.participants.services import releasable_items


@role_required(Role.COACH)
@require_http_methods(["GET", "POST"])
def consent_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the coach write down what the participant lets the employer read from now on."""
    theirs = Proposal.objects.handled_by(signed_in(request)).filter(state__in=TELLS_EMPLOYER)
    proposal = get_object_or_404(theirs.select_related("opening__workplace__employer"), pk=pk)
    participant = open_case(request, proposal.participant_id, page=PROPOSING)
    posted = request.POST if request.method == "POST" else None
    form = RenewForm(posted, releasable=releasable_items(participant))
    if request.method == "POST" and form.is_valid() and _renewed(request, proposal, form):
        return redirect(proposal)
    context = {"form": form, "proposal": proposal, "participant": participant}
    return render(request, "matching/consent_renew.html", context, status=422 if form.errors else 200)


def _renewed(request: HttpRequest, proposal: Proposal, form: RenewForm) -> bool:
    """Renew the consent, or put on the form why it was refused."""
    keys, means = form.cleaned_data["items"], form.cleaned_data["means"]
    by, at = signed_in(request), timezone.now()
    try:
        services.renew_consent(proposal_id=proposal.pk, item_keys=keys, means=means, by=by, at=at)
    except ValidationError as error:
        add_refusal(form, error)
        return False
    messages.success(request, _("The consent is written down."))
    return True
