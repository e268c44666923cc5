"""The gazetteer's tables, and the mixin of everything that is somewhere."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.constraints import is_digits
from backend.places.distance import Point
from backend.places.enums import Precision, Source
from backend.places.names import LONGEST_KEY, official_name

# A box around Sweden in WGS 84 degrees; it catches swapped, missing (0, 0) and foreign coordinates.
SOUTH, NORTH = 55.0, 69.1
WEST, EAST = 10.5, 24.2
# A CHECK passes what is neither true nor false, so that "not null" must be said beside the range.
IN_SWEDEN = Q(
    latitude__isnull=False,
    latitude__range=(SOUTH, NORTH),
    longitude__isnull=False,
    longitude__range=(WEST, EAST),
)
NOWHERE = Q(latitude__isnull=True, longitude__isnull=True)
LATITUDES = [MinValueValidator(SOUTH), MaxValueValidator(NORTH)]
LONGITUDES = [MinValueValidator(WEST), MaxValueValidator(EAST)]

MUNICIPALITY_CODE = r"^[0-9]{4}\Z"
COUNTY_CODE = r"^[0-9]{2}\Z"
POSTCODE = r"^[0-9]{5}\Z"


class Charted(models.Model):
    """Mixin of a named place of the gazetteer, with the keys it is sorted and found by."""

    name = models.CharField(_("name"), max_length=100)
    latitude = models.FloatField(_("latitude"), validators=LATITUDES)
    longitude = models.FloatField(_("longitude"), validators=LONGITUDES)
    sort_key = models.CharField(max_length=200, editable=False)
    match_key = models.CharField(max_length=LONGEST_KEY, editable=False, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def point(self) -> Point:
        """The coordinates of the centre."""
        return Point(self.latitude, self.longitude)


class MunicipalityArea(Charted):
    """One of Sweden's municipalities as a place on the map; the tenant is `accounts.Municipality`."""

    code = models.CharField(
        _("code"), max_length=4, primary_key=True, validators=[RegexValidator(MUNICIPALITY_CODE)]
    )
    county_code = models.CharField(_("county code"), max_length=2, validators=[RegexValidator(COUNTY_CODE)])
    county_name = models.CharField(_("county"), max_length=100)

    class Meta:
        ordering: ClassVar = ["sort_key"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="municipality_area_code",
                condition=is_digits("code", count=4) & is_digits("county_code", count=2),
                violation_error_message=_("A municipality's code is four digits, a county's two."),
            ),
            models.CheckConstraint(
                name="municipality_area_in_sweden",
                condition=IN_SWEDEN,
                violation_error_message=_("The coordinates are not in Sweden."),
            ),
        ]

    @property
    def official_name(self) -> str:
        """The full name, such as "Stockholms kommun"."""
        return official_name(self.name)


class Locality(Charted):
    """A town, village or district, in one municipality."""

    municipality = models.ForeignKey(
        MunicipalityArea, models.PROTECT, related_name="localities", verbose_name=_("municipality")
    )
    population = models.PositiveIntegerField(_("population"), default=0, help_text=_("0 when unknown"))
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.STARTER)

    class Meta:
        ordering: ClassVar = ["sort_key", "municipality"]
        verbose_name = _("locality")
        verbose_name_plural = _("localities")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="locality_once_in_municipality",
                violation_error_message=_("The municipality already has a place of this name."),
            ),
            models.CheckConstraint(
                name="locality_in_sweden",
                condition=IN_SWEDEN,
                violation_error_message=_("The coordinates are not in Sweden."),
            ),
        ]


class Postcode(models.Model):
    """A postcode, the postal town it is written with, and the municipality it lies in."""

    code = models.CharField(
        _("postcode"), max_length=5, primary_key=True, validators=[RegexValidator(POSTCODE)]
    )
    locality_name = models.CharField(_("locality"), max_length=100)
    municipality = models.ForeignKey(
        MunicipalityArea, models.PROTECT, related_name="postcodes", verbose_name=_("municipality")
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDES)
    longitude = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDES)
    match_key = models.CharField(max_length=LONGEST_KEY, editable=False, db_index=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.STARTER)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="postcode_five_digits",
                condition=is_digits("code", count=5),
                violation_error_message=_("A postcode is five digits."),
            ),
            models.CheckConstraint(
                name="postcode_in_sweden_or_nowhere",
                condition=IN_SWEDEN | NOWHERE,
                violation_error_message=_("The coordinates are not in Sweden."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code[:3]} {self.code[3:]} {self.locality_name}"


class Located(models.Model):
    """Mixin of a thing that is somewhere: what was written, and what the gazetteer made of it.

    The facts are copied, not joined, so that a later gazetteer moves nobody. Fill them with
    `place.as_fields()` of a found `Place`. A subclass with constraints of its own repeats ours:
    `class Meta(Located.Meta): constraints = [*Located.Meta.constraints, ...]`.
    """

    place_text = models.CharField(_("place"), max_length=120, blank=True)
    locality_name = models.CharField(_("locality"), max_length=100, blank=True)
    municipality_code = models.CharField(
        _("municipality"),
        max_length=4,
        blank=True,
        db_index=True,
        validators=[RegexValidator(MUNICIPALITY_CODE)],
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDES)
    longitude = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDES)
    precision = models.CharField(_("precision"), max_length=12, choices=Precision, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_located_wholly_or_not",
                condition=(
                    IN_SWEDEN & is_digits("municipality_code", count=4) & Q(precision__in=Precision.values)
                )
                | (NOWHERE & Q(municipality_code="", precision="")),
                violation_error_message=_(
                    "A place needs coordinates in Sweden, a municipality and a precision."
                ),
            )
        ]

    @property
    def point(self) -> Point | None:
        """The coordinates, or None while the place is unknown."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)
