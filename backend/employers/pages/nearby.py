"""What narrows the list of openings, each with the way out of it, and what is near when nothing is found."""

from collections.abc import Hashable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Value
from django.http import QueryDict
from rapidfuzz import fuzz, process

from backend.core.text.keys import search_key
from backend.employers.pages.filters import OpeningFilter
from backend.employers.searching.shelf import Shelf

ALIKE = 72
SUGGESTIONS = 3
SHORTEST_WORD = 4
# Without a place there is nothing to measure a distance, or an order, from.
GOES_WITH = {"near": ("within", "sort")}


@dataclass(frozen=True)
class Way:
    """A list that is one choice away: what the choice is called, where it leads, how many stand there."""

    words: str
    url: str
    count: int = 0


def chips(found: OpeningFilter) -> list[Way]:
    """Return each filter that narrows the list, with the address of the list without it."""
    return [Way(_words(found, name), _url(_without(found, name))) for name in _active(found)]


def nearby(found: OpeningFilter, *, shelf: Shelf, scope: Hashable) -> dict[str, list[Way]]:
    """Return the lists that are one choice away and not empty: one filter less, or a word spelt alike.

    The words that there are, in the reader's scope, are kept on the shelf.
    """
    less = [(_words(found, name), _without(found, name)) for name in _active(found)]
    alike = []
    for name in ("q", "occupation"):
        if written := found.form.cleaned_data.get(name):
            kept = ("words", scope, found.asked(but=name))
            words = shelf.take(kept, lambda name=name: _words_there(found, name))  # type: ignore[misc]
            alike += [(text, _with(found, name, text)) for text in _alike(written, words)]
    return {"without": _not_empty(found, less), "meant": _not_empty(found, alike)}


def _active(found: OpeningFilter) -> list[str]:
    found.form.is_valid()
    return [name for name, value in found.form.cleaned_data.items() if value]


def _words(found: OpeningFilter, name: str) -> str:
    """Return what a filter is set to, as its reader chose or wrote it."""
    field, value = found.form.fields[name], found.form.cleaned_data[name]
    if isinstance(value, list):
        labels = dict(field.choices)
        return f"{field.label}: {', '.join(str(labels[each]) for each in value)}"
    choices = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
    written = found.form.data.get(name, "") if name == "near" else value
    return f"{field.label}: {choices.get(value, written)}"


def _without(found: OpeningFilter, name: str) -> QueryDict:
    data = found.form.data.copy()
    for each in (name, "page", *GOES_WITH.get(name, ())):
        data.pop(each, None)
    return data  # type: ignore[no-any-return]


def _with(found: OpeningFilter, name: str, text: str) -> QueryDict:
    data = _without(found, name)
    data[name] = text
    return data


def _url(data: QueryDict) -> str:
    return f"?{data.urlencode()}"


def _narrowed(found: OpeningFilter, data: QueryDict) -> Any:
    """Return what `data` would find; what it has in common with `found` is not read anew."""
    written, read = found.form.data, found.form.cleaned_data
    other = copy(found)
    other._form = copy(found.form)
    other._form.cleaned_data = {
        name: value if data.getlist(name) == written.getlist(name) else data.get(name)
        for name, value in read.items()
    }
    return other.filter_queryset(found.queryset.all())


def _not_empty(found: OpeningFilter, asked: list[tuple[str, QueryDict]]) -> list[Way]:
    """Return those of the lists that hold anything, counted in one question to the database."""
    counting = [
        _narrowed(found, data).order_by().values(nth=Value(nth)).annotate(count=Count("pk"))
        for nth, (_words, data) in enumerate(asked)
    ]
    if not counting:
        return []
    first, *others = counting
    counts = {row["nth"]: row["count"] for row in (first.union(*others, all=True) if others else first)}
    ways = [Way(words, _url(data), counts.get(nth, 0)) for nth, (words, data) in enumerate(asked)]
    return [way for way in ways if way.count]


def _words_there(found: OpeningFilter, name: str) -> dict[str, str]:
    """Return the words in titles and occupations that the other filters leave, each with its key."""
    rows = _narrowed(found, _without(found, name)).order_by().values_list("title", "occupation__text")
    texts = {text.lower() for row in rows.distinct() for text in row if text}
    words = {word for text in texts for word in text.split() if len(word) >= SHORTEST_WORD}
    return {word: search_key([word]) for word in sorted(texts | words)}


def _alike(written: str, keys: Mapping[str, str]) -> list[str]:
    """Return what is spelt almost as what was written."""
    near = process.extract(
        search_key([written]), keys, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=SUGGESTIONS
    )
    return [word for _key, _score, word in near]
