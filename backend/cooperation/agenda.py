"""For which agencies a person stands on an agenda: those whose package may be read on the day, no other.

It is kept nowhere. A consent that ends and an identity that is protected take the person off at once.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.cooperation.models import CaseReview, Package
from backend.participants.models import Consent
from backend.participants.telling.told import released_on

Ground = tuple[UUID, UUID]
"""The keys of a participant and of an agency."""


def grounds(people: Iterable[UUID], agencies: Iterable[UUID], *, on: date) -> Mapping[Ground, Package]:
    """Return for each person and agency the newest package that the agency may read on a day.

    Two queries for any number; whether a package tells anything is said by `released_on` alone.
    """
    in_force = Consent.objects.in_force(on).filter(agency__in=set(agencies))
    packages = Package.objects.filter(participant__in=set(people), consent__in=in_force).with_receiver()
    newest_first = list(packages.select_related("participant__unit").order_by("-sent_at", "pk"))
    told = released_on(on, [each.consent for each in newest_first])
    found: dict[Ground, Package] = {}
    for each in newest_first:
        if each.consent_id in told:
            found.setdefault((each.participant_id, each.agency.pk), each)
    return found


def colleagues_of(review: CaseReview) -> QuerySet[User]:
    """Return who of the staff can be responsible for an action: coaches and managers of the unit."""
    working = User.objects.filter(
        is_active=True,
        assignments__unit=review.unit_id,
        assignments__role__in=(Role.COACH, Role.MANAGER),
        assignments__ended_on=None,
    )
    return working.distinct().order_by("name", "pk")
