"""What a look-up answers with: a place, a question, or that there is none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from backend.places.distance import Point
from backend.places.enums import Precision
from backend.places.models import Locality, MunicipalityArea, Postcode


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place. `written_out` names it without ambiguity: looking that up gives this place again."""

    written_out: str
    locality_name: str
    municipality_code: str
    municipality_name: str
    county_name: str
    latitude: float
    longitude: float
    precision: Precision
    text: str = ""

    @property
    def label(self) -> str:
        """The name as people say it, with the municipality only where it adds something."""
        if not self.locality_name or self.locality_name == self.municipality_name:
            return self.municipality_name
        return f"{self.locality_name}, {self.municipality_name}"

    @property
    def point(self) -> Point:
        """The coordinates, as exact as `precision` says."""
        return Point(self.latitude, self.longitude)

    def as_fields(self) -> dict[str, Any]:
        """Give the values of the model mixin `Located`."""
        return {
            "place_text": self.text or self.written_out,
            "locality_name": self.locality_name,
            "municipality_code": self.municipality_code,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "precision": self.precision,
        }


@dataclass(frozen=True)
class Ambiguous:
    """Several places answer to what was written; somebody must choose."""

    text: str
    alternatives: tuple[Place, ...]


@dataclass(frozen=True)
class Unknown:
    """No place answers to what was written; `suggestions` are spelt almost like it and may be none."""

    text: str
    suggestions: tuple[Place, ...]


Answer = Place | Ambiguous | Unknown


def municipality_place(
    municipality: MunicipalityArea, *, locality_name: str = "", written_out: str = ""
) -> Place:
    """Give a municipality's centre, for itself or for a place in it that has no coordinates of its own."""
    return Place(
        written_out=written_out or municipality.official_name,
        locality_name=locality_name,
        municipality_code=municipality.code,
        municipality_name=municipality.name,
        county_name=municipality.county_name,
        latitude=municipality.latitude,
        longitude=municipality.longitude,
        precision=Precision.MUNICIPALITY,
    )


def locality_place(locality: Locality, *, written_out: str = "") -> Place:
    """Give a locality, for itself or for a postcode that has no coordinates of its own."""
    written_out = written_out or f"{locality.name}, {locality.municipality.official_name}"
    return replace(
        municipality_place(locality.municipality, locality_name=locality.name, written_out=written_out),
        latitude=locality.latitude,
        longitude=locality.longitude,
        precision=Precision.LOCALITY,
    )


def postcode_place(postcode: Postcode, locality: Locality | None) -> Place:
    """Give a postcode at its own coordinates, else at those of its locality, else of its municipality."""
    if locality and postcode.latitude is None:
        return locality_place(locality, written_out=str(postcode))
    place = municipality_place(
        postcode.municipality, locality_name=postcode.locality_name, written_out=str(postcode)
    )
    return _moved_to([postcode], place, Precision.POSTCODE)


def postal_town_place(postcodes: Sequence[Postcode]) -> Place:
    """Give the middle of a postal town's postcodes in one municipality, else the municipality's centre."""
    town, municipality = postcodes[0].locality_name, postcodes[0].municipality
    written_out = f"{town}, {municipality.official_name}"
    place = municipality_place(municipality, locality_name=town, written_out=written_out)
    return _moved_to(postcodes, place, Precision.LOCALITY)


def _moved_to(postcodes: Sequence[Postcode], place: Place, precision: Precision) -> Place:
    latitudes = [row.latitude for row in postcodes if row.latitude is not None]
    longitudes = [row.longitude for row in postcodes if row.longitude is not None]
    if not latitudes:
        return place
    return replace(place, latitude=fmean(latitudes), longitude=fmean(longitudes), precision=precision)
