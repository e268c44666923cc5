"""Wishes as the matching engine takes them."""

from backend.matching.engine import Wish
from backend.skills.understanding.fields import wished


def wish_of(concept: str | None, text: str) -> Wish:
    """Return a wish: what its text was understood as, and the fields of work that it names."""
    return Wish(concept, text, *wished(text))
