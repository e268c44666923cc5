"""One thing that two catalogues both name: which of the two concepts stands for it. Pure Python."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from backend.skills.label_index.normalise import normalise

PRECEDENCE = ("jobtech", "esco", "starter")
"""Schemes, the one that speaks for a thing first; an unknown scheme comes before them all."""


class Entry(NamedTuple):
    """What a twin is known by: the kind, the scheme, the group where it has one, and its open labels."""

    key: int
    kind: str
    scheme: str
    ssyk: str
    name: str
    labels: frozenset[str]


def find_twins(entries: Iterable[Entry]) -> Mapping[int, int]:
    """Map each concept that an earlier scheme names too to the concept there.

    They are twins when both have the same name, or when the name of the later one is another label of
    exactly one earlier one; occupations must be of the same SSYK group where both state one.
    """
    ordered = sorted(entries, key=lambda entry: (precedence(entry.scheme), entry.key))
    twins: dict[int, int] = {}
    by_name: dict[tuple[str, str], list[Entry]] = {}
    by_label: dict[tuple[str, str], list[Entry]] = {}
    for entry in ordered:
        name = (entry.kind, normalise(entry.name))
        found = _matching(entry, by_name.get(name, [])) or _matching(entry, by_label.get(name, []))
        if len(found) == 1:
            twins[entry.key] = twins.get(found[0].key, found[0].key)
        by_name.setdefault(name, []).append(entry)
        for label in {normalise(label) for label in entry.labels} - {name[1]}:
            by_label.setdefault((entry.kind, label), []).append(entry)
    return twins


def precedence(scheme: str) -> int:
    """Return the place of a scheme among those that name the same thing; the least speaks for it."""
    return PRECEDENCE.index(scheme) if scheme in PRECEDENCE else -1


def _matching(entry: Entry, candidates: list[Entry]) -> list[Entry]:
    return [
        each
        for each in candidates
        if each.scheme != entry.scheme and (not each.ssyk or not entry.ssyk or each.ssyk == entry.ssyk)
    ]
