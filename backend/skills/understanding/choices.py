"""What a text may be said to mean, over all four kinds, found while it is still being written."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import override

from backend.skills.enums import ConceptKind, Language, Licence, Tells
from backend.skills.label_index.normalise import normalise
from backend.skills.understanding import index

MOST_CHOICES = 8
_WITH_CODES: dict[Tells, type[TextChoices]] = {Tells.LANGUAGE: Language, Tells.LICENCE: Licence}


class Choice(NamedTuple):
    """A skill or occupation by its key, or a language or licence by its code, and what it is called."""

    kind: str
    value: str
    text: str

    @property
    def key(self) -> str:
        """What stands for it in a form."""
        return f"{self.kind}:{self.value}"


def choices_for(typed: str, *, limit: int = MOST_CHOICES) -> list[Choice]:
    """List what is called as `typed`, or begins so, of all four kinds; the very name first."""
    catalogue = index.current()
    found = [
        Choice(kind.value, str(each.concept_id), each.text)
        for kind in ConceptKind
        for each in catalogue.suggest(typed, kind, limit=limit)
    ]
    key = normalise(typed)
    found += [each for each in _coded() if key and any(word.startswith(key) for word in _words(each.text))]
    found.sort(key=lambda each: (normalise(each.text) != key, not normalise(each.text).startswith(key)))
    return found[:limit]


def choice_of(key: str) -> Choice | None:
    """Return the choice that `key` stands for in a form; None for anything else."""
    kind, _, value = key.partition(":")
    if kind in ConceptKind.values:
        names = index.current().vocabularies[kind].names
        return Choice(kind, value, names[value][0]) if value in names else None
    return next((each for each in _coded() if each.key == key), None)


def _coded() -> list[Choice]:
    with override("sv"):
        return [
            Choice(kind.value, each.value, str(each.label).capitalize())
            for kind, codes in _WITH_CODES.items()
            for each in codes
        ]


def _words(text: str) -> list[str]:
    words = normalise(text).split()
    return [normalise(text), *words]
