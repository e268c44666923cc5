"""What was sent to agencies and done before, on the person's page and on the person's own."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from backend.accounts.access import signed_in
from backend.accounts.enums import Role
from backend.cooperation.models import CaseReview, Intervention, Package, ReviewAction
from backend.cooperation.pages.efforts import gaps, repetitions
from backend.core.ui import panels
from backend.participants.models import Consent, Participant

NEWEST = 5
LATEST = 3


def on_the_file(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """Return what agencies were sent about the participant."""
    packages = participant.packages.with_receiver().prefetch_related("reads")[:NEWEST]
    return {
        "participant": participant,
        "packages": [(each, each.consent.holds_on(timezone.localdate())) for each in packages],
        "can_send": _may_act(request, participant),
    }


def efforts_on_the_file(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """Return what has been done for the participant before: how much, the latest, and what stands out."""
    mine = Intervention.objects.visible_to(signed_in(request)).filter(participant=participant)
    efforts = list(mine.select_related("agency"))
    return {
        "participant": participant,
        "count": len(efforts),
        "latest": efforts[: -LATEST - 1 : -1],
        "gaps": gaps(efforts, today=timezone.localdate()),
        "repetitions": repetitions(efforts),
    }


def efforts_of_mine(_request: HttpRequest, _participant: Participant) -> dict[str, Any]:
    """Lead the person to what is written about earlier efforts."""
    return {}


def on_my_consent(_request: HttpRequest, consent: Consent) -> dict[str, Any] | None:
    """Return who has read what the person let an agency read, and when."""
    package = Package.objects.filter(consent=consent).prefetch_related("reads__by").first()
    return {"package": package} if package else None


def reviews_on_the_file(request: HttpRequest, participant: Participant) -> dict[str, Any] | None:
    """Return at which reviews the participant stands on the agenda, and what is still to be done."""
    reader = signed_in(request)
    actions = ReviewAction.objects.visible_to(reader).undone().filter(case__participant=participant)
    reviews = CaseReview.objects.visible_to(reader).filter(cases__participant=participant)
    return {
        "participant": participant,
        "actions": actions.with_owner(),
        "reviews": reviews[:NEWEST],
        "today": timezone.localdate(),
        "can_put": _may_act(request, participant),
    }


def _may_act(request: HttpRequest, participant: Participant) -> bool:
    """Tell whether the reader, whose page of the person it is, may send or bring up something of theirs."""
    return participant.is_findable and participant.unit_id in signed_in(request).unit_ids(Role.COACH)


panels.register(
    panels.Panel("participants.participant", 46, "cooperation/_reviews_panel.html", reviews_on_the_file)
)
panels.register(panels.Panel("participants.participant", 45, "cooperation/_packages_panel.html", on_the_file))
panels.register(panels.Panel("participants.my_consent", 5, "cooperation/_my_reads_panel.html", on_my_consent))
panels.register(
    panels.Panel("participants.participant", 44, "cooperation/_interventions_panel.html", efforts_on_the_file)
)
panels.register(
    panels.Panel("participants.my_data", 50, "cooperation/_my_interventions_panel.html", efforts_of_mine)
)
