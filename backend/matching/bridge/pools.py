"""People and openings in the matcher, kept in this process until one of them changes.

Every write to a participant or an opening leaves an audit row in its own transaction, so the audit rows tell
whether what is kept is still true: one short query, and a new skill or opening is matched at once.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import BigIntegerField, Count, Func, Max, QuerySet, Subquery

from backend.core.kept import Held, Kept
from backend.core.models import AuditEntry
from backend.employers.models import Opening
from backend.employers.scopes import Openings
from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.bridge.catalogue import Catalogue
from backend.matching.bridge.openings import opening_of, read_openings
from backend.matching.bridge.people import person_of, read_people
from backend.matching.bridge.spoken import told_of_language
from backend.matching.engine import Evidence, Matcher, Option, Person
from backend.matching.models import Proposal
from backend.participants.models import Participant
from backend.participants.scopes import People

KEPT = 12
"""Pools kept at a time: a coach's units, and a municipality's openings, are one each."""
LATE = 1000
"""Audit keys that are looked at again: a transaction may commit after others with higher keys have."""

PEOPLE_CHANGE_WITH = ("participants.participant",)
OPENINGS_CHANGE_WITH = (
    "employers.opening",
    "employers.employer",
    "employers.workplace",
    "employers.capacity",
)

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


@dataclass(frozen=True)
class _Stamp:
    """How many audit rows above `floor` tell of a change, and the newest of them."""

    floor: int
    count: int
    newest: int


class _Version(NamedTuple):
    """What a pool was made of: a version of the catalogue, and the rows as they were at a stamp."""

    catalogue: kept_catalogue.Version | None
    stamp: _Stamp


_kept: Kept[_Version, Any] = Kept(most=KEPT)


def people_and_opening(people: People, opening: Opening, *, today: date) -> Pool:
    """Return who of `people` waits for a place, beside one opening that is read: one query for that."""
    catalogue, matcher = _waiting(people, today=today)
    return Pool(catalogue, matcher.with_openings([opening_of(opening)]))


def people_and_openings(people: People, openings: Openings, *, today: date) -> Pool:
    """Return who of `people` waits for a place, beside openings that are read now."""
    catalogue, matcher = _waiting(people, today=today)
    return Pool(catalogue, matcher.with_openings(read_openings(openings.rows)))


def best_pairs(
    people: People, openings: Openings, *, today: date, per_opening: int, floor: int
) -> PairedPool:
    """Return both with the `per_opening` best pairs of each opening from `floor` points up; all is kept."""
    catalogue, matcher = _waiting(people, today=today)

    def load(catalogue: Catalogue) -> PairedPool:
        beside = matcher.with_openings(read_openings(openings.rows))
        return PairedPool(catalogue, beside, beside.options(per_opening=per_opening, floor=floor))

    what = ("pairs", people.key, openings.key, today, per_opening, floor)
    return _as_now(what, (*PEOPLE_CHANGE_WITH, *OPENINGS_CHANGE_WITH), catalogue, load)


def openings_and_person(openings: Openings, participant: Participant, *, today: date) -> Pool:
    """Return those of `openings` with a free place beside one person that is read: one query for that.

    A protected identity is not there.
    """

    def load(catalogue: Catalogue) -> Matcher:
        published = read_openings(openings.rows.open_on(today))
        return Matcher(openings=published, relations=catalogue.relations, today=today)

    what = ("openings", openings.key, today)
    catalogue, matcher = _with_catalogue(what, OPENINGS_CHANGE_WITH, load, openings.municipality)
    people = [person_of(participant, catalogue.languages)] if participant.is_findable else []
    return Pool(catalogue, matcher.with_people(people))


def pair(opening: Opening, participant: Participant, *, today: date) -> Pool:
    """Return one person beside one opening, both as they are in the database now."""
    catalogue = kept_catalogue.current(participant.unit.municipality_id)
    people = read_people(Participant.objects.filter(pk=participant.pk), catalogue.languages)
    openings = read_openings(Opening.objects.filter(pk=opening.pk))
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
    openings = read_openings(Opening.objects.filter(pk=opening.pk))
    people = [Person(id=key, evidence=evidence)]
    return Pool(catalogue, Matcher(people, openings, relations=catalogue.relations, today=today))


def forget() -> None:
    """Let go of every pool, so that the next reader loads it."""
    _kept.forget()


def _waiting(people: People, *, today: date) -> tuple[Catalogue, Matcher]:
    def load(catalogue: Catalogue) -> Matcher:
        placed = Proposal.objects.placing().values("participant")
        waiting = read_people(people.rows.matchable().exclude(pk__in=placed), catalogue.languages)
        return Matcher(waiting, relations=catalogue.relations, today=today).prepare()

    what = ("people", people.key, today)
    return _with_catalogue(what, PEOPLE_CHANGE_WITH, load, people.municipality)


def _with_catalogue(
    what: Hashable, types: Sequence[str], load: Callable[[Catalogue], Item], municipality: UUID | None
) -> tuple[Catalogue, Item]:
    """Return the catalogue and the pool `what` as they are now; one query while both are as they were."""
    held = _kept.at_hand(what)
    if held is None:
        catalogue = kept_catalogue.current(municipality)
    else:
        version, stamp = _version_and_stamp(types, floor=held.version.stamp.floor)
        catalogue = kept_catalogue.current_at(version, municipality)
        if held.version == (catalogue.version, stamp):
            return catalogue, held.item
    return catalogue, _as_now(what, types, catalogue, load)


def _as_now(
    what: Hashable, types: Sequence[str], catalogue: Catalogue, load: Callable[[Catalogue], Item]
) -> Item:
    """Return the pool `what` as it is now; loaded anew when an audit row tells of a change."""
    if catalogue.version is None:
        return load(catalogue)

    def is_current(version: _Version) -> bool:
        same_catalogue = version.catalogue == catalogue.version
        return same_catalogue and _stamp(types, floor=version.stamp.floor) == version.stamp

    def make() -> Held[_Version, Any]:
        newest = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
        stamp = _stamp(types, floor=newest - LATE)
        return Held(_Version(catalogue.version, stamp), load(catalogue))

    item: Item = _kept.get(what, is_current=is_current, make=make)
    return item


def _stamp(types: Iterable[str], *, floor: int) -> _Stamp:
    seen = _changes(types, floor=floor).aggregate(count=Count("pk"), newest=Max("pk"))
    return _Stamp(floor, seen["count"], seen["newest"] or 0)


def _version_and_stamp(types: Iterable[str], *, floor: int) -> tuple[kept_catalogue.Version | None, _Stamp]:
    changes = _changes(types, floor=floor)
    # Func, not Count and Max: those would group by the row of the outer query.
    count, newest = (Func("pk", function=name, output_field=BigIntegerField()) for name in ("COUNT", "MAX"))
    seen = kept_catalogue.versions().annotate(
        changes=Subquery(changes.values(number=count)), newest=Subquery(changes.values(number=newest))
    )
    row = seen.values_list("id", "imported_at", "changes", "newest").first()
    return (row[:2], _Stamp(floor, row[2], row[3] or 0)) if row else (None, _Stamp(floor, 0, 0))


def _changes(types: Iterable[str], *, floor: int) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.order_by().filter(pk__gt=floor, subject_type__in=list(types))
