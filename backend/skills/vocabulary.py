"""Reads the catalogue's labels into an index for each kind of concept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import get_language

from backend.skills.enums import ConceptKind, LabelKind
from backend.skills.label_index import LabelIndex
from backend.skills.models import Concept, Label
from backend.skills.twins import Entry, find_twins, precedence
from backend.skills.typeahead import TypeAhead

MOST_SUGGESTIONS = 8
LIKELY = 0.3
"""Least degree at which a label that does not begin as the text is offered; below, it is noise."""
FEWEST_LETTERS = 3
"""A shorter text is only completed, never compared: everything is almost like two letters."""

ORDER = {LabelKind.PREFERRED.value: 0, LabelKind.ALTERNATIVE.value: 1, LabelKind.HIDDEN.value: 2}


class Words(NamedTuple):
    """One label of a concept."""

    concept_id: int
    text: str
    kind: str


class Suggestion(NamedTuple):
    """A concept that may be meant: what to write, and the other label that it was found by, if any."""

    concept_id: int
    text: str
    hint: str


@dataclass(frozen=True)
class Vocabulary:
    """The labels of all skills, or of all occupations; concepts go by their keys as text."""

    labels: LabelIndex
    starts: TypeAhead
    names: Mapping[str, tuple[str, str]]
    hidden: frozenset[tuple[str, str]]

    def suggest(self, typed: str, *, limit: int = MOST_SUGGESTIONS) -> list[Suggestion]:
        """List concepts whose labels begin as `typed`, then those with labels almost like it."""
        found = {start.concept_id: start.label for start in self.starts.find(typed, limit=limit)}
        if len(found) < limit and len(typed.strip()) >= FEWEST_LETTERS:
            for hit in self.labels.search([typed], limit=limit)[0]:
                if hit.degree >= LIKELY:
                    found.setdefault(hit.concept_id, hit.label)
        language = get_language() or "sv"
        return [self._suggestion(key, label, language) for key, label in list(found.items())[:limit]]

    def _suggestion(self, key: str, label: str, language: str) -> Suggestion:
        swedish, english = self.names[key]
        is_name = label.casefold() in {swedish.casefold(), english.casefold()}
        hint = "" if is_name or (key, label) in self.hidden else label
        return Suggestion(int(key), (english if language.startswith("en") else "") or swedish, hint)


def read_vocabularies() -> dict[str, Vocabulary]:
    """Build the vocabulary of each kind from the current concepts."""
    concepts = {each.pk: each for each in Concept.objects.current().order_by("pk")}
    spoken = _spoken(concepts, read_labels())
    return {
        kind: _vocabulary([words for words in spoken if concepts[words.concept_id].kind == kind], concepts)
        for kind in ConceptKind.values
    }


def read_labels() -> dict[int, list[Words]]:
    """Read the labels of each current concept, its preferred and its Swedish ones first."""
    values = Label.objects.filter(concept__retired_at__isnull=True).values_list(
        "concept_id", "text", "kind", "language"
    )
    found: dict[int, list[Words]] = {}
    for concept_id, text, kind, _ in sorted(values, key=lambda row: (ORDER[row[2]], row[3] != "sv", *row)):
        found.setdefault(concept_id, []).append(Words(concept_id, text, kind))
    return found


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
    make clear words unclear.
    """
    twin_of = twins_among(concepts.values(), labels)
    order = sorted(concepts, key=lambda key: (key in twin_of, precedence(concepts[key].scheme), key))
    scheme_of: dict[tuple[str, str], str] = {}
    spoken = []
    for words in (words for key in order for words in labels.get(key, ())):
        speaker = concepts[twin_of.get(words.concept_id, words.concept_id)]
        first = scheme_of.setdefault((speaker.kind, words.text.casefold()), speaker.scheme)
        if first == speaker.scheme:
            spoken.append(words._replace(concept_id=speaker.pk, text=_capitalised(words.text)))
    return spoken


def _capitalised(text: str) -> str:
    """Begin with a capital: the index takes a capital among small letters for the title of a group."""
    return text[:1].upper() + text[1:]


def _vocabulary(spoken: Sequence[Words], concepts: Mapping[int, Concept]) -> Vocabulary:
    labels = [(str(words.concept_id), words.text) for words in spoken]
    return Vocabulary(
        labels=LabelIndex(labels),
        starts=TypeAhead(labels),
        names={key: (concepts[int(key)].name_sv, concepts[int(key)].name_en) for key, _ in labels},
        hidden=frozenset(
            (str(words.concept_id), words.text) for words in spoken if words.kind == LabelKind.HIDDEN
        ),
    )
