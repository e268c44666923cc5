"""Saved searches: looked for anew when it is time, and visitors' forgotten when theirs has come."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.running import schedule
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import SearchPace
from backend.employers.models import SavedSearch
from backend.employers.searching.news import news_of
from backend.employers.searching.notifications import tell_user
from backend.employers.searching.visitors import CONFIRMED_WITHIN, MOST_NAMED, tell_visitor
from backend.employers.services.searches import PERIODS

AT_ONCE: Final = 100
"""Of one run, so that nobody who waits for a code waits behind many mails."""
VISITORS_KEPT: Final = timedelta(days=365)


def look_for_news(at: datetime) -> str:
    """Look for what is new in each search whose time has come, and tell of it; nothing new, no mail."""
    due = SavedSearch.objects.due(at).order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]
    return f"told {sum(_look(search_id=key, at=at) for key in list(due))}"


@one_write
def _look(*, search_id: UUID, at: datetime) -> bool:
    """Tell of one search and write down until when, in one transaction: who dies has done neither."""
    search = locked(SavedSearch.objects.due(at).filter(pk=search_id)).first()
    if search is None:
        return False
    search.told_from, search.told_until = search.told_until, at
    period = PERIODS.get(SearchPace(search.pace))
    search.due_at = at + period if period else None
    search.save(update_fields=["told_from", "told_until", "due_at"])
    openings = list(news_of(search)[: MOST_NAMED + 1])
    if openings and search.user_id:
        tell_user(search, at=at)
    elif openings:
        tell_visitor(search, openings, at=at)
    return bool(openings)


def forget_visitors_searches(at: datetime) -> str:
    """Delete visitors' searches, with the addresses, that were never confirmed or are a year old."""
    never = Q(confirmed_at=None, created_at__lte=at - CONFIRMED_WITHIN)
    old = Q(created_at__lte=at - VISITORS_KEPT)
    return f"forgot {SavedSearch.objects.filter(never | old, user=None).delete()[0]}"


LOOK_FOR_NEWS = schedule.register(
    schedule.Job(
        "look_for_news",
        timedelta(minutes=10),
        look_for_news,
        title=_("Tell of new openings"),
        tells=_("Who has saved a search gets a mail when there is something new in it."),
    )
)
FORGET_VISITORS_SEARCHES = schedule.register(
    schedule.Job(
        "forget_visitors_searches",
        timedelta(hours=6),
        forget_visitors_searches,
        ends=(SavedSearch,),
        title=_("Forget visitors' searches"),
        tells=_(
            "Addresses that nobody confirmed within two days, and searches that are a year old, are deleted."
        ),
    )
)
