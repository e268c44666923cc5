"""Showing what is told of a person."""

from collections.abc import Iterable
from typing import Any

from django import template

from backend.participants.enums import ReleasedKind
from backend.participants.telling.reading import Words, in_readers_language

register = template.Library()


@register.filter
def as_read(items: Iterable[Any]) -> list[tuple[str, Words]]:
    """Return the kind of each item of a consent, and its words in the reader's language where known."""
    listed = list(items)
    kinds = [str(ReleasedKind(each.kind).label) for each in listed]
    return list(zip(kinds, in_readers_language(listed), strict=True))
