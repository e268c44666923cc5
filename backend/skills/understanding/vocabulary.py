"""Reads the catalogue's labels into an index for each kind of concept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from django.utils.translation import get_language

from backend.skills.enums import ConceptKind, LabelKind
from backend.skills.label_index import Judge, LabelIndex, Lexicon, Verdict, everyday_words
from backend.skills.label_index.normalise import key_of
from backend.skills.models import Concept, Label
from backend.skills.second_reader import SecondOpinion
from backend.skills.second_reader.configured import second_opinion_on
from backend.skills.understanding.phrasebook import Phrasebook
from backend.skills.understanding.twins import Entry, find_twins, precedence
from backend.skills.understanding.typeahead import TypeAhead

MOST_SUGGESTIONS = 8
LIKELY = 0.3
"""Least degree at which a label that does not begin as the text is offered; below, it is noise."""
MOST_RIVALS = 8
"""Concepts that are weighed against each other before one is accepted or asked about."""
FEWEST_LETTERS = 3
"""A shorter text is only completed, never compared: everything is almost like two letters."""

OWN_LANGUAGE = "sv"
ORDER = {LabelKind.PREFERRED.value: 0, LabelKind.ALTERNATIVE.value: 1, LabelKind.HIDDEN.value: 2}


class Words(NamedTuple):
    """One label of a concept."""

    concept_id: int
    text: str
    kind: str
    language: str


class Suggestion(NamedTuple):
    """A concept that may be meant: what to write, and the other label that it was found by, if any."""

    concept_id: int
    text: str
    hint: str


@dataclass(frozen=True)
class Vocabulary:
    """The labels of all skills, or of all occupations; concepts go by their keys as text."""

    labels: LabelIndex
    judge: Judge
    starts: TypeAhead
    names: Mapping[str, tuple[str, str]]
    hidden: frozenset[tuple[str, str]]
    second: SecondOpinion | None = None

    @cached_property
    def phrases(self) -> Phrasebook:
        """The labels as phrases to be found among other words, made when the first note is read."""
        pairs = [(key, label) for key, labels in self.judge.labels.items() for label in labels]
        return Phrasebook(pairs, self.judge.foreign, self.judge.lexicon)

    def understand(self, text: str, *, limit: int) -> Verdict:
        """Tell what `text` means, or may mean: at most `limit` concepts."""
        verdict = self.judge.judge(text, self.labels.search([text], limit=MOST_RIVALS)[0])
        if self.second and verdict.decision != "accept":
            hits = self.second.of(text, verdict.hits)
            verdict = Verdict("ask" if hits else "leave", hits)
        return verdict._replace(hits=verdict.hits[:limit])

    def suggest(self, typed: str, *, limit: int = MOST_SUGGESTIONS) -> list[Suggestion]:
        """List concepts whose labels begin as `typed`, then those with labels almost like it."""
        found = {start.concept_id: start.label for start in self.starts.find(typed, limit=limit)}
        if len(found) < limit and len(typed.strip()) >= FEWEST_LETTERS:
            for hit in self.labels.search([typed], limit=limit)[0]:
                if hit.degree >= LIKELY:
                    found.setdefault(hit.concept_id, hit.label)
        language = get_language() or "sv"
        return [self._suggestion(key, label, language) for key, label in list(found.items())[:limit]]

    def keys_named(self, name: str) -> list[str]:
        """List the concepts whose Swedish name is `name`."""
        return [key for key, names in self.names.items() if names[0] == name]

    def _suggestion(self, key: str, label: str, language: str) -> Suggestion:
        swedish, english = self.names[key]
        is_name = label.casefold() in {swedish.casefold(), english.casefold()}
        hint = "" if is_name or (key, label) in self.hidden else label
        return Suggestion(int(key), (english if language.startswith("en") else "") or swedish, hint)


def read_vocabularies() -> dict[str, Vocabulary]:
    """Build the vocabulary of each kind from the current concepts; both know the words of both."""
    concepts = {each.pk: each for each in Concept.objects.current().order_by("pk")}
    spoken = _spoken(concepts, read_labels())
    of_kind = {
        kind: [words for words in spoken if concepts[words.concept_id].kind == kind]
        for kind in ConceptKind.values
    }
    indexes = {kind: LabelIndex(_pairs(words)) for kind, words in of_kind.items()}
    known = frozenset().union(*(labels.words for labels in indexes.values()))
    lexicon = everyday_words() if spoken else Lexicon([])
    return {
        kind: _vocabulary(
            words, concepts, indexes[kind], Judge(lexicon, known, _labels_of(words), _foreign(words))
        )
        for kind, words in of_kind.items()
    }


def read_labels() -> dict[int, list[Words]]:
    """Read the labels of each current concept, its preferred and its Swedish ones first."""
    values = Label.objects.filter(concept__retired_at__isnull=True).values_list(
        "concept_id", "text", "kind", "language"
    )
    found: dict[int, list[Words]] = {}
    for values_of_one in sorted(values, key=lambda row: (ORDER[row[2]], row[3] != OWN_LANGUAGE, *row)):
        words = Words(*values_of_one)
        found.setdefault(words.concept_id, []).append(words)
    return found


def shown_labels() -> set[str]:
    """Return the labels that may be shown, as the vocabularies have them."""
    labels = chain.from_iterable(read_labels().values())
    return {_capitalised(words.text) for words in labels if words.kind != LabelKind.HIDDEN}


def twins_among(concepts: Iterable[Concept], labels: Mapping[int, Sequence[Words]]) -> Mapping[int, int]:
    """Map each concept that a catalogue of earlier precedence names too to the concept there, by keys."""
    return find_twins(
        Entry(
            key=each.pk,
            kind=each.kind,
            scheme=each.scheme,
            ssyk=each.ssyk,
            name=each.name_sv,
            labels=frozenset(
                words.text for words in labels.get(each.pk, ()) if words.kind != LabelKind.HIDDEN
            ),
        )
        for each in concepts
    )


def _spoken(concepts: Mapping[int, Concept], labels: Mapping[int, Sequence[Words]]) -> list[Words]:
    """List the labels to search in. A twin's labels speak for the concept that stands for both.

    What a catalogue of earlier precedence calls something else is left out, so that two catalogues do not
    make clear words unclear; and so is what means something else in Swedish ("chef").
    """
    twin_of = twins_among(concepts.values(), labels)
    order = sorted(concepts, key=lambda key: (key in twin_of, precedence(concepts[key].scheme), key))
    in_order = [words for key in order for words in labels.get(key, ())]
    in_order.sort(key=lambda words: words.language != OWN_LANGUAGE)
    said: dict[tuple[str, str], tuple[str, str]] = {}
    spoken = []
    for words in in_order:
        speaker = concepts[twin_of.get(words.concept_id, words.concept_id)]
        by = (words.language, speaker.scheme)
        if said.setdefault((speaker.kind, key_of(words.text).replace(" ", "")), by) == by:
            spoken.append(words._replace(concept_id=speaker.pk, text=_capitalised(words.text)))
    return spoken


def _capitalised(text: str) -> str:
    """Begin with a capital: the index takes a capital among small letters for the title of a group."""
    return text[:1].upper() + text[1:]


def _pairs(spoken: Sequence[Words]) -> list[tuple[str, str]]:
    return [(str(words.concept_id), words.text) for words in spoken]


def _labels_of(spoken: Sequence[Words]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, text in _pairs(spoken):
        found.setdefault(key, []).append(text)
    return found


def _foreign(spoken: Sequence[Words]) -> frozenset[tuple[str, str]]:
    return frozenset(_pairs([words for words in spoken if words.language != OWN_LANGUAGE]))


def _vocabulary(
    spoken: Sequence[Words], concepts: Mapping[int, Concept], labels: LabelIndex, judge: Judge
) -> Vocabulary:
    pairs = _pairs(spoken)
    return Vocabulary(
        labels=labels,
        judge=judge,
        starts=TypeAhead(pairs),
        names={key: (concepts[int(key)].name_sv, concepts[int(key)].name_en) for key, _ in pairs},
        hidden=frozenset(_pairs([words for words in spoken if words.kind == LabelKind.HIDDEN])),
        second=second_opinion_on(_pairs([words for words in spoken if words.kind != LabelKind.HIDDEN])),
    )
