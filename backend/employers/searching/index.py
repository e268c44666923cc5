"""All openings in the memory of this process, searched by words, and brought up to date when one changes.

Only words are kept here: which openings somebody may see, and all filters, are asked of the database. One
short query tells whether what is kept is still true; what has changed is read again and stands beside the
rest, until so much has changed that all is read anew. Before the first import of a catalogue nothing is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from backend.core.kept import Held, Kept
from backend.core.text.sounds import sounds_of
from backend.core.writing import seen
from backend.employers.changes import OPENINGS_CHANGE_WITH, openings_of
from backend.employers.searching.lexicon import Likeness
from backend.employers.searching.moments import Moment, is_true_still
from backend.employers.searching.postings import (
    NOT_THERE,
    Asked,
    Document,
    Postings,
    Reason,
    Where,
    reason_of,
)
from backend.employers.searching.reading import read_all, read_some
from backend.employers.searching.words import asked_words, words_of
from backend.skills.enums import ConceptKind
from backend.skills.understanding import index as catalogue_index
from backend.skills.understanding.index import CatalogueIndex

MOST_CHANGED: Final = 250
"""Where more openings have changed, all are read: what stands beside the rest is searched as well."""
MOST_MEANINGS: Final = 5
MOST_KEPT: Final = 200
"""Texts whose hits are kept with the index, in memory alone."""
TIERS: Final = (1, 3, 6, NOT_THERE - 1)
"""What an opening costs at most in each group of hits, the best group first."""
CERTAIN: Final = frozenset({"exact", "synonym"})

Labels = Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class Part:
    """Some openings, without those that have changed since."""

    postings: Postings
    gone: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Hits:
    """What was found: keys in groups, the best group first; `why` tells the reasons of each."""

    tiers: Sequence[Sequence[str]]
    documents: Mapping[str, Document]
    likenesses: Sequence[Mapping[str, Likeness]]
    means: Mapping[int, str]
    labels: Labels
    _whys: dict[str, list[Reason]] = field(default_factory=dict)

    def why(self, key: str) -> list[Reason]:
        """Return a reason for each word, each once; one for the whole where the whole is meant."""
        if key not in self._whys:
            self._whys[key] = self._why(key)
        return self._whys[key]

    def _why(self, key: str) -> list[Reason]:
        document = self.documents.get(key)
        if document is None:
            return []
        meant = [
            Reason(each.where, Likeness.EXACT, phrase=each.text)
            for each in document.phrases
            if each.concept in self.means
        ]
        found = [reason_of(document, each, self.labels) for each in self.likenesses]
        words = [each for each in found if each is not None]
        return list(dict.fromkeys(words if len(words) == len(self.likenesses) else meant[:1]))


@dataclass(frozen=True)
class SearchIndex:
    """The openings as of a moment, with the catalogue that names their concepts."""

    catalogue: CatalogueIndex
    parts: Sequence[Part]
    labels: Labels = field(default_factory=dict)
    _found: dict[str, Hits] = field(default_factory=dict)

    @cached_property
    def _named(self) -> Mapping[str, set[int]]:
        """The occupations that one word is a name of."""
        found: dict[str, set[int]] = {}
        for key, labels in self.catalogue.vocabularies[ConceptKind.OCCUPATION].judge.labels.items():
            for label in labels:
                if len(words := words_of(label)) == 1:
                    found.setdefault(words[0], set()).add(int(key))
        return found

    def find(self, text: str) -> Hits:
        """Find the openings that have every word of `text`, or an occupation or skill that it means.

        What was asked for lately is not looked for again; who asked is nowhere written down.
        """
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= MOST_KEPT:
                self._found.clear()
            found = self._found[text] = self._find(text)
        return found

    def _find(self, text: str) -> Hits:
        words = asked_words(text)
        means = self._meanings(text) if words else {}
        costs, documents = {}, {}
        spoken: list[dict[str, Likeness]] = [{} for _ in words]
        asked = self._asked(words)
        for part, each in zip(self.parts, asked, strict=True):
            for likenesses, one in zip(spoken, each, strict=True):
                lexicon = part.postings.lexicon
                likenesses |= {lexicon.words[number]: how for number, how in one.likenesses.items()}
            found = part.postings.costs(each, means)
            for row in np.flatnonzero(found < NOT_THERE).tolist():
                if row not in part.gone:
                    document = part.postings.documents[row]
                    costs[document.key], documents[document.key] = int(found[row]), document
        return Hits(_in_tiers(costs), documents, spoken, means, self.labels)

    def _asked(self, words: Sequence[str]) -> list[list[Asked]]:
        """Return for each part which of its words answer; typing errors only where no part has the word."""
        found: list[list[Asked]] = [[] for _ in self.parts]
        for word in words:
            others, sounds = self._other_words(word), sounds_of(word)
            likenesses = []
            for part in self.parts:
                lexicon = part.postings.lexicon
                likenesses.append(
                    lexicon.other_words(others) | lexicon.sounding(sounds) | lexicon.plain(word)
                )
            if not any(likenesses):
                likenesses = [part.postings.lexicon.misspelt(word) for part in self.parts]
            for asked, likeness in zip(found, likenesses, strict=True):
                asked.append(Asked(word, likeness))
        return found

    def _other_words(self, word: str) -> list[str]:
        """Return single words that name an occupation which `word` names too: undersköterska for usk."""
        labels = self.catalogue.vocabularies[ConceptKind.OCCUPATION].judge.labels
        names = [name for key in self._named.get(word, ()) for name in labels.get(str(key), ())]
        split = [words_of(name) for name in names]
        return [words[0] for words in split if len(words) == 1 and words[0] != word]

    def _meanings(self, text: str) -> dict[int, str]:
        """Return the concepts that the whole text certainly names, or plainly means though misspelt."""
        found: dict[int, str] = {}
        for kind in ConceptKind.values:
            verdict = self.catalogue.understand(text, kind, limit=MOST_MEANINGS)
            sure = verdict.hits[:1] if verdict.decision == "accept" else []
            named = [hit for hit in verdict.hits if hit.why in CERTAIN]
            found |= {int(hit.concept_id): hit.label for hit in (*named, *sure)}
        return found


_kept: Kept[Moment, SearchIndex] = Kept()


def current() -> SearchIndex:
    """Return the index of the openings as they are now: one query while nothing has changed."""
    held = _kept.at_hand()
    if held is not None and is_true_still(held.version):
        return held.item
    catalogue = catalogue_index.current()
    if catalogue.version is None:
        return _made(catalogue)
    version = catalogue.version

    def is_current(held: Moment) -> bool:
        now = seen.stamp(OPENINGS_CHANGE_WITH, floor=held.seen.floor)
        return held.catalogue == version and held.seen.stamp == now

    def make() -> Held[Moment, SearchIndex]:
        held = _kept.at_hand()
        if held is not None and held.version.catalogue != version:
            held = None
        # What has been seen is read before the rows: what changes in between is then seen by the next reader.
        now = seen.see(OPENINGS_CHANGE_WITH, floor=held.version.seen.floor if held else None)
        index = _brought_up_to_date(held.item, openings_of(now.since(held.version.seen))) if held else None
        return Held(Moment(version, now.from_later_on()), index or _made(catalogue))

    return _kept.get(is_current=is_current, make=make)


def forget() -> None:
    """Let go of the index, so that the next reader makes it; for who writes openings past the services."""
    _kept.forget()


def _made(catalogue: CatalogueIndex) -> SearchIndex:
    labels = {
        int(key): labels
        for vocabulary in catalogue.vocabularies.values()
        for key, labels in vocabulary.judge.labels.items()
    }
    return SearchIndex(catalogue, [Part(Postings(read_all(), labels, sounds_of))], labels)


def _brought_up_to_date(index: SearchIndex, changed: Iterable[object]) -> SearchIndex | None:
    """Return the index with the changed openings beside the others; None where all is better read anew."""
    base, *fresh = index.parts
    keys = {str(key) for key in changed}
    keys |= {document.key for part in fresh for document in part.postings.documents}
    if len(keys) > MOST_CHANGED:
        return None
    gone = {base.postings.row_of[key] for key in keys if key in base.postings.row_of}
    beside = Postings(read_some(set(keys)), index.labels, sounds_of)
    return SearchIndex(index.catalogue, [Part(base.postings, base.gone | gone), Part(beside)], index.labels)


def _in_tiers(costs: Mapping[str, int]) -> list[list[str]]:
    tiers: list[list[str]] = [[] for _ in TIERS]
    for key, cost in costs.items():
        tiers[next(tier for tier, most in enumerate(TIERS) if cost <= most)].append(key)
    return tiers


__all__ = ["Hits", "SearchIndex", "Where", "current", "forget"]
