"""The list of openings as somebody asks for it: what is found, in which order, and why each is there."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backend.core.text.searching import RANK
from backend.employers.models import Opening, OpeningQuerySet
from backend.employers.pages.filters import OpeningFilter, filtered, opening_filter_for
from backend.employers.pages.lines import Row, read
from backend.employers.pages.nearby import Way, chips, nearby
from backend.employers.scopes import Listed, listed_openings
from backend.employers.searching import shelf
from backend.employers.searching.shelf import Keys, Shelf
from backend.employers.searching.wording import why_in_words

_NEWEST: Final = ["-published_at", "-created_at", "pk"]
ORDERS: Final[dict[str, list[Any]]] = {
    "best": [RANK, *_NEWEST],
    "newest": _NEWEST,
    "starts": [F("starts_on").asc(nulls_first=True), "-published_at", "pk"],
    "nearest": ["km", "-published_at", "pk"],
}
FOR_MACHINES: Final = {"kind", "field", "municipality"}
"""One of these alone makes a list that searching machines may show; more at once are too many lists."""


@dataclass(frozen=True)
class Sought:
    """What is asked of the list of openings, and what it gives."""

    filter: OpeningFilter
    order: str
    scope: Listed
    shelf: Shelf

    @cached_property
    def asked(self) -> Hashable:
        """What is asked for, the reader's scope included: lists that have it alike have the same rows."""
        return self.scope.key, self.filter.asked()

    @cached_property
    def keys(self) -> Keys:
        """The keys of the openings that were found, in order; kept until an opening changes.

        Words narrow what is kept of the other filters, so that a new search asks the database for nothing.
        """
        text = self.filter.form.cleaned_data.get("q")
        read = partial(self._found_by, text) if text else lambda: Keys.of(self.rows)
        return self.shelf.take(("keys", self.order, self.asked), read)

    def _found_by(self, text: str) -> Keys:
        order, others = ("newest" if self.order == "best" else self.order), self.filter.without("q")
        kept = ("keys", order, (self.scope.key, others.asked()))
        keys = self.shelf.take(kept, lambda: Keys.of(_in_order(others, order)))
        tiers = self.filter.hits(text).tiers
        return keys.best_first(tiers) if self.order == "best" else keys.among(tiers)

    @property
    def nearby(self) -> Mapping[str, list[Way]]:
        """What is near where nothing was found; kept likewise."""
        what = ("nearby", get_language(), self.scope.key, self.filter.form.data.urlencode())
        return self.shelf.take(what, lambda: nearby(self.filter, shelf=self.shelf, scope=self.scope.key))

    @property
    def rows(self) -> OpeningQuerySet:
        """The openings that were found, in order."""
        return _in_order(self.filter, self.order)

    def lines(self) -> "Lines":
        """The lines of the openings that were found, page by page."""
        return Lines(self)

    @property
    def orders(self) -> list[tuple[str, str]]:
        """The orders that there are, each with its words."""
        return orders_of(self.filter)

    @property
    def is_map(self) -> bool:
        """Whether a map is asked for in the place of the rows."""
        return bool(self.filter.form.data.get("view") == "map")

    @property
    def can_be_saved(self) -> bool:
        """Whether the list can be saved as a search: what staff see besides the public list cannot."""
        return not self.filter.form.cleaned_data.get("state") and self.filter.form.is_valid()

    @property
    def query(self) -> str:
        """What is asked for, as it stands in an address, without which page and how it is shown."""
        data = self.filter.form.data.copy()
        for name in ("page", "view", "sort"):
            data.pop(name, None)
        return str(data.urlencode())

    @property
    def chips(self) -> list[Way]:
        """What narrows the list."""
        return chips(self.filter)

    @property
    def title(self) -> str:
        """What the page is called, by what narrows it."""
        narrowed = ", ".join(chip.words for chip in self.chips)
        return f"{_('Openings')}: {narrowed}" if narrowed else _("Openings")

    @property
    def canonical(self) -> str:
        """The one address of a list that searching machines may show; "" for others."""
        asked = self.filter.form.data
        used = {name for name in asked if asked.get(name)} - {"page"}
        if len(used) > 1 or not used <= FOR_MACHINES or len(self.chips) != len(used):
            return ""
        kept = QueryDict(mutable=True)
        kept.update({name: asked[name] for name in sorted(used)})
        if asked.get("page", "").isdigit() and asked["page"] != "1":
            kept["page"] = asked["page"]
        address = f"{settings.SITE_URL}{reverse('employers:opening_list')}"
        return f"{address}?{kept.urlencode()}" if kept else address

    @property
    def why(self) -> Callable[[UUID], str]:
        """What says why an opening was found; nothing where no words were asked for."""
        text = self.filter.form.cleaned_data.get("q")
        if not text:
            return lambda _pk: ""
        hits = self.filter.hits(text)
        return lambda pk: why_in_words(hits.why(str(pk)))


class Lines:
    """What a paginator cuts into pages: the keys of all, of which the rows on one page are read.

    The keys are those of the reader's scope at this moment. Asked once more whether they are, SQLite takes
    the index of the state and reads all that is published.
    """

    ordered = True

    def __init__(self, found: Sought) -> None:
        self._found = found

    def count(self) -> int:
        """Return how many there are."""
        return len(self._found.keys)

    def __getitem__(self, part: slice) -> list[Row]:
        keys = self._found.keys[part]
        rows: Any = Opening.objects.filter(pk__in=keys)
        if place := self._found.filter.place:
            rows = self._found.filter.near_place(rows, "near", place)
        by_key = {row["pk"]: row for row in read(rows.order_by())}
        return [by_key[key] for key in keys if key in by_key]


def sought(request: HttpRequest) -> Sought:
    """Return what the request asks for: the best found first, else the nearest, else the newest."""
    scope, kept = listed_openings(request.user, on=timezone.localdate()), shelf.current()
    found = filtered(opening_filter_for(request), request, scope.openings)
    found.shelf = kept
    usual = next(name for name, is_usual in _usual(found) if is_usual)
    order = request.GET.get("sort", usual)
    return Sought(found, order if order in dict(orders_of(found)) else usual, scope, kept)


def orders_of(found: OpeningFilter) -> list[tuple[str, str]]:
    """Return the orders that a list can have: by words only where there are any, by distance from a place."""
    orders = [("newest", _("Newest")), ("starts", _("Starts soonest"))]
    if found.form.cleaned_data.get("q"):
        orders.insert(0, ("best", _("Best match")))
    return [*orders, ("nearest", _("Nearest"))] if found.place else orders


def _usual(found: OpeningFilter) -> list[tuple[str, bool]]:
    found.form.is_valid()
    return [
        ("best", bool(found.form.cleaned_data.get("q"))),
        ("nearest", bool(found.place)),
        ("newest", True),
    ]


def _in_order(found: OpeningFilter, order: str) -> OpeningQuerySet:
    rows: OpeningQuerySet = found.qs.order_by(*_possible(found, order))
    return rows


def _possible(found: OpeningFilter, order: str) -> list[Any]:
    """Return how to sort; where nothing was found there is no rank to sort by."""
    if order == "newest" and found.form.cleaned_data.get("state"):
        return [F("published_at").desc(nulls_last=True), "-created_at", "pk"]  # drafts have no such day
    has_rank = RANK in found.qs.query.annotations
    return ORDERS["newest"] if order == "best" and not has_rank else ORDERS[order]
