"""People and openings as the matcher's arrays, kept in this process until one of them changes.

Every write to a participant or an opening leaves an audit row in its own transaction, so the audit rows tell
whether what is kept is still true: one short query, and a new skill or opening is matched at once.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from django.db.models import BigIntegerField, Count, Func, Max, QuerySet, Subquery

from backend.core.models import AuditEntry
from backend.employers.enums import OpeningState
from backend.employers.models import OpeningQuerySet
from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.bridge.catalogue import Catalogue, Version
from backend.matching.bridge.rows import read_openings, read_people
from backend.matching.engine.demand import Demand
from backend.matching.engine.index import Index
from backend.matching.engine.supply import Supply
from backend.participants.models import ParticipantQuerySet

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

Pool = TypeVar("Pool")


@dataclass(frozen=True)
class People:
    """Participants by row, and the inverted lists over them."""

    supply: Supply
    index: Index


@dataclass(frozen=True)
class _Stamp:
    """How many audit rows above `floor` tell of a change, and the newest of them."""

    floor: int
    count: int
    newest: int


@dataclass(frozen=True)
class _Kept:
    stamp: _Stamp
    pool: Any


class _Memory:
    pools: OrderedDict[Hashable, _Kept] = OrderedDict()
    lock = Lock()


def people_among(
    participants: ParticipantQuerySet, *, whose: Hashable, today: date
) -> tuple[Catalogue, People]:
    """Return who of `participants` waits for a place, as the matcher sees them; `whose` names the choice.

    The choice must leave out protected identities.
    """

    def load(catalogue: Catalogue) -> People:
        supply = Supply.of(read_people(participants.matchable()), catalogue.relations, today=today)
        return People(supply, Index(supply, catalogue.relations))

    return _with_catalogue(("people", whose, today), PEOPLE_CHANGE_WITH, load)


def openings_among(openings: OpeningQuerySet, *, whose: Hashable) -> tuple[Catalogue, Demand]:
    """Return the published ones of `openings`, standing capacity included; `whose` names the choice."""

    def load(catalogue: Catalogue) -> Demand:
        return Demand.of(read_openings(openings.filter(state=OpeningState.PUBLISHED)), catalogue.relations)

    return _with_catalogue(("openings", whose), OPENINGS_CHANGE_WITH, load)


def forget() -> None:
    """Let go of every pool, so that the next reader loads it."""
    _Memory.pools.clear()


def _with_catalogue(
    what: Hashable, types: Iterable[str], load: Callable[[Catalogue], Pool]
) -> tuple[Catalogue, Pool]:
    """Return the catalogue and the pool `what` as they are now; one query while both are as they were."""
    held = kept_catalogue.at_hand()
    kept_one = _Memory.pools.get((what, held))
    if kept_one is None:
        catalogue = kept_catalogue.current()
        return catalogue, kept(what, catalogue, types, lambda: load(catalogue))
    version, stamp = _version_and_stamp(types, floor=kept_one.stamp.floor)
    catalogue = kept_catalogue.current_at(version)
    if catalogue.version == version == held and stamp == kept_one.stamp:
        return catalogue, kept_one.pool
    return catalogue, kept(what, catalogue, types, lambda: load(catalogue))


def kept(what: Hashable, catalogue: Catalogue, types: Iterable[str], load: Callable[[], Any]) -> Any:
    """Return the pool `what` as it is now; loaded anew when an audit row tells of a change.

    `load` must not ask for another pool: one is loaded at a time.
    """
    if catalogue.version is None:
        return load()
    key = (what, catalogue.version)
    kept = _Memory.pools.get(key)
    if kept is not None and _stamp(types, floor=kept.stamp.floor) == kept.stamp:
        return kept.pool
    with _Memory.lock:
        return _loaded(key, types, load)


def _loaded(key: Hashable, types: Iterable[str], load: Callable[[], Any]) -> Any:
    """Load and keep a pool. The stamp is read first: a change in between is then seen by the next reader."""
    newest = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    stamp = _stamp(types, floor=newest - LATE)
    kept = _Memory.pools.get(key)
    if kept is None or _stamp(types, floor=kept.stamp.floor) != kept.stamp:
        kept = _Memory.pools[key] = _Kept(stamp, load())
    _Memory.pools.move_to_end(key)
    while len(_Memory.pools) > KEPT:
        _Memory.pools.popitem(last=False)
    return kept.pool


def _stamp(types: Iterable[str], *, floor: int) -> _Stamp:
    seen = _changes(types, floor=floor).aggregate(count=Count("pk"), newest=Max("pk"))
    return _Stamp(floor, seen["count"], seen["newest"] or 0)


def _version_and_stamp(types: Iterable[str], *, floor: int) -> tuple[Version | None, _Stamp]:
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
