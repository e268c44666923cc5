"""What is costly to make and kept in this process, each thing with the version of the rows it was made of.

The label index, the catalogue's relations and the matcher's people and openings are kept so. What is kept is
never changed in place: a reader takes it once and goes on with it while a newer one is made.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, Thread
from typing import Generic, NamedTuple, TypeVar

from django.db import connections

Version = TypeVar("Version")
Item = TypeVar("Item")


class Held(NamedTuple, Generic[Version, Item]):
    """A thing and the version that it was made of."""

    version: Version
    item: Item


Make = Callable[[], Held[Version, Item]]


class Kept(Generic[Version, Item]):
    """Things by key; of more than `most` the one that was used longest ago goes.

    One is made at a time, so `make` must not ask the same store for another. It reads the version before
    the rows: a change in between is then seen by the next reader.
    """

    def __init__(self, *, most: int = 1) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Held[Version, Item]] = OrderedDict()
        self._touching = Lock()
        self.making = Lock()

    def at_hand(self, key: Hashable = None) -> Held[Version, Item] | None:
        """Return what is kept under `key`; it need not be of the newest version."""
        with self._touching:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def get(
        self,
        key: Hashable = None,
        *,
        is_current: Callable[[Version], bool],
        make: Make[Version, Item],
        old_will_do: bool = False,
    ) -> Item:
        """Return what is kept under `key`, made anew unless the one at hand `is_current`.

        Where an old one will do, the reader gets it while another thread makes the new one.
        """
        held = self.at_hand(key)
        if held is not None and is_current(held.version):
            return held.item
        if held is not None and old_will_do:
            Thread(target=self._make_unless_somebody_does, args=[key, make], daemon=True).start()
            return held.item
        with self.making:
            held = self.at_hand(key)
            if held is None or not is_current(held.version):
                held = self._keep(key, make())
            return held.item

    def forget(self) -> None:
        """Let go of everything, so that the next reader makes it."""
        with self._touching:
            self._held.clear()

    def _keep(self, key: Hashable, held: Held[Version, Item]) -> Held[Version, Item]:
        with self._touching:
            self._held[key] = held
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return held

    def _make_unless_somebody_does(self, key: Hashable, make: Make[Version, Item]) -> None:
        if self.making.acquire(blocking=False):
            try:
                self._keep(key, make())
            finally:
                self.making.release()
                connections.close_all()
