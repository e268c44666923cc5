"""Which concepts stand in for which, to what degree and why. Pure NumPy: importers call it, the matcher
reads it.

Concepts and occupation groups are numbers here, from 0; the caller keeps their names.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Pairs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

LIMIT: Final = 25
"""Related concepts kept per concept; more cost time and change no ranking."""

SYNONYM_DEGREE: Final = 0.95
NARROWER_DEGREE: Final = 0.85
"""Who can do the special thing can nearly always do what is asked for in general …"""

BROADER_DEGREE: Final = 0.5
"""… while the general thing is half of the special one."""

SAME_GROUP_DEGREE: Final = 0.6
"""Two occupations of one SSYK-4 group: most tasks shared, the tools often not."""

SHARED_DEGREE: Final = 0.5
"""Two skills used in exactly the same occupations: they belong together, and each is half of the other."""

SHARED_FLOOR: Final = 0.1

KIN_SHARE: Final = 0.6
"""A group counts for another by this part of what its occupations do: an occupation is a part of a group."""

SIBLING_DEGREE: Final = 0.2
"""Two SSYK-4 groups of one SSYK-3 group, where nothing more is known."""

LABEL_DEGREE: Final = 0.8
"""What equal-looking labels are worth at most; letters are not meaning."""

ROWS_AT_ONCE: Final = 512


class Reason(IntEnum):
    """Why one concept counts for another; of equal degrees the lower number is told."""

    SAME = 0
    SYNONYM = 1
    NARROWER = 2
    BROADER = 3
    SUBSTITUTABLE = 4
    SAME_GROUP = 5
    SHARED_OCCUPATIONS = 6
    SIMILAR_LABEL = 7
    SAME_TEXT = 8
    OVERRIDE = 9
    OCCUPATION_SKILL = 10


class Related(NamedTuple):
    """Parallel arrays: somebody who has `related` is worth `degree` (0-1) to somebody who asks for `concept`.

    Sorted by concept, then by falling degree; each pair once, with its best reason.
    """

    concept: Pairs
    related: Pairs
    degree: Floats
    reason: npt.NDArray[np.uint8]


def pairs(rows: object) -> Pairs:
    """Rows of two numbers, also when there are none."""
    return np.asarray(rows, dtype=np.int64).reshape(-1, 2)


NONE: Final = pairs([])
NO_DEGREES: Final[Floats] = np.empty(0, dtype=np.float32)


def related_concepts(
    *,
    skills_in_groups: Pairs = NONE,
    occupations_in_groups: Pairs = NONE,
    broader: Pairs = NONE,
    synonyms: Pairs = NONE,
    substitutes: Pairs = NONE,
    substitute_share: Floats = NO_DEGREES,
    similar_labels: Pairs = NONE,
    similarity: Floats = NO_DEGREES,
    limit: int = LIMIT,
) -> Related:
    """Find the `limit` best stand-ins of every concept.

    `skills_in_groups` and `occupations_in_groups` are (concept, group); `broader` is (concept, its broader
    one); `substitutes` is (occupation, one that can stand in for it) with a share of 0-1; `similar_labels`
    is (concept, concept) with a likeness of 0-1 and counts both ways, like `synonyms`.
    """
    return _best(
        [
            _edges(_both_ways(synonyms), SYNONYM_DEGREE, Reason.SYNONYM),
            _edges(broader[:, ::-1], NARROWER_DEGREE, Reason.NARROWER),
            _edges(broader, BROADER_DEGREE, Reason.BROADER),
            _edges(substitutes, substitute_share, Reason.SUBSTITUTABLE),
            _edges(_same_group(occupations_in_groups), SAME_GROUP_DEGREE, Reason.SAME_GROUP),
            shared_occupations(skills_in_groups, limit=limit),
            _edges(
                _both_ways(similar_labels),
                np.tile(similarity, 2) * np.float32(LABEL_DEGREE),
                Reason.SIMILAR_LABEL,
            ),
        ],
        limit=limit,
    )


def kindred_groups(
    *, occupations_in_groups: Pairs, substitutes: Pairs, substitute_share: Floats, group_parents: Pairs = NONE
) -> Related:
    """Relate occupation groups: by the best substitutability between their occupations, and as siblings.

    `group_parents` is (SSYK-4 group, SSYK-3 group).
    """
    group_of = dict(occupations_in_groups.tolist())
    between = pairs([(group_of.get(a, -1), group_of.get(b, -1)) for a, b in substitutes.tolist()])
    known = (between.min(axis=1, initial=0) >= 0) & (between[:, 0] != between[:, 1])
    return _best(
        [
            _edges(between[known], KIN_SHARE * substitute_share[known], Reason.SUBSTITUTABLE),
            _edges(_same_group(group_parents), SIBLING_DEGREE, Reason.SAME_GROUP),
        ],
        limit=LIMIT,
    )


def shared_occupations(skills_in_groups: Pairs, *, limit: int = LIMIT) -> Related:
    """Relate skills that are used in the same groups: cosine over groups, each group by its rarity (PPMI).

    A skill of every occupation says little, one of two occupations much: the weight of a (skill, group) is
    the positive pointwise mutual information of the two.
    """
    if not len(skills_in_groups):
        return _edges(NONE, 0.0, Reason.SHARED_OCCUPATIONS)
    skills, row = np.unique(skills_in_groups[:, 0], return_inverse=True)
    vectors = _ppmi(row, skills_in_groups[:, 1], len(skills))
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    found = [_nearest(vectors, first, limit) for first in range(0, len(skills), ROWS_AT_ONCE)]
    one, other, cosine = (np.concatenate(column) for column in zip(*found, strict=True))
    between = np.stack([skills[one], skills[other]], axis=1)
    return _edges(between, cosine * np.float32(SHARED_DEGREE), Reason.SHARED_OCCUPATIONS)


def _ppmi(row: Pairs, group: Pairs, skills: int) -> Floats:
    joint = np.zeros((skills, int(group.max()) + 1), dtype=np.float32)
    joint[row, group] = 1.0
    expected = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True) / joint.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(joint / expected)
    positive: Floats = np.maximum(np.nan_to_num(information, nan=0.0, neginf=0.0, posinf=0.0), 0.0)
    return positive


def _nearest(vectors: Floats, first: int, limit: int) -> tuple[Pairs, Pairs, Floats]:
    """The greatest cosines of some rows, the row itself aside; equals in the order of their numbers."""
    part = vectors[first : first + ROWS_AT_ONCE]
    cosine = part @ vectors.T
    cosine[np.arange(len(part)), np.arange(first, first + len(part))] = 0.0
    order = np.argsort(-np.round(cosine, 4), axis=1, kind="stable")[:, :limit]
    degree = np.take_along_axis(cosine, order, axis=1)
    one, at = np.nonzero(degree > SHARED_FLOOR / SHARED_DEGREE)
    return one + first, order[one, at], degree[one, at]


def _same_group(in_groups: Pairs) -> Pairs:
    """All ordered pairs of different members of one group."""
    members: dict[int, list[int]] = {}
    for member, group in in_groups.tolist():
        members.setdefault(group, []).append(member)
    return pairs([(a, b) for group in members.values() for a in group for b in group if a != b])


def _both_ways(between: Pairs) -> Pairs:
    return np.concatenate([between, between[:, ::-1]])


def _edges(between: Pairs, degree: float | Floats, reason: Reason) -> Related:
    degrees = np.broadcast_to(np.asarray(degree, dtype=np.float32), len(between))
    return Related(between[:, 0], between[:, 1], degrees, np.full(len(between), reason, dtype=np.uint8))


def _best(parts: list[Related], *, limit: int) -> Related:
    concept, related, degree, reason = (np.concatenate(column) for column in zip(*parts, strict=True))
    keep = (concept != related) & (degree > 0)
    edges = Related(concept[keep], related[keep], degree[keep], reason[keep])
    edges = _take(edges, np.lexsort((edges.reason, -edges.degree, edges.related, edges.concept)))
    first = np.ones(len(edges.concept), dtype=bool)
    first[1:] = (edges.concept[1:] != edges.concept[:-1]) | (edges.related[1:] != edges.related[:-1])
    edges = _take(edges, first)
    edges = _take(edges, np.lexsort((edges.related, edges.reason, -edges.degree, edges.concept)))
    rank = np.arange(len(edges.concept)) - np.searchsorted(edges.concept, edges.concept)
    return _take(edges, rank < limit)


def _take(edges: Related, which: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Related:
    return Related(edges.concept[which], edges.related[which], edges.degree[which], edges.reason[which])
