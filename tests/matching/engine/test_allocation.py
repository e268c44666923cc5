from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.matching.engine import Option, Pair, Task, allocate
from backend.matching.engine import flow as flow_module
from backend.matching.engine.weights import TOTAL


def options(**points: dict[str, int]) -> list[Option]:
    return [Option(person, opening, at) for person, row in points.items() for opening, at in row.items()]


def task(found, **changes):
    openings = {option.opening for option in found}
    return replace(Task(found, names=dict.fromkeys(openings, 1), waiting_days={}), **changes)


def pairs(allocation):
    return {(pair.person, pair.opening) for pair in allocation.suggestions}


TWO_BY_TWO = options(ada={"shop": 60_000, "kitchen": 58_000}, bo={"shop": 59_000, "kitchen": 20_000})


class TestAllocate:
    def test_takes_the_best_sum_rather_than_the_best_of_each(self):
        assert pairs(allocate(task(TWO_BY_TWO))) == {("ada", "kitchen"), ("bo", "shop")}

    def test_fills_as_many_names_as_it_can(self):
        found = options(ada={"shop": 60_000, "kitchen": 100}, bo={"shop": 10})
        assert pairs(allocate(task(found))) == {("ada", "kitchen"), ("bo", "shop")}

    def test_gives_every_opening_its_names_and_nobody_more_than_their_cap(self):
        found = options(**{name: {"shop": 9_000, "kitchen": 8_000} for name in ("ada", "bo", "cy")})
        allocation = allocate(task(found, names={"shop": 2, "kitchen": 2}))
        assert len(allocation.suggestions) == 3
        assert sum(allocation.unfilled.values()) == 1
        assert len({pair.person for pair in allocation.suggestions}) == 3

    def test_a_second_name_for_one_person_must_be_clearly_better(self):
        found = options(ada={"shop": 50_000, "kitchen": 50_000}, bo={"shop": 49_000, "kitchen": 49_000})
        assert len({pair.person for pair in allocate(task(found, cap=2)).suggestions}) == 2
        apart = options(ada={"shop": 50_000, "kitchen": 50_000}, bo={"shop": 20_000, "kitchen": 20_000})
        assert {pair.person for pair in allocate(task(apart, cap=2)).suggestions} == {"ada"}

    def test_a_pin_is_in_and_takes_its_room(self):
        pin = Pair("bo", "kitchen")
        allocation = allocate(task(TWO_BY_TWO, pins=frozenset({pin})))
        assert pairs(allocation) == {("bo", "kitchen"), ("ada", "shop")}
        assert [pair.pinned for pair in allocation.suggestions if pair.person == "bo"] == [True]

    def test_a_pin_outside_the_options_is_in_too(self):
        allocation = allocate(task(TWO_BY_TWO, pins=frozenset({Pair("dag", "kitchen")})))
        assert ("dag", "kitchen") in pairs(allocation)

    def test_a_ban_is_out(self):
        allocation = allocate(task(TWO_BY_TWO, bans=frozenset({Pair("bo", "shop")})))
        assert ("bo", "shop") not in pairs(allocation)
        assert pairs(allocation) == {("ada", "shop"), ("bo", "kitchen")}

    def test_nothing_to_allocate_is_an_empty_suggestion(self):
        allocation = allocate(task([], names={"shop": 2}))
        assert (allocation.suggestions, allocation.unfilled, allocation.price) == ([], {"shop": 2}, 0.0)

    def test_the_order_of_options_does_not_matter(self):
        assert allocate(task(TWO_BY_TWO)) == allocate(task(TWO_BY_TWO[::-1]))


class TestWaiting:
    WAITS = {"ada": 10, "bo": 400}

    def test_equals_go_to_the_longest_waiting(self):
        found = options(ada={"shop": 50_000}, bo={"shop": 50_000})
        assert pairs(allocate(task(found, waiting_days=self.WAITS))) == {("bo", "shop")}

    def test_priority_passes_a_better_match_and_its_price_is_told(self):
        found = options(ada={"shop": 50_000}, bo={"shop": 45_000})
        calm = allocate(task(found, waiting_days=self.WAITS))
        eager = allocate(task(found, waiting_days=self.WAITS, priority=0.5))
        assert (pairs(calm), calm.price) == ({("ada", "shop")}, 0.0)
        assert pairs(eager) == {("bo", "shop")}
        assert eager.price == pytest.approx(0.1)

    def test_priority_does_not_pass_any_match(self):
        found = options(ada={"shop": TOTAL}, bo={"shop": TOTAL // 3})
        assert pairs(allocate(task(found, waiting_days=self.WAITS, priority=1.0))) == {("ada", "shop")}

    def test_who_was_left_out_is_listed_the_longest_waiting_first(self):
        found = options(ada={"shop": 9}, bo={"shop": 8}, cy={"shop": 7})
        allocation = allocate(task(found, waiting_days={"cy": 500, "bo": 100}))
        assert allocation.left_out == ["cy", "bo"]


small = st.dictionaries(
    st.sampled_from(["ada", "bo", "cy"]),
    st.dictionaries(st.sampled_from(["shop", "kitchen", "farm"]), st.integers(1, 100), max_size=3),
    max_size=3,
)


@settings(deadline=None, max_examples=50)
@given(small)
def test_equals_trying_everything(points):
    found = options(**points)

    def allowed(chosen):
        people, openings = [pair.person for pair in chosen], [pair.opening for pair in chosen]
        return len(set(people)) == len(people) and len(set(openings)) == len(openings)

    every = [chosen for size in range(4) for chosen in combinations(found, size) if allowed(chosen)]
    best = max(every, key=lambda chosen: (len(chosen), sum(option.points for option in chosen)))
    allocation = allocate(task(found))
    assert (len(allocation.suggestions), allocation.points) == (
        len(best),
        sum(option.points for option in best),
    )


class TestWithoutOrTools:
    @pytest.fixture(autouse=True)
    def _without(self, monkeypatch):
        monkeypatch.setattr(flow_module, "min_cost_flow", None)

    def test_the_answer_is_as_good(self):
        assert pairs(allocate(task(TWO_BY_TWO))) == {("ada", "kitchen"), ("bo", "shop")}

    def test_on_larger_networks_too(self, monkeypatch):
        rng = np.random.default_rng(5)
        found = [
            Option(f"p{person}", f"o{opening}", int(rng.integers(1, TOTAL)))
            for person in range(25)
            for opening in rng.choice(8, 4, replace=False)
        ]
        whole = task(found, names={f"o{opening}": 3 for opening in range(8)}, cap=2)
        slow = allocate(whole)
        monkeypatch.undo()
        fast = allocate(whole)
        assert (slow.points, len(slow.suggestions)) == (fast.points, len(fast.suggestions))
