"""Rankings of people for an opening, and of openings for a person."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from backend.matching.rankings import judged, wording
from backend.matching.rankings.before_asking import Between, between, known_of_place, with_known
from backend.matching.rankings.learning import easier_to_fill
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
    Each row carries what is known of the pair before anybody is asked.
    """
    people = listed_people(by)
    rows = judged.with_words(people.rows, opening, by=by)
    past = between(people.rows, openings=Opening.objects.filter(pk=opening.pk))
    ranked = rank_people_among(people, opening, at=at, narrowing=narrowing, rows=rows, past=past)
    ranked = ranked.knowing(lambda person: past.known_of(person.pk, opening))
    _note("opening", opening, ranked, by=by, at=at)
    return ranked


def rank_for_participant(
    participant: Participant, *, by: User, at: datetime, narrowing: Narrowing | None = None
) -> Ranked[Opening]:
    """Rank the openings, lasting places included, that `participant` may be proposed for.

    The caller has made sure that the file is open to `by`; a protected identity is never matched. What was
    shown is noted down. Each row carries what is known of the pair and the place before anybody is asked.
    """
    past = between(Participant.objects.filter(pk=participant.pk))
    openings = matched_openings(by)
    ranked = rank_openings_among(openings, participant, at=at, narrowing=narrowing, past=past)
    ranked = ranked.knowing(
        lambda opening: [
            *past.known_of(participant.pk, opening),
            *known_of_place(opening),
        ]
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
    past: Between | None = None,
) -> Ranked[Participant]:
    """Rank those of `people` who wait for a place; `rows` are the same people with more to show.

    `past` is what has been between them and the employer, where the caller has read it.
    """
    today = day_of(at)
    pool = pools.people_and_opening(people, opening, today=today)
    waiting = (people.rows if rows is None else rows).matchable().select_related("unit", "coach")
    past = past or between(people.rows, openings=Opening.objects.filter(pk=opening.pk))
    out = {person for person, where in past.taken_pairs if where == key_of(opening)}
    ranked: Ranked[Participant] = _ranked(
        _PeopleForOne(pool, key_of(opening)),
        narrowing or Narrowing(),
        out=out,
        fetch=lambda keys: rows_of(waiting, keys),
        words=lambda subject: {"name": subject.first_name, "waiting_days": subject.days_waited(today)},
    )
    return replace(ranked, easier=easier_to_fill(key_of(opening), pool, exclude=out))


def rank_openings_among(
    openings: Openings,
    participant: Participant,
    *,
    at: datetime,
    narrowing: Narrowing | None = None,
    past: Between | None = None,
) -> Ranked[Opening]:
    """Rank the published ones of `openings` for one person; `past` is what has been, where it is read."""
    pool = pools.openings_and_person(openings, participant, today=day_of(at))
    if key_of(participant) not in pool.matcher.people:
        return Ranked(matches=[], total=0, considered=0, removed=[])
    shown = openings.rows.select_related("workplace__employer", "capacity")
    past = past or between(Participant.objects.filter(pk=participant.pk))
    return _ranked(
        _OpeningsForOne(pool, key_of(participant)),
        narrowing or Narrowing(),
        out={opening for _person, opening in past.taken_pairs},
        fetch=lambda keys: rows_of(with_known(shown, on=day_of(at)), keys),
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
        fits=sum(each.band is Band.FITS for each in fitting),
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
