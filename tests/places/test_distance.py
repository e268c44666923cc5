"""Distances between points on the ground."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from backend.places.distance import EARTH_RADIUS_KM, Point, great_circle_km
from backend.places.travel import distance_km

STOCKHOLM = Point(59.3293, 18.0686)
GOTEBORG = Point(57.7089, 11.9746)
MALMO = Point(55.6050, 13.0038)

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


class TestGreatCircle:
    @pytest.mark.parametrize(
        ("a", "b", "kilometres"),
        [(STOCKHOLM, GOTEBORG, 397), (STOCKHOLM, MALMO, 513)],
    )
    def test_known_distances(self, a: Point, b: Point, kilometres: int) -> None:
        assert great_circle_km(a, b) == pytest.approx(kilometres, abs=1)

    def test_one_degree_of_latitude_is_a_360th_of_the_circumference(self) -> None:
        degree = great_circle_km(Point(59, 16), Point(60, 16))
        assert degree == pytest.approx(2 * np.pi * EARTH_RADIUS_KM / 360)

    def test_antipodes_are_half_a_circumference_apart(self) -> None:
        assert great_circle_km(Point(59, 16), Point(-59, -164)) == pytest.approx(np.pi * EARTH_RADIUS_KM)

    @given(points, points)
    def test_is_symmetric_and_never_negative(self, a: Point, b: Point) -> None:
        assert great_circle_km(a, b) == pytest.approx(great_circle_km(b, a), abs=1e-9)
        assert great_circle_km(a, b) >= 0

    @given(points)
    def test_nothing_is_away_from_itself(self, a: Point) -> None:
        assert great_circle_km(a, a) == 0

    @given(points, points, points)
    def test_a_detour_is_never_shorter(self, a: Point, b: Point, via: Point) -> None:
        assert great_circle_km(a, b) <= great_circle_km(a, via) + great_circle_km(via, b) + 1e-3


def as_the_crow_walks(a: Point, b: Point) -> float:
    return 7 * great_circle_km(a, b)


class TestTravelEstimator:
    def test_is_the_great_circle_until_somebody_configures_better(self) -> None:
        assert distance_km(STOCKHOLM, GOTEBORG) == great_circle_km(STOCKHOLM, GOTEBORG)

    def test_is_what_the_setting_names(self, settings: Settings) -> None:
        settings.TRAVEL_ESTIMATOR = "tests.places.test_distance.as_the_crow_walks"
        assert distance_km(STOCKHOLM, GOTEBORG) == 7 * great_circle_km(STOCKHOLM, GOTEBORG)
