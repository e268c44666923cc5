"""How far it is from one place to another, by whatever this installation measures with."""

from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from backend.places.distance import Point


class TravelEstimator(Protocol):
    """What the setting TRAVEL_ESTIMATOR names: a function of two points that gives kilometres."""

    def __call__(self, a: Point, b: Point, /) -> float: ...


@cache
def _estimator(dotted_path: str) -> TravelEstimator:
    return cast("TravelEstimator", import_string(dotted_path))


def distance_km(a: Point, b: Point) -> float:
    """Give the distance in kilometres by the configured estimator, great-circle by default."""
    return _estimator(settings.TRAVEL_ESTIMATOR)(a, b)
