"""The way from an employer's page to what is known of it, and to what it is asked."""

from typing import Any

from django.http import HttpRequest

from backend.accounts.access import signed_in
from backend.accounts.models import User
from backend.core.ui import panels
from backend.employers.models import Employer
from backend.safeguarding.models import Review


def trust_panel(request: HttpRequest, employer: Employer) -> dict[str, Any]:
    """Return the newest review that staff may know of, beside the way to the trust page."""
    theirs = Review.objects.visible_to(signed_in(request)).filter(employer=employer)
    return {"employer": employer, "review": theirs.undecided().first()}


def own_panel(request: HttpRequest, reader: User) -> dict[str, Any] | None:
    """Return what the reader's employers are asked, or was decided; nothing where there is nothing."""
    theirs = Review.objects.visible_to(reader).select_related("employer")
    reviews = list(theirs.order_by("-asked_at", "pk")[:5])
    return {"reviews": reviews} if reviews else None


TRUST = panels.register(panels.Panel("employers.employer", 5, "safeguarding/_trust_panel.html", trust_panel))
OWN = panels.register(panels.Panel("employers.own", 5, "safeguarding/_own_panel.html", own_panel))
