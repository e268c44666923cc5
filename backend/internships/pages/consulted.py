"""What is known of the union's answer about a workplace, before a placement there is planned."""

from datetime import date
from typing import Any

from backend.accounts.models import User
from backend.employers.models import Workplace
from backend.internships.models import UnionConsultation


def known_of_union(workplace: Workplace, reader: User, *, today: date) -> dict[str, Any]:
    """Return the first values of the plan: whom the union's newest question went to, when, and its answer."""
    asked = UnionConsultation.objects.visible_to(reader).that_serve(workplace, on=today).first()
    if asked is None:
        return {}
    known = {"union_name": asked.union_name, "union_asked_on": asked.asked_on}
    return known | ({"union_outcome": asked.outcome} if asked.outcome else {})
