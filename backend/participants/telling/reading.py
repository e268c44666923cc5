"""The words of a consent as its reader reads them: kept in Swedish, said in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.translation import get_language

from backend.participants.enums import ReleasedKind
from backend.skills import wording
from backend.skills.models import Concept


class Item(Protocol):
    """What is, or would be, released: its kind, the words that are kept, and the concept that they mean."""

    kind: str
    text: str
    concept_id: int | None


@dataclass(frozen=True)
class Words:
    """What the reader reads; `lang` is the language of the words where it is not the page's."""

    text: str
    lang: str = ""


def in_readers_language(items: Iterable[Item]) -> list[Words]:
    """Return the words of each item, in one query: by its meaning, or as they were kept."""
    listed = list(items)
    if get_language() == settings.LANGUAGE_CODE:
        return [Words(each.text) for each in listed]
    concepts = Concept.objects.in_bulk({each.concept_id for each in listed if each.concept_id is not None})
    return [_words(each, concepts.get(each.concept_id or 0)) for each in listed]


def _words(item: Item, concept: Concept | None) -> Words:
    if item.kind == ReleasedKind.FIRST_NAME:
        return Words(item.text)
    if spoken := wording.language_said(item.text):
        return Words(wording.language(*spoken))
    if code := wording.adaptation_said(item.text):
        return Words(wording.adaptation(code))
    if concept is not None and concept.name_en and item.text == concept.name_sv:
        return Words(concept.name)
    return Words(item.text, settings.LANGUAGE_CODE)
