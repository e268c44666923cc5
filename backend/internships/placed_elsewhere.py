"""Who has a place without a proposal: nobody else proposes or matches them meanwhile."""

from typing import Any

from django.db.models import QuerySet

from backend.internships.enums import WITHOUT_PROPOSAL
from backend.internships.models import Internship
from backend.matching.placed import placed_by


@placed_by
def planned_without_proposal() -> QuerySet[Any, Any]:
    """Return the keys of the people who have an internship, planned or going on, to which no proposal led."""
    return Internship.objects.open().filter(way_in__in=WITHOUT_PROPOSAL).order_by().values("participant")
