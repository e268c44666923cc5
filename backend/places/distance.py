"""Great-circle distance on the mean sphere; plain Python and NumPy, importable without Django."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

# IUGG mean earth radius R1 of the GRS 80 ellipsoid (H. Moritz, "Geodetic Reference System 1980",
# Journal of Geodesy 74, 2000). Distances on this sphere differ from the ellipsoid's by at most 0.6 %.
EARTH_RADIUS_KM = 6371.0088


class Point(NamedTuple):
    """A position in WGS 84 degrees."""

    latitude: float
    longitude: float


def great_circle_km(a: Point, b: Point) -> float:
    """Give the great-circle distance between two points in kilometres.

    Haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984): unlike the
    law of cosines it keeps its precision for neighbours.
    """
    south, north = radians(a.latitude), radians(b.latitude)
    east = radians(b.longitude - a.longitude)
    half_chord_squared = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    # Rounding can lift antipodes just above 1, where asin is undefined.
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_chord_squared)))
