"""Whether anything goes on with an employer; apps higher up add what they know of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.employers.enums import OpeningState
from backend.employers.models import Employer, EmployerContact, Opening

QUIET_FOR: Final = timedelta(days=180)
"""After so long without any sign an employer is dormant: somebody could call."""

Sign = Callable[[date], Exists]
_signs: list[Sign] = []


def sign_of_life(sign: Sign) -> Sign:
    """Add what asks whether something went on at the employer `OuterRef("pk")` on or after a day."""
    _signs.append(sign)
    return sign


def dormant(employers: "QuerySet[Employer]", *, today: date) -> "QuerySet[Employer]":
    """Keep the employers of which nothing has been seen since QUIET_FOR before `today`."""
    since = today - QUIET_FOR
    for sign in _signs:
        employers = employers.filter(~Q(sign(since)))
    return employers.filter(created_at__date__lt=since)


def with_unused_places(employers: "QuerySet[Employer]", *, today: date) -> "QuerySet[Employer]":
    """Keep the employers with a place that is open on `today` and that nobody has."""
    open_ones = Opening.objects.open_on(today).filter(workplace__employer=OuterRef("pk"))
    return employers.filter(Exists(open_ones.order_by()))


@sign_of_life
def _contact(since: date) -> Exists:
    return Exists(EmployerContact.objects.filter(employer=OuterRef("pk"), happened_on__gte=since).order_by())


@sign_of_life
def _opening(since: date) -> Exists:
    theirs = Opening.objects.filter(workplace__employer=OuterRef("pk")).exclude(state=OpeningState.DRAFT)
    return Exists(theirs.filter(fresh_at__date__gte=since).order_by())
