"""The index in memory follows the newest import, and nobody waits for it."""

from datetime import timedelta

import pytest

from backend.core import kept
from backend.skills.enums import ConceptKind
from backend.skills.understanding import index
from tests.skills.conftest import AT, make_concept, make_version


class Threads:
    """Stands in for `Thread`: keeps what would run, so that a test runs it when it wants."""

    def __init__(self):
        self.waiting = []

    def __call__(self, *, target, args, daemon):
        self.waiting.append(lambda: target(*args))
        return self

    def start(self):
        """Nothing starts by itself."""


@pytest.fixture
def threads(monkeypatch, settings):
    settings.LABEL_INDEX_IN_BACKGROUND = True
    threads = Threads()
    monkeypatch.setattr(kept, "Thread", threads)
    monkeypatch.setattr(kept.connections, "close_all", lambda: None)
    return threads


def texts(catalogue_index, typed):
    return [each.text for each in catalogue_index.suggest(typed, ConceptKind.SKILL)]


class TestCurrent:
    def test_is_built_once_a_version(self, catalogue):
        assert index.current() is index.current()

    def test_is_built_anew_for_whoever_waits(self, catalogue):
        before = index.current()
        make_concept(ConceptKind.SKILL, ("Snickeri", ""), {})
        make_version(AT + timedelta(days=1))

        assert texts(index.current(wait=True), "snick") == ["Snickeri"]
        assert "Snickeri" not in texts(before, "snick")

    def test_readers_go_on_with_the_old_one_while_the_new_one_is_built(self, catalogue, threads):
        before = index.current()
        make_concept(ConceptKind.SKILL, ("Snickeri", ""), {})
        make_version(AT + timedelta(days=1))

        assert index.current() is before
        threads.waiting[0]()
        assert texts(index.current(), "snick") == ["Snickeri"]

    def test_one_thread_builds_however_many_ask(self, catalogue, threads, monkeypatch):
        index.current()
        make_version(AT + timedelta(days=1))
        index.current()
        index.current()
        built = []
        monkeypatch.setattr(index, "read_vocabularies", lambda: built.append(1) or {})

        with index._kept.making:
            threads.waiting[0]()
        assert built == []
        threads.waiting[1]()
        assert built == [1]
        index.forget()

    def test_a_failed_build_leaves_the_old_one(self, catalogue, threads, monkeypatch):
        before = index.current()
        make_version(AT + timedelta(days=1))
        index.current()
        monkeypatch.setattr(index, "read_vocabularies", lambda: 1 / 0)

        with pytest.raises(ZeroDivisionError):
            threads.waiting[0]()

        assert index.current() is before
        assert not index._kept.making.locked()


class TestTwoCatalogues:
    @pytest.fixture
    def two(self, catalogue):
        catalogue["other"] = make_concept(ConceptKind.SKILL, ("Orderplock", ""), {}, scheme="esco-2")
        catalogue["rival"] = make_concept(ConceptKind.SKILL, ("Köra truck", ""), {}, scheme="jobtech")
        make_version(AT + timedelta(hours=1))
        return catalogue

    def test_one_concept_speaks_for_both_with_the_labels_of_both(self, two):
        _, hits = index.current(wait=True).understand("plocka order", ConceptKind.SKILL, limit=5)

        assert [hit.concept_id for hit in hits if hit.degree > 0.9] == [str(two["other"].pk)]

    def test_words_that_the_national_catalogue_gives_to_one_thing_mean_that_thing(self, two):
        _, hits = index.current(wait=True).understand("köra truck", ConceptKind.SKILL, limit=5)

        assert hits[0].concept_id == str(two["rival"].pk)
        assert hits[0].margin > 0.05
