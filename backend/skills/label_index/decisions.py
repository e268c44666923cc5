"""What to do with the hits of a search: accept the first, ask a person, or leave the text as written."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from backend.skills.label_index.hits import Hit
from backend.skills.label_index.lexicon import Lexicon
from backend.skills.label_index.likeness import Comparison, Likeness
from backend.skills.label_index.normalise import key_of

Decision = Literal["accept", "ask", "leave"]

ACCEPT_MARGIN = 0.2
"""Lead in degree over the next concept below which nobody can tell which of the two is meant."""
_VOWELS = frozenset("aeiouyåäö")
ASK_DEGREE = 0.05
"""Below this the list of hits has nothing worth a coach's time."""
ASK_DEGREE_OF_ONE_WORD = 0.15
"""The same for one word that the label does not have: likeness of parts is little ("kick", "skicka")."""


class Verdict(NamedTuple):
    """A decision, and the hits that are worth showing with it, the surest first."""

    decision: Decision
    hits: list[Hit]


@dataclass(frozen=True)
class Judge:
    """Decides what a text means among the labels of one vocabulary.

    `labels` has all labels of a concept, of which a search answers one; `foreign` has the (concept, label)
    pairs whose label is in another language than the texts are.
    """

    lexicon: Lexicon
    catalogue_words: Set[str] = field(default_factory=frozenset)
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    foreign: Set[tuple[str, str]] = field(default_factory=frozenset)

    def judge(self, text: str, hits: Sequence[Hit]) -> Verdict:
        """Accept a label that is the text, the same words or plainly misspelt, with a margin and no rival.

        Labels that are like the text by chance are no answer to it, and are left out.
        """
        found = self._compared(key_of(text), hits)
        kept = sorted((each for each in found if each[0] != Likeness.BY_CHANCE), key=lambda each: each[0])
        answers = [hit for _, hit in kept]
        if not kept or (kept[0][0] > Likeness.MISSPELT and not _is_worth_asking(text, answers[0])):
            return Verdict("leave", [])
        is_sure = self._is_sure(text, answers, [likeness for likeness, _ in kept])
        return Verdict("accept" if is_sure else "ask", answers)

    def _compared(self, written: str, hits: Sequence[Hit]) -> list[tuple[Likeness, Hit]]:
        """Find for each hit what it is to the text, by the label that is nearest to it."""
        compare = Comparison(self.lexicon, self.catalogue_words)
        found = []
        for hit in hits:
            labels = [hit.label, *self.labels.get(hit.concept_id, ())]
            likeness, place = min(
                (compare.likeness(written, key_of(label)), place) for place, label in enumerate(labels)
            )
            if likeness > Likeness.MISSPELT:
                likeness, place = compare.likeness(written, key_of(hit.label)), 0
            found.append((likeness, hit._replace(label=labels[place])))
        return found

    def _is_sure(self, text: str, hits: Sequence[Hit], likenesses: Sequence[Likeness]) -> bool:
        likeness, first = likenesses[0], hits[0]
        if likeness > Likeness.MISSPELT:
            return False
        if likeness == Likeness.MISSPELT and first.degree - _best_of_others(hits) < ACCEPT_MARGIN:
            return False
        if likeness < Likeness.MISSPELT and likeness in likenesses[1:]:
            return False
        written = key_of(text).split()
        if (first.concept_id, first.label) in self.foreign and self.lexicon.are_own(written):
            return False  # "chef" is no cook in Swedish
        return not (is_acronym(first.label) and not is_acronym(text) and self.lexicon.are_own(written))


def is_acronym(text: str) -> bool:
    """Tell whether a text is capitals that can be said as a word: "REST" and "LAN", not "VVS"."""
    return text.isupper() and len(text) > 1 and not _VOWELS.isdisjoint(text.casefold())


def _is_worth_asking(text: str, hit: Hit) -> bool:
    is_like_in_parts = " " not in text.strip() and hit.why != "words"
    return hit.degree >= (ASK_DEGREE_OF_ONE_WORD if is_like_in_parts else ASK_DEGREE)


def _best_of_others(hits: Sequence[Hit]) -> float:
    return max((hit.degree for hit in hits[1:]), default=0.0)
