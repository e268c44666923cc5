"""Free text in lists: every word must be found, and the best hits come first."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest

from backend.core.text.folding import words_to_look_for
from backend.core.text.sounds import sounds_in

MOST_WORDS = 8
WHOLE, BEGINS, INSIDE, SOUNDS = range(4)
RANK = "search_rank"

Rows = TypeVar("Rows", bound=QuerySet[Any])
Elsewhere = Callable[[str], Q]


def search(
    rows: Rows, text: str, *paths: str, elsewhere: Elsewhere | None = None, worst: int = SOUNDS
) -> Rows:
    """Keep the rows in which every word of `text` is found, the best first.

    Whole words come before beginnings, those before what stands inside a word, and last what only sounds
    alike; `worst` leaves out the weaker. `paths` lead to the rows that have the keys ("" is the row itself,
    "workplace__employer__" another); `elsewhere` says where else a word may stand, which counts as inside.
    """
    words = words_to_look_for(text)[:MOST_WORDS]
    if not words:
        return rows.none()
    heard = sounds_in(text) if worst == SOUNDS else {}
    for word in words:
        found = _any(f" {word}" if worst < INSIDE else word, "search_key", paths)
        for sound in heard.get(word, ()):
            found |= _any(f" {sound} ", "sound_key", paths)
        rows = rows.filter(found | elsewhere(word) if elsewhere else found)
    ranks = [_rank(word, paths, elsewhere) for word in words]
    ranked = rows.annotate(**{RANK: Greatest(*ranks) if len(ranks) > 1 else ranks[0]})
    return best_first(ranked, *(rows.query.order_by or rows.model._meta.ordering))


def best_first(rows: Rows, *order: Any) -> Rows:
    """Sort by `order`, and where something was searched for by how well it was found before that."""
    return rows.order_by(*([F(RANK)] if RANK in rows.query.annotations else []), *order)


def has_words(text: str, *paths: str) -> Q:
    """Return the condition that every word of `text` stands in one of the rows that `paths` lead to."""
    wanted = Q()
    for word in words_to_look_for(text)[:MOST_WORDS]:
        wanted &= _any(word, "search_key", paths)
    return wanted or Q(pk__in=[])


def _any(text: str, key: str, paths: tuple[str, ...]) -> Q:
    found = Q()
    for path in paths:
        found |= Q(**{f"{path}{key}__contains": text})
    return found


def _rank(word: str, paths: tuple[str, ...], elsewhere: Elsewhere | None) -> Combinable:
    inside = _any(word, "search_key", paths)
    return Case(
        When(_any(f" {word} ", "search_key", paths), then=Value(WHOLE)),
        When(_any(f" {word}", "search_key", paths), then=Value(BEGINS)),
        When(inside | elsewhere(word) if elsewhere else inside, then=Value(INSIDE)),
        default=Value(SOUNDS),
        output_field=IntegerField(),
    )
