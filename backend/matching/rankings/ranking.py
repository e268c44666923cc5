"""Rankings of people for an opening, and of openings for a person."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.models import Opening
from backend.employers.scopes import Openings, matched_openings
from backend.matching.bridge import pools
from backend.matching.bridge.keys import Key, key_of, rows_of
from backend.matching.bridge.pools import Pool
from backend.matching.engine import LEAST, Band, Candidate, Explanation, Ranking
from backend.matching.enums import TAKEN_STATES
from backend.matching.models import Proposal
from backend.matching.rankings import judged, wording
from backend.matching.rankings.before_asking import known_of, known_of_places
from backend.matching.rankings.matches import as_match
from backend.matching.rankings.ranked import Match, Narrowing, Ranked, Removed, Subject
from backend.matching.services.rankings_shown import ShownList, note_shown
from backend.participants.models import Participant, ParticipantQuerySet
from backend.participants.scopes import People, listed_people

DEPTH = 200
"""How far down a ranking goes; what comes after is not worth reading."""
NEAR_MISSES = 8
FAR = 8
"""How many of those are shown, folded, who lack more than one requirement."""


def rank_for_opening(
    opening: Opening, *, by: User, at: datetime, narrowing: Narrowing | None = None
) -> Ranked[Participant]:
    """Rank who of the reader's units may be proposed for `opening`, and note down what was shown.

    Never among them: protected identities, those who wait for no place, and those already proposed here.
    """
    people = listed_people(by)
    rows = judged.with_words(people.rows, opening, by=by)
    ranked = rank_people_among(people, opening, at=at, narrowing=narrowing, rows=rows)
    known = known_of([match.subject for match in ranked.all], [opening])
    ranked = ranked.knowing(lambda person: known.get((person.pk, opening.pk), ()))
    _note("opening", opening, ranked, by=by, at=at)
    return ranked


def rank_for_participant(
    participant: Participant, *, by: User, at: datetime, narrowing: Narrowing | None = None
) -> Ranked[Opening]:
    """Rank the openings, lasting places included, that `participant` may be proposed for.

    The caller has made sure that the file is open to `by`; a protected identity is never matched. What was
    shown is noted down.
    """
    ranked = rank_openings_among(matched_openings(by), participant, at=at, narrowing=narrowing)
    openings = [match.subject for match in ranked.all]
    known = known_of([participant], openings)
    of_places = known_of_places(openings, by=by, on=day_of(at))
    ranked = ranked.knowing(
        lambda opening: [*known.get((participant.pk, opening.pk), ()), *of_places[opening.pk]]
    )
    _note("participant", participant, ranked, by=by, at=at)
    return ranked


def rank_people_among(
    people: People,
    opening: Opening,
    *,
    at: datetime,
    narrowing: Narrowing | None = None,
    rows: ParticipantQuerySet | None = None,
) -> Ranked[Participant]:
    """Rank those of `people` who wait for a place; `rows` are the same people with more to show."""
    today = day_of(at)
    pool = pools.people_and_opening(people, opening, today=today)
    waiting = (people.rows if rows is None else rows).matchable().select_related("unit", "coach")
    proposed = Proposal.objects.filter(opening=opening.pk, state__in=TAKEN_STATES)
    return _ranked(
        _PeopleForOne(pool, key_of(opening)),
        narrowing or Narrowing(),
        out={str(key) for key in proposed.values_list("participant_id", flat=True)},
        fetch=lambda keys: rows_of(waiting, keys),
        words=lambda subject: {"name": subject.first_name, "waiting_days": subject.days_waited(today)},
    )


def rank_openings_among(
    openings: Openings, participant: Participant, *, at: datetime, narrowing: Narrowing | None = None
) -> Ranked[Opening]:
    """Rank the published ones of `openings` for one person."""
    pool = pools.openings_and_person(openings, participant, today=day_of(at))
    if key_of(participant) not in pool.matcher.people:
        return Ranked(matches=[], total=0, considered=0, removed=[])
    shown = openings.rows.select_related("workplace__employer", "capacity")
    shown = shown.prefetch_related("workplace__employer__checks")
    proposed = Proposal.objects.filter(participant=participant.pk, state__in=TAKEN_STATES)
    return _ranked(
        _OpeningsForOne(pool, key_of(participant)),
        narrowing or Narrowing(),
        out={str(key) for key in proposed.values_list("opening_id", flat=True)},
        fetch=lambda keys: rows_of(shown, keys),
        words=lambda subject: {"name": participant.first_name},
    )


@dataclass(frozen=True)
class _ManyForOne:
    """Many beside one, as keys: what both directions of a ranking have."""

    pool: Pool
    one: Key

    def ranking(self, **how: Any) -> Ranking:
        raise NotImplementedError

    def pair(self, key: Key) -> tuple[Key, Key]:
        """Return (person, opening)."""
        raise NotImplementedError

    def explained(self, key: Key) -> Explanation:
        return self.pool.matcher.explain(*self.pair(key))


class _PeopleForOne(_ManyForOne):
    def ranking(self, **how: Any) -> Ranking:
        return self.pool.matcher.rank_people(self.one, **how)

    def pair(self, key: Key) -> tuple[Key, Key]:
        return key, self.one


class _OpeningsForOne(_ManyForOne):
    def ranking(self, **how: Any) -> Ranking:
        return self.pool.matcher.rank_openings(self.one, **how)

    def pair(self, key: Key) -> tuple[Key, Key]:
        return self.one, key


Fetch = Callable[[Collection[Key]], Mapping[Key, Subject]]
Words = Callable[[Subject], dict[str, Any]]


def _ranked(
    many: _ManyForOne,
    narrowing: Narrowing,
    *,
    out: Collection[Key],
    fetch: Fetch[Subject],
    words: Words[Subject],
) -> Ranked[Subject]:
    choice: dict[str, Any] = {"exclude": out, "among": narrowing.among}
    found = many.ranking(limit=DEPTH, **choice)
    missed = many.ranking(limit=NEAR_MISSES, near=True, **choice)
    fitting = [each for each in found.rows if each.band > Band.FAR and _fits(each, narrowing)]
    distant = [each for each in found.rows if each.band == Band.FAR and each.points >= LEAST]
    number = max(1, min(narrowing.page, -(-len(fitting) // narrowing.size)))
    page: Sequence[Candidate] = fitting[(number - 1) * narrowing.size : number * narrowing.size]
    near: Sequence[Candidate] = missed.rows if number == 1 else []
    far: Sequence[Candidate] = distant[:FAR] if number == 1 else []
    subjects = fetch([each.id for each in (*page, *near, *far)])

    def matches(candidates: Sequence[Candidate]) -> Iterator[Match[Subject]]:
        for subject in (subjects.get(each.id) for each in candidates):
            if subject is not None:
                yield as_match(subject, many.explained(key_of(subject)), many.pool, words(subject))

    return Ranked(
        matches=list(matches(page)),
        total=len(fitting),
        considered=found.considered,
        removed=[_removed(found, condition) for condition in found.removed],
        near=list(matches(near)),
        far=list(matches(far)),
        further=list(islice(found.within_km.items(), 2)),
        page=number,
        size=narrowing.size,
        version=many.pool.catalogue.number,
    )


def _fits(candidate: Candidate, narrowing: Narrowing) -> bool:
    too_far = narrowing.max_km is not None and (candidate.distance_km or 0) > narrowing.max_km
    return not too_far and (candidate.band is Band.FITS or not narrowing.only_essentials)


def _removed(found: Ranking, condition: Any) -> Removed:
    only = found.removed_only.get(condition, 0)
    return Removed(condition.value, wording.REMOVED[condition], found.removed[condition], only)


def _note(about: str, subject: Opening | Participant, ranked: Ranked[Any], *, by: User, at: datetime) -> None:
    shown = ShownList(
        about=about,
        subject_id=subject.pk,
        rows=[(match.key, match.percent) for match in ranked.matches],
        near=[(match.key, match.percent) for match in ranked.near],
        removed={each.condition: each.count for each in ranked.removed},
    )
    note_shown(lists=[shown], version=ranked.version, by=by, at=at)
