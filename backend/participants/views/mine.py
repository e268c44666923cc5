"""The participant's own pages: what is told to whom, what is known, and who has looked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import persona_required, signed_in
from backend.accounts.enums import Persona
from backend.core.ui.http import ask, paginate
from backend.core.ui.panels import panels_for
from backend.participants.access_log import glimpses_of, in_words, looks_at
from backend.participants.file import wording
from backend.participants.file.confirmations import of_own_withdrawal
from backend.participants.models import Consent, Participant
from backend.participants.services import withdraw_consent
from backend.participants.telling.told import released_on


def my_file(request: HttpRequest) -> Participant:
    """Return the participant who is reading. Raises Http404 for an account without one."""
    mine = Participant.objects.visible_to(signed_in(request)).select_related("unit", "coach")
    return get_object_or_404(mine)


@require_GET
@persona_required(Persona.PARTICIPANT)
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what is told to whom, and the way to the rest."""
    participant, today = my_file(request), timezone.localdate()
    consents = list(participant.consents.with_receiver())
    told = released_on(today, consents)
    context = {
        "participant": participant,
        "in_force": [(each, len(told[each.pk].items)) for each in consents if each.pk in told],
        "over": [each for each in consents if each.pk not in told],
        "panels": panels_for("participants.my_data", request, participant),
    }
    return render(request, "participants/my_data.html", context)


@require_GET
@persona_required(Persona.PARTICIPANT)
def my_file_detail(request: HttpRequest) -> HttpResponse:
    """Show the participant everything that the file says."""
    participant = my_file(request)
    context = {
        "participant": participant,
        "skills": participant.skills.select_related("concept"),
        "experiences": participant.experiences.select_related("concept"),
        "wishes": participant.wishes.select_related("concept"),
        "contacts": participant.contacts.all(),
        **wording.conditions(participant),
    }
    return render(request, "participants/my_file.html", context)


@require_GET
@persona_required(Persona.PARTICIPANT)
def my_reads(request: HttpRequest) -> HttpResponse:
    """Show the participant who has looked at the file."""
    participant = my_file(request)
    page = paginate(request, looks_at(participant))
    context = {"page": page, "looks": in_words(page), "glimpses": glimpses_of(participant)}
    return render(request, "participants/my_reads.html", context)


@require_GET
@persona_required(Persona.PARTICIPANT)
def my_consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Show the participant what one receiver is told, in the words that are read there."""
    consents = Consent.objects.visible_to(signed_in(request)).with_receiver()
    consent = get_object_or_404(consents.prefetch_related("items"), pk=consent_id)
    is_told = bool(released_on(timezone.localdate(), [consent]))
    panels = panels_for("participants.my_consent", request, consent)
    context = {"consent": consent, "is_in_force": is_told, "panels": panels}
    return render(request, "participants/my_consent.html", context)


@require_http_methods(["GET", "POST"])
@persona_required(Persona.PARTICIPANT)
def my_consent_withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Ask the participant whether to stop telling one receiver, and stop."""
    consents = Consent.objects.visible_to(signed_in(request)).with_receiver()
    consent = get_object_or_404(consents, pk=consent_id)
    if request.method == "POST":
        said = _("You have taken back your yes to %(name)s.") % {"name": consent.receiver}
        return ask(request, withdraw_consent, consent_id=consent.pk, to="participants:my_data", said=said)
    context = {"consent": consent, **of_own_withdrawal(consent)}
    return render(request, "participants/my_consent_withdraw.html", context)
