"""What stands in the address of a list, kept, and which openings of it are new."""

from django.http import QueryDict
from django.utils.timezone import localdate

from backend.employers.models import Opening, OpeningQuerySet, SavedSearch
from backend.employers.pages.filters import OpeningFilter
from backend.employers.pages.nearby import chips

LONGEST = 1000
LONGEST_NAME = 80


def asked_in(data: QueryDict) -> str:
    """Return what `data` asks of the public list, in one order; "" where nothing of it makes sense."""
    found = OpeningFilter(data, queryset=Opening.objects.none())
    if not found.form.is_valid():
        return ""
    kept = QueryDict(mutable=True)
    for name in sorted(found.form.fields):
        values = [value.strip() for value in data.getlist(name) if value.strip()]
        if values:
            kept.setlist(name, values)
    query = kept.urlencode()
    return query if len(query) <= LONGEST else ""


def words_of_query(query: str) -> str:
    """Return what a query narrows the list to, in words, as a name for it; "" for the whole list."""
    found = OpeningFilter(QueryDict(query), queryset=Opening.objects.none())
    words = " · ".join(chip.words.partition(": ")[2] or chip.words for chip in chips(found))
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"


def news_of(search: SavedSearch) -> OpeningQuerySet:
    """Return the openings of the newest mail that can still be had, the newest first.

    Where the search makes sense no more, because a place or a municipality is gone, there are none.
    """
    openings = Opening.objects.published(localdate()).select_related("workplace__employer")
    new = openings.filter(published_at__gt=search.told_from, published_at__lte=search.told_until)
    found = OpeningFilter(QueryDict(search.query), queryset=new)
    if not found.form.is_valid():
        return new.none()
    rows: OpeningQuerySet = found.qs.order_by("-published_at", "pk")
    return rows
