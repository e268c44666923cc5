from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np

from backend.matching.engine.batch import Pairs, best_pairs, best_pairs_in_shards, merged
from backend.matching.engine.index import Index, Postings, distinct, packed
from backend.matching.engine.store import Store
from backend.matching.engine.weights import NEAR_TIE
from tests.matching.engine.cast import KITCHEN, knows, match


class TestPostings:
    def test_short_and_long_lists_add_up_alike(self):
        rng = np.random.default_rng(1)
        for people in (40, 400):
            for known in (1, people // 2, people):
                credit = np.zeros(people, dtype=np.uint8)
                credit[rng.choice(people, known, replace=False)] = rng.integers(1, 256, known)
                scores = np.zeros(people, dtype=np.uint16)
                rows = np.flatnonzero(credit).astype(np.int32)
                packed(rows, credit[rows], people=people).add_to(scores, 200)
                assert scores.tolist() == (credit.astype(int) * 200).tolist()

    def test_of_several_credits_of_one_row_the_last_stays(self):
        rows, credit = np.array([3, 1, 3], dtype=np.int32), np.array([10, 20, 30], dtype=np.uint8)
        for people in (4, 400):
            scores = np.zeros(people, dtype=np.uint16)
            distinct(rows, credit, people=people).add_to(scores, 2)
            assert scores[:4].tolist() == [0, 40, 0, 60]

    def test_a_full_score_is_not_an_overflow(self):
        scores = np.zeros(3, dtype=np.uint16)
        for share in (100, 157):
            Postings(None, np.full(3, 255, dtype=np.uint8)).add_to(scores, share)
        assert scores.tolist() == [65_535] * 3


class TestStore:
    def item(self, nbytes):
        return SimpleNamespace(nbytes=nbytes)

    def test_makes_once_what_is_asked_for_twice(self):
        made = []
        kept = Store(100)
        for _ in range(2):
            kept.get("a", lambda: made.append(1) or self.item(10))
        assert (len(made), kept.nbytes) == (1, 10)

    def test_lets_go_of_what_was_used_longest_ago(self):
        kept = Store(25)
        for key in ("a", "b", "a", "c"):
            kept.get(key, lambda: self.item(10))
        made = []
        kept.get("a", lambda: made.append("a") or self.item(10))
        kept.get("b", lambda: made.append("b") or self.item(10))
        assert made == ["b"]
        assert kept.nbytes == 20

    def test_threads_agree(self):
        matcher = match(*[knows(f"p{number:03}", "bake", "wash up") for number in range(200)])
        index = Index(matcher.supply, matcher.relations)
        with ThreadPoolExecutor(4) as pool:
            scores = list(pool.map(lambda _: index.score(matcher.demand, 0).points.tolist(), range(20)))
        assert all(score == scores[0] for score in scores)


class TestShards:
    def test_parts_of_the_people_give_the_same_pairs(self, monkeypatch):
        monkeypatch.setattr("backend.matching.engine.batch.SHARD", 7)
        skills = ["bake", "cook", "wash up", "drive truck"]
        crowd = [knows(f"p{number:03}", skills[number % 4], skills[number % 3]) for number in range(50)]
        matcher = match(*crowd, opening=KITCHEN)
        whole = best_pairs(matcher.demand, matcher.index, limit=9)
        parts = best_pairs_in_shards(matcher.demand, matcher.supply, matcher.relations, limit=9)
        assert [column.tolist() for column in whole] == [column.tolist() for column in parts]

    def test_merging_keeps_near_ties_in_row_order(self):
        def pairs(person, points):
            return Pairs(np.array([0]), np.array([person]), np.array([points], dtype=np.uint16))

        found = merged([pairs(5, 10 * NEAR_TIE + 1), pairs(2, 10 * NEAR_TIE)], limit=2)
        assert found.person.tolist() == [2, 5]
