import pytest

from backend.matching.engine import measure_exposure
from backend.matching.engine.exposure import gini

CREW = ["ada", "bo", "cy", "dag", "eva"]
WAITS = {"ada": 10, "bo": 20, "cy": 30, "dag": 40, "eva": 500}


class TestExposure:
    def test_who_is_never_suggested_the_longest_waiting_first(self):
        assert measure_exposure(CREW, ["ada", "ada", "bo"], WAITS).never == ["eva", "dag", "cy"]

    def test_all_on_one_is_uneven_and_one_each_is_even(self):
        assert measure_exposure(CREW, ["ada"] * 5, WAITS).gini == pytest.approx(0.8)
        assert measure_exposure(CREW, CREW, WAITS).gini == 0

    def test_the_longest_waiting_fifth(self):
        assert measure_exposure(CREW, ["ada"], WAITS).longest_waiting_named_share == 0
        assert measure_exposure(CREW, ["eva"], WAITS).longest_waiting_named_share == 1
        assert measure_exposure(CREW, ["eva"], WAITS, longest=2).longest_waiting == [("eva", 1), ("dag", 0)]

    def test_the_most_suggested_tenth_and_the_median_wait(self):
        found = measure_exposure(CREW, ["ada", "ada", "ada", "cy"], WAITS)
        assert (found.top_tenth_share, found.median_wait_of_named) == (0.75, 20)

    def test_somebody_outside_the_group_is_not_counted(self):
        assert measure_exposure(CREW, ["somebody else"], WAITS).suggestions == 0

    def test_nobody_at_all(self):
        nothing = measure_exposure([], [], {})
        assert (nothing.gini, nothing.never, nothing.median_wait_of_named) == (0, [], None)


@pytest.mark.parametrize(("counts", "expected"), [([], 0), ([0, 0], 0), ([3, 3], 0), ([0, 1], 0.5)])
def test_gini(counts, expected):
    assert gini(counts) == expected
