"""Shares, their intervals, and what is too small to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reports.statistics import Share, wilson_interval


def test_the_interval_agrees_with_published_values() -> None:
    # Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E), table I, method 3.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=1e-4)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    low, high = wilson_interval(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12
    assert counts[0] / counts[1] - 1e-12 <= high <= 1


def test_nobody_to_count_gives_no_share() -> None:
    assert Share(0, 0).value is None
    assert (Share(0, 0).low, Share(0, 0).high) == (None, None)


@pytest.mark.parametrize(("denominator", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_fewer_than_five_are_not_shown(denominator: int, hidden: bool) -> None:
    assert Share(0, denominator).is_suppressed is hidden
