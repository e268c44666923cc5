"""Things that are costly to make, kept until what they were made of changes."""

from threading import Thread

import pytest

from backend.core import kept
from backend.core.kept import Held, Kept


class Maker:
    """Makes "a1", "a2" … of version 1, 2 …, and remembers how often."""

    def __init__(self) -> None:
        self.version, self.made = 1, 0

    def take(self, store: Kept, key: str = "a", **how: object) -> str:
        def make() -> Held:
            self.made += 1
            return Held(self.version, f"{key}{self.version}")

        return store.get(key, is_current=lambda held: held == self.version, make=make, **how)


@pytest.fixture
def maker():
    return Maker()


@pytest.fixture
def threads(monkeypatch):
    """The work of threads that were started, not yet done."""
    waiting = []

    class Waiting:
        def __init__(self, *, target, args, daemon):
            self.start = lambda: waiting.append(lambda: target(*args))

    monkeypatch.setattr(kept, "Thread", Waiting)
    monkeypatch.setattr(kept.connections, "close_all", lambda: None)
    return waiting


class TestAKeptThing:
    def test_is_made_once(self, maker):
        store = Kept()

        assert [maker.take(store), maker.take(store)] == ["a1", "a1"]
        assert maker.made == 1

    def test_is_made_anew_when_what_it_was_made_of_changed(self, maker):
        store = Kept()
        maker.take(store)

        maker.version = 2

        assert maker.take(store) == "a2"

    def test_is_forgotten(self, maker):
        store = Kept()
        maker.take(store)

        store.forget()

        assert store.at_hand("a") is None

    def test_goes_when_others_were_used_later(self, maker):
        store = Kept(most=2)
        for key in ("a", "b", "a", "c"):
            maker.take(store, key)

        assert [store.at_hand(key) is not None for key in ("a", "b", "c")] == [True, False, True]


class TestAnOldOne:
    def test_is_given_where_it_will_do_while_a_new_one_is_made(self, maker, threads):
        store = Kept()
        maker.take(store)
        maker.version = 2

        assert maker.take(store, old_will_do=True) == "a1"
        threads[0]()
        assert maker.take(store, old_will_do=True) == "a2"

    def test_is_not_given_where_there_is_none(self, maker, threads):
        assert maker.take(Kept(), old_will_do=True) == "a1"
        assert threads == []

    def test_stays_when_making_failed(self, maker, threads):
        store = Kept()
        maker.take(store)
        maker.version = 2
        fails = {"is_current": lambda held: False, "make": lambda: 1 / 0}
        store.get("a", **fails, old_will_do=True)

        with pytest.raises(ZeroDivisionError):
            threads[0]()

        assert store.at_hand("a").item == "a1"
        assert not store.making.locked()


def test_one_thread_makes_it_however_many_ask(maker):
    store = Kept()
    asking = [Thread(target=maker.take, args=[store]) for _ in range(8)]

    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()

    assert maker.made == 1
