"""Which openings other programs are told of, and until when each is said to hold."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpRequest

from backend.core import rules
from backend.core.clock import day_of
from backend.employers.jobs import STALE_RULE
from backend.employers.models import Opening
from backend.employers.pages.filters import OpeningFilter, filtered
from backend.employers.scopes import public_openings

MOST: Final = 100
"""Of what a feed tells: the newest."""
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def asked_for(request: HttpRequest, *, on: date) -> "QuerySet[Any]":
    """Return the newest of them that fit the filters of the address: those of the public list."""
    openings = public_openings(on=on).select_related(
        "workplace__employer", "occupation__concept", "imported_ad"
    )
    found = filtered(OpeningFilter, request, openings)
    newest: QuerySet[Any] = found.qs.order_by(F("published_at").desc(), "pk")[:MOST]
    return newest


def last_day_by(*, at: datetime) -> Callable[[Opening], date]:
    """Return what tells the last day of an opening as it stands.

    It is the first of these: its own last day, the last day to apply, and when it closes by itself.
    """
    kept = timedelta(days=rules.value_on(STALE_RULE, day_of(at)))

    def last_day(opening: Opening) -> date:
        ad = getattr(opening, "imported_ad", None)
        days = (day_of(opening.fresh_at + kept), opening.ends_on, ad.apply_by if ad else None)
        return min(day for day in days if day)

    return last_day


def site_address(path: str) -> str:
    """Return the whole address of a page of ours."""
    return f"{settings.SITE_URL}{path}"


def for_xml(text: str) -> str:
    """Return `text` without the characters that no XML may hold (XML 1.0, 2.2)."""
    return _NOT_IN_XML.sub("", text)
