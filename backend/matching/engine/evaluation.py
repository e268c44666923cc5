"""How good the ranking is, on people and openings with graded judgements. Pure: the caller resolves texts."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from backend.matching.engine.matcher import Matcher
from backend.matching.engine.openings import Mention, Opening, Requirement
from backend.matching.engine.people import Evidence, Person, Point, Span, Wish
from backend.matching.engine.rank import Candidate
from backend.matching.engine.relations import Relations
from backend.matching.engine.weights import Band, Kind


class Meaning(NamedTuple):
    """A concept that a text means, and whether that is sure: what is not would be asked about."""

    concept: str
    is_sure: bool = True


Meanings = Mapping[str, Sequence[Meaning]]
"""What each text means, in its order; a text that means nothing known is not there."""

WishReader = Callable[[str], Wish]
"""What words about a wish name."""

Judgements = Mapping[str, Mapping[str, int]]
"""Per opening the gain (0-3) of each person; who is not named has 0."""

DEPTH = 10
BEST_GAIN = 3
FIRST_SEEN = 3
"""Whom a coach looks at first."""


@dataclass(frozen=True, slots=True)
class Case:
    """Raw records, as in the JSONL files of the `evaluate_matching` command, and their judgements."""

    people: Sequence[Mapping[str, Any]]
    openings: Sequence[Mapping[str, Any]]
    judgements: Judgements


def unread(text: str) -> Wish:
    """A wish as its words alone."""
    return Wish(None, text)


def evaluate(
    case: Case,
    *,
    meanings: Meanings,
    wish_of: WishReader = unread,
    relations: Relations,
    today: date,
    condensed: bool = False,
) -> dict[str, float]:
    """Rank all people for every judged opening; return the figures of `evaluate_matching`, times in ms.

    With `condensed` people without a judgement are left out of each ranking before it is scored (Sakai 2007,
    "Alternatives to Bpref"); a judgement of gain 0 is one.
    """
    openings = [read_opening(record, meanings) for record in case.openings]
    asked_for = {code for opening in openings for code in opening.languages}
    people = [
        replace(
            read_person(record, meanings, asked_for),
            wishes=[wish_of(text) for text in record.get("wishes", ())],
        )
        for record in case.people
    ]
    matcher = Matcher(people, openings, relations=relations, today=today).prepare()
    judged = [opening.id for opening in openings if opening.id in case.judgements]
    found, times = _timed(matcher, judged, limit=len(people) if condensed else DEPTH)
    if condensed:
        found = {
            opening: [each for each in ranked if each.id in case.judgements[opening]]
            for opening, ranked in found.items()
        }
    rankings = {opening: [each.id for each in ranked] for opening, ranked in found.items()}
    unfolded = {
        opening: [each.id for each in ranked if each.band > Band.FAR] for opening, ranked in found.items()
    }
    kinds = {str(record["id"]): str(record["kind"]) for record in case.openings if record.get("kind")}
    return {
        **quality(rankings, case.judgements),
        "zeros@3": zeros_first(unfolded, case.judgements),
        **quality_by_kind(rankings, case.judgements, kinds),
        **_speed(times),
        "openings": len(rankings),
        "people": len(people),
    }


def quality(rankings: Mapping[str, Sequence[str]], judgements: Judgements) -> dict[str, float]:
    """nDCG@10 with gain 2^g - 1, MRR@10 of the first person of gain 3, recall@10 of everybody with a gain.

    MRR is over the openings that somebody has gain 3 for.
    """
    judged = [
        (ranked[:DEPTH], judgements[opening]) for opening, ranked in rankings.items() if judgements[opening]
    ]
    ideal = [pair for pair in judged if BEST_GAIN in pair[1].values()]
    return {
        "ndcg@10": _mean(_ndcg(ranked, gains) for ranked, gains in judged),
        "mrr@10": _mean(_first_best(ranked, gains) for ranked, gains in ideal),
        "recall@10": _mean(_recall(ranked, gains) for ranked, gains in judged),
    }


def zeros_first(rankings: Mapping[str, Sequence[str]], judgements: Judgements) -> float:
    """zeros@3: the share of gain 0 among the first three whom a coach sees; whoever is far is folded away."""
    return _mean(
        _useless(ranked, judgements[opening]) for opening, ranked in rankings.items() if judgements[opening]
    )


def quality_by_kind(
    rankings: Mapping[str, Sequence[str]], judgements: Judgements, kinds: Mapping[str, str]
) -> dict[str, float]:
    """nDCG@10 of the openings of each kind, as `ndcg@10_internship`; `kinds` is by opening."""
    by_kind: dict[str, dict[str, Sequence[str]]] = {}
    for opening, ranked in rankings.items():
        if opening in kinds:
            by_kind.setdefault(kinds[opening], {})[opening] = ranked
    return {
        f"ndcg@10_{kind}": quality(those, judgements)["ndcg@10"] for kind, those in sorted(by_kind.items())
    }


def read_judgements(lines: Iterable[str]) -> dict[str, dict[str, int]]:
    """Read `opening<TAB>person[<TAB>gain]` lines; a missing gain is 1."""
    judgements: dict[str, dict[str, int]] = {}
    for line in lines:
        if line.strip():
            opening, person, *gain = line.rstrip("\n").split("\t")
            judgements.setdefault(opening, {})[person] = int(gain[0]) if gain else 1
    return judgements


def read_person(record: Mapping[str, Any], meanings: Meanings, asked_for: Collection[str] = ()) -> Person:
    """Read one line of a people file; evidence is what the person can and has worked as.

    What is not sure counts too, for nobody is there to ask.

    Whoever names languages has none of the others that are `asked_for`.
    """
    texts = [*record.get("skills", ()), *record.get("occupations", ())]
    return Person(
        id=str(record["id"]),
        evidence=[each for text in texts for each in _evidence(text, meanings.get(text, ()))],
        place=_point(record),
        travel_km=record.get("travel_km"),
        hours=_span(record.get("hours")),
        licences=frozenset(record.get("licences") or ()),
        languages=_all_levels(record.get("languages"), asked_for),
        adaptations_needed=frozenset(record.get("adaptations") or ()),
    )


def read_opening(record: Mapping[str, Any], meanings: Meanings) -> Opening:
    """Read one line of an openings file; what is not sure is a merit, and nothing essential."""
    return Opening(
        id=str(record["id"]),
        requirements=[
            each
            for item in record.get("skills", ())
            for each in _requirements(
                item["text"], meanings.get(item["text"], ()), essential=bool(item.get("essential"))
            )
        ],
        occupations=[
            each for text in record.get("occupations", ()) for each in _mentions(text, meanings.get(text, ()))
        ],
        place=_point(record),
        hours=_span(record.get("hours")),
        licences=frozenset(record.get("licences") or ()),
        languages=_levels(record.get("languages")),
        adaptations_offered=frozenset(record.get("adaptations") or ()),
        kind=Kind(record.get("kind") or ""),
        places_left=int(record.get("places", 1)),
    )


def _evidence(text: str, meant: Sequence[Meaning]) -> list[Evidence]:
    known = [Evidence(meaning.concept, text) for meaning in meant]
    return known if any(meaning.is_sure for meaning in meant) else [*known, Evidence(None, text)]


def _mentions(text: str, meant: Sequence[Meaning]) -> list[Mention]:
    return [Mention(meaning.concept, text) for meaning in meant] or [Mention(None, text)]


def _requirements(text: str, meant: Sequence[Meaning], *, essential: bool) -> list[Requirement]:
    sure = [Requirement(meaning.concept, text, essential) for meaning in meant if meaning.is_sure]
    unsure = [Requirement(meaning.concept, text) for meaning in meant[:1]]
    return sure or unsure or [Requirement(None, text, essential)]


def _timed(
    matcher: Matcher, openings: Sequence[str], *, limit: int
) -> tuple[dict[str, list[Candidate]], list[float]]:
    rankings, times = {}, []
    for opening in openings:
        started = time.perf_counter()
        ranking = matcher.rank_people(opening, limit=limit)
        times.append(1000 * (time.perf_counter() - started))
        rankings[opening] = list(ranking.rows)
    return rankings, times


def _ndcg(ranked: Sequence[str], gains: Mapping[str, int]) -> float:
    ideal = sorted(gains.values(), reverse=True)[:DEPTH]
    return _dcg([gains.get(person, 0) for person in ranked]) / (_dcg(ideal) or 1.0)


def _dcg(gains: Sequence[int]) -> float:
    return sum((2.0**gain - 1.0) / math.log2(rank + 2) for rank, gain in enumerate(gains))


def _first_best(ranked: Sequence[str], gains: Mapping[str, int]) -> float:
    return next((1 / (rank + 1) for rank, person in enumerate(ranked) if gains.get(person) == BEST_GAIN), 0.0)


def _recall(ranked: Sequence[str], gains: Mapping[str, int]) -> float:
    relevant = {person for person, gain in gains.items() if gain > 0}
    return len(relevant & set(ranked)) / len(relevant) if relevant else 0.0


def _useless(ranked: Sequence[str], gains: Mapping[str, int]) -> float:
    """Return the share of gain 0 among the first three; nobody in their place is no better."""
    return sum(not gains.get(person, 0) for person in ranked[:FIRST_SEEN]) / FIRST_SEEN


def _speed(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times) or [0.0]
    return {
        "median_ms": round(ordered[len(ordered) // 2], 4),
        "p99_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 4),
    }


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else 0.0


def _point(record: Mapping[str, Any]) -> Point | None:
    place = record.get("place")
    return Point(float(place["lat"]), float(place["lon"])) if place else None


def _span(hours: object) -> Span | None:
    """Hours a week as one number, [least, most] or {"min": …, "max": …}."""
    if hours is None:
        return None
    if isinstance(hours, int | float):
        return Span(int(hours), int(hours))
    found = hours.values() if isinstance(hours, Mapping) else hours
    bounds = [int(bound) for bound in found]  # type: ignore[attr-defined]
    return Span(min(bounds), max(bounds))


def _levels(languages: object) -> dict[str, int]:
    """Languages as {code: level} or a list of codes; CEFR letters or numbers."""
    if not languages:
        return {}
    if isinstance(languages, Mapping):
        return {str(code): _level(level) for code, level in languages.items()}
    return {str(code): 1 for code in languages}  # type: ignore[attr-defined]


def _all_levels(languages: object, asked_for: Collection[str]) -> dict[str, int]:
    named = _levels(languages)
    return {**dict.fromkeys(asked_for, 0), **named} if named else {}


def _level(level: object) -> int:
    names = ("A1", "A2", "B1", "B2", "C1", "C2", "NATIVE")
    return names.index(str(level).upper()) + 1 if str(level).upper() in names else int(level)  # type: ignore[call-overload]
