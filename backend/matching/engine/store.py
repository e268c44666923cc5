"""A store for what is costly to make: within a number of bytes, the latest used stays."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


Item = TypeVar("Item", bound=Sized)


class Store(Generic[Item]):
    """Items by key, safe to share between threads (two may make the same item at once; one of them stays)."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.nbytes = 0
        self._items: OrderedDict[Hashable, Item] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Item]) -> Item:
        """The item of this key, made if it is not there."""
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
                return self._items[key]
        made = make()
        with self._lock:
            self._put(key, made)
        return made

    def _put(self, key: Hashable, item: Item) -> None:
        if key in self._items:
            self.nbytes -= self._items.pop(key).nbytes
        self._items[key] = item
        self.nbytes += item.nbytes
        while self.nbytes > self.most_bytes and len(self._items) > 1:
            _, oldest = self._items.popitem(last=False)
            self.nbytes -= oldest.nbytes
