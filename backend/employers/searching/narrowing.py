"""Openings that a search has found, as a condition on rows that somebody may see."""

from typing import Final, TypeVar

from django.db.models import Case, IntegerField, QuerySet, Value, When

from backend.core.text.searching import RANK
from backend.employers.models import Opening
from backend.employers.searching.index import Hits
from backend.employers.searching.keys import KeyIn

Rows = TypeVar("Rows", bound=QuerySet[Opening])
WEAKEST: Final = 9


def found_among(openings: Rows, hits: Hits) -> Rows:
    """Keep those of `openings` that were found, with how well as their rank: 0 is best."""
    keys = tuple(key for tier in hits.tiers for key in tier)
    if not keys:
        return openings.none()
    found = openings.filter(KeyIn("pk", keys))
    # The last group is what is in no other.
    *better, _last = [(rank, tuple(tier)) for rank, tier in enumerate(hits.tiers) if tier]
    ranks = [When(KeyIn("pk", tier), then=Value(rank)) for rank, tier in better]
    rank = Case(*ranks, default=Value(WEAKEST), output_field=IntegerField()) if ranks else Value(0)
    return found.annotate(**{RANK: rank})
