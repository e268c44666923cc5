"""The way from an employer's page to what is known of it, and to what it is asked."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest

from backend.accounts.access import signed_in
from backend.accounts.models import User
from backend.core.ui import panels
from backend.safeguarding.enums import ReviewState
from backend.safeguarding.models import Review


def trust_panel(_request: HttpRequest, employer: Any) -> dict[str, Any]:
    """Return how far an undecided review has come, empty without one, beside the way to the trust page."""
    state = employer.open_review
    return {"employer": employer, "review": ReviewState(state).label if state else ""}


def _open_review(request: HttpRequest) -> dict[str, Any]:
    theirs = Review.objects.visible_to(signed_in(request)).undecided().filter(employer=OuterRef("pk"))
    return {"open_review": Subquery(theirs.order_by("-opened_at", "pk").values("state")[:1])}


def own_panel(request: HttpRequest, reader: User) -> dict[str, Any] | None:
    """Return what the reader's employers are asked, or was decided; nothing where there is nothing."""
    theirs = Review.objects.visible_to(reader).select_related("employer")
    reviews = list(theirs.order_by("-asked_at", "pk")[:5])
    return {"reviews": reviews} if reviews else None


TRUST = panels.register(
    panels.Panel("employers.employer", 5, "safeguarding/_trust_panel.html", trust_panel, _open_review)
)
OWN = panels.register(panels.Panel("employers.own", 5, "safeguarding/_own_panel.html", own_panel))
