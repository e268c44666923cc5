"""What was worked out of the openings, kept in this process until one of them changes.

A shelf is of one moment: when anything changes that an opening's list depends on, or the catalogue, another
process's write included, the next reader gets an empty one. What a key does not tell (whose scope, which
day, which filters and which language) must not have gone into what stands under it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from backend.core.kept import Held, Kept
from backend.employers.searching.moments import Glance, glance
from backend.skills.understanding import index as catalogue_index

MOST_KEPT: Final = 300
MOST_BYTES: Final = 16_000_000
"""Of keys, on one shelf: a hundred lists of 10,000 openings."""
_WIDTH: Final = 16

Item = TypeVar("Item")


class Keys(Sequence[UUID]):
    """The keys of rows in order, each in sixteen bytes: a long list is cut into pages without its rows."""

    def __init__(self, packed: bytes) -> None:
        self.packed = packed

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "Keys":
        """Read the keys of `rows` in one query; as text, of which the database makes no objects."""
        texts = rows.values_list(Cast("pk", CharField()), flat=True)
        return cls(bytes.fromhex("".join(texts.iterator(chunk_size=2000)).replace("-", "")))

    def best_first(self, tiers: Iterable[Iterable[str]]) -> "Keys":
        """Return those of `tiers`, one group after the other and each in the order that they have here."""
        groups = [_packed(tier) for tier in tiers]
        own = self._each()
        return Keys(b"".join(key for group in groups if group for key in own if key in group))

    def among(self, tiers: Iterable[Iterable[str]]) -> "Keys":
        """Return those that stand in any of `tiers`, in the order that they have here."""
        return self.best_first([[key for tier in tiers for key in tier]])

    def _each(self) -> list[bytes]:
        return [self.packed[at : at + _WIDTH] for at in range(0, len(self.packed), _WIDTH)]

    def __len__(self) -> int:
        return len(self.packed) // _WIDTH

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, slice):
            return [self[place] for place in range(*part.indices(len(self)))]
        place = range(len(self))[part]
        return UUID(bytes=self.packed[_WIDTH * place : _WIDTH * (place + 1)])


class Shelf:
    """Things by key; of too many, or of too many keys, those go that were asked for longest ago."""

    def __init__(self, catalogue: int | None = None) -> None:
        self.catalogue = catalogue
        self._is_kept = catalogue is not None
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._bytes = 0
        self._touching = Lock()

    def take(self, key: Hashable, make: Callable[[], Item]) -> Item:
        """Return what stands under `key`, made where nothing does. Two readers may make it at once."""
        with self._touching:
            if key in self._things:
                self._things.move_to_end(key)
                found: Item = self._things[key]
                return found
        made = make()
        with self._touching:
            if self._is_kept:
                self._put(key, made)
        return made

    def let_go(self) -> None:
        """Keep nothing from now on: what is worked out is not of this moment. The next reader begins anew."""
        with self._touching:
            self._is_kept = False
        forget()

    def __len__(self) -> int:
        return len(self._things)

    def _put(self, key: Hashable, made: Any) -> None:
        self._bytes += _weight(made) - _weight(self._things.get(key))
        self._things[key] = made
        while len(self._things) > MOST_KEPT or self._bytes > MOST_BYTES:
            _key, gone = self._things.popitem(last=False)
            self._bytes -= _weight(gone)


_kept: Kept[Glance, Shelf] = Kept()


def current() -> Shelf:
    """Return the shelf of the present moment: one query while nothing has changed.

    Before the first import of a catalogue nothing is kept: the shelf is empty each time.
    """
    held = _kept.at_hand()
    if held is not None and held.version.is_true_still():
        return held.item
    if catalogue_index.newest_version() is None:
        return Shelf()
    return _kept.get(is_current=Glance.is_true_still, make=_empty)


def _empty() -> Held[Glance, Shelf]:
    now = glance()
    return Held(now, Shelf(now.catalogue))


def forget() -> None:
    """Let go of the shelf; for who writes openings past the services."""
    _kept.forget()


def _packed(keys: Iterable[str]) -> set[bytes]:
    return {bytes.fromhex(key.replace("-", "")) for key in keys}


def _weight(thing: Any) -> int:
    return len(thing.packed) if isinstance(thing, Keys) else 0
