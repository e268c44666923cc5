"""People and openings in the matcher, kept in this process until one of them changes.

One short query tells whether what is kept is still true (see `stamps`), and a new skill or opening is matched
at once: the rows that have changed are read again and take the place of the old ones. What is kept is not
changed in place, so whoever ranks meanwhile goes on with what was true when they asked.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Q

from backend.core.kept import Held, Kept
from backend.employers.models import Opening
from backend.employers.scopes import Openings
from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.bridge import stamps
from backend.matching.bridge.catalogue import Catalogue
from backend.matching.bridge.openings import opening_of, read_openings
from backend.matching.bridge.people import person_of, read_people
from backend.matching.bridge.spoken import told_of_language
from backend.matching.bridge.stamps import OPENINGS_CHANGE_WITH, PEOPLE_CHANGE_WITH, Entry, Seen
from backend.matching.engine import Evidence, Matcher, Option, Person
from backend.matching.models import Proposal
from backend.participants.models import Participant
from backend.participants.scopes import People

KEPT = 12
"""Pools kept at a time: a coach's units, and a municipality's openings, are one each."""
MOST_CHANGED = 250
"""Where more rows have changed, all are read: that is then as quick."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Pool:
    """People and openings in the matcher, and the catalogue that names their concepts."""

    catalogue: Catalogue
    matcher: Matcher


@dataclass(frozen=True)
class PairedPool(Pool):
    """People beside openings, with the best pairs of each opening, the best first."""

    options: Sequence[Option]


class _Version(NamedTuple):
    """What a pool was made of: a version of the catalogue, and the rows as they were then."""

    catalogue: kept_catalogue.Version | None
    seen: Seen


@dataclass(frozen=True)
class _Recipe(Generic[Item]):
    """How a pool is made, what it changes with, and how it is brought up to date with less (None: it is not).

    `patch` gets the pool and the entries that tell of changes; it returns None where so much has changed that
    all is better read anew.
    """

    changes: Q
    load: Callable[[Catalogue], Item]
    patch: Callable[[Catalogue, Item, Collection[Entry]], Item | None] | None = None


_kept: Kept[_Version, Any] = Kept(most=KEPT)


def people_and_opening(people: People, opening: Opening, *, today: date) -> Pool:
    """Return who of `people` waits for a place, beside one opening that is read: one query for that."""
    catalogue, matcher = _waiting(people, today=today)
    return Pool(catalogue, matcher.with_openings([opening_of(opening, today=today)]))


def people_and_openings(people: People, openings: Openings, *, today: date) -> Pool:
    """Return who of `people` waits for a place, beside openings that are read now."""
    catalogue, matcher = _waiting(people, today=today)
    return Pool(catalogue, matcher.with_openings(read_openings(openings.rows, today=today)))


def best_pairs(
    people: People, openings: Openings, *, today: date, per_opening: int, floor: int
) -> PairedPool:
    """Return both with the `per_opening` best pairs of each opening from `floor` points up; all is kept."""
    catalogue, matcher = _waiting(people, today=today)

    def load(catalogue: Catalogue) -> PairedPool:
        beside = matcher.with_openings(read_openings(openings.rows, today=today))
        return PairedPool(catalogue, beside, beside.options(per_opening=per_opening, floor=floor))

    what = ("pairs", people.key, openings.key, today, per_opening, floor)
    return _as_now(what, catalogue, _Recipe(PEOPLE_CHANGE_WITH | OPENINGS_CHANGE_WITH, load))


def openings_and_person(openings: Openings, participant: Participant, *, today: date) -> Pool:
    """Return those of `openings` with a free place beside one person that is read: one query for that.

    A protected identity is not there.
    """

    published = openings.rows.open_on(today)

    def load(catalogue: Catalogue) -> Matcher:
        read = read_openings(published, today=today)
        return Matcher(openings=read, relations=catalogue.relations, today=today)

    def patch(_catalogue: Catalogue, matcher: Matcher, entries: Collection[Entry]) -> Matcher | None:
        changed = stamps.openings_of(entries)
        if len(changed) > MOST_CHANGED:
            return None
        now = read_openings(published.filter(pk__in=changed), today=today)
        return matcher.with_changed_openings(now, set(map(str, changed)))

    recipe = _Recipe(OPENINGS_CHANGE_WITH, load, patch)
    catalogue, matcher = _with_catalogue(("openings", openings.key, today), recipe, openings.municipality)
    people = [person_of(participant, catalogue.languages)] if participant.is_findable else []
    return Pool(catalogue, matcher.with_people(people))


def pair(opening: Opening, participant: Participant, *, today: date) -> Pool:
    """Return one person beside one opening, both as they are in the database now."""
    catalogue = kept_catalogue.current(participant.unit.municipality_id)
    people = read_people(Participant.objects.filter(pk=participant.pk), catalogue.languages)
    openings = read_openings(Opening.objects.filter(pk=opening.pk), today=today)
    return Pool(catalogue, Matcher(people, openings, relations=catalogue.relations, today=today))


def told_and_opening(
    told: Iterable[tuple[int | None, str]], opening: Opening, *, key: str, today: date
) -> Pool:
    """Return somebody of whom only this is known, beside an opening; `told` has (concept, text)."""
    catalogue = kept_catalogue.current(opening.workplace.employer.municipality_id)
    evidence: list[Evidence] = []
    for concept, text in told:
        evidence.append(Evidence(None if concept is None else str(concept), text))
        evidence += told_of_language(text, catalogue.languages) if concept is None else ()
    openings = read_openings(Opening.objects.filter(pk=opening.pk), today=today)
    people = [Person(id=key, evidence=evidence)]
    return Pool(catalogue, Matcher(people, openings, relations=catalogue.relations, today=today))


def forget() -> None:
    """Let go of every pool, so that the next reader loads it."""
    _kept.forget()


def _waiting(people: People, *, today: date) -> tuple[Catalogue, Matcher]:
    waiting = people.rows.matchable().exclude(Proposal.objects.has_place())

    def load(catalogue: Catalogue) -> Matcher:
        read = read_people(waiting, catalogue.languages)
        return Matcher(read, relations=catalogue.relations, today=today).prepare()

    def patch(catalogue: Catalogue, matcher: Matcher, entries: Collection[Entry]) -> Matcher | None:
        changed = stamps.people_of(entries)
        if len(changed) > MOST_CHANGED:
            return None
        now = read_people(waiting.filter(pk__in=changed), catalogue.languages)
        return matcher.with_changed_people(now, set(map(str, changed))).prepare()

    recipe = _Recipe(PEOPLE_CHANGE_WITH, load, patch)
    return _with_catalogue(("people", people.key, today), recipe, people.municipality)


def _with_catalogue(
    what: Hashable, recipe: _Recipe[Item], municipality: UUID | None
) -> tuple[Catalogue, Item]:
    """Return the catalogue and the pool `what` as they are now; one query while both are as they were."""
    held = _kept.at_hand(what)
    if held is None:
        catalogue = kept_catalogue.current(municipality)
    else:
        seen = held.version.seen
        version, stamp = stamps.version_and_stamp(recipe.changes, floor=seen.floor)
        catalogue = kept_catalogue.current_at(version, municipality)
        if (held.version.catalogue, seen.stamp) == (catalogue.version, stamp):
            return catalogue, held.item
    return catalogue, _as_now(what, catalogue, recipe)


def _as_now(what: Hashable, catalogue: Catalogue, recipe: _Recipe[Item]) -> Item:
    """Return the pool `what` as it is now; brought up to date when an audit row tells of a change."""
    if catalogue.version is None:
        return recipe.load(catalogue)

    def is_current(version: _Version) -> bool:
        same_catalogue = version.catalogue == catalogue.version
        seen = version.seen
        return same_catalogue and stamps.stamp(recipe.changes, floor=seen.floor) == seen.stamp

    def make() -> Held[_Version, Any]:
        held = _kept.at_hand(what)
        if held is None or held.version.catalogue != catalogue.version:
            held = None
        # What has been seen is read before the rows: what changes in between is then seen by the next reader.
        seen = stamps.see(recipe.changes, floor=held.version.seen.floor if held else None)
        item = None
        if held is not None and recipe.patch is not None:
            item = recipe.patch(catalogue, held.item, seen.since(held.version.seen))
        version = _Version(catalogue.version, seen.from_later_on())
        return Held(version, recipe.load(catalogue) if item is None else item)

    item: Item = _kept.get(what, is_current=is_current, make=make)
    return item
