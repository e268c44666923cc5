from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.places.distance import Point
from backend.places.enums import Precision

SOUTH, NORTH = 55.0, 69.1
WEST, EAST = 10.5, 24.2

MUNICIPALITY_CODE = r"^[0-9]{4}\Z"
POSTCODE = r"^[0-9]{5}\Z"


class Located(models.Model):
    """Mixin for a thing that is somewhere: what was written, and what the gazetteer made of it.

    The facts are copied, not joined, so that a later gazetteer moves nobody. Fill them with
    `place.as_fields()` of a found `Place`. A subclass with constraints of its own repeats ours:
    `class Meta(Located.Meta): constraints = [*Located.Meta.constraints, ...]`.
    """

    place_text = models.CharField(_("place"), max_length=120, blank=True)
    locality_name = models.CharField(_("locality"), max_length=100, blank=True)
    municipality_code = models.CharField(
        _("municipality"), max_length=4, blank=True, db_index=True, validators=[RegexValidator(MUNICIPALITY_CODE)]
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(SOUTH), MaxValueValidator(NORTH)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(WEST), MaxValueValidator(EAST)]
    )
    precision = models.CharField(_("precision"), max_length=12, choices=Precision, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_located_wholly_or_not",
                condition=(
                    Q(latitude__range=(SOUTH, NORTH), longitude__range=(WEST, EAST))
                    & Q(municipality_code__regex=MUNICIPALITY_CODE, precision__in=Precision.values)
                )
                | Q(latitude__isnull=True, longitude__isnull=True, municipality_code="", precision=""),
                violation_error_message=_("A place needs coordinates in Sweden, a municipality and a precision."),
            )
        ]

    @property
    def point(self) -> Point | None:
        """The coordinates, or None while the place is unknown."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)
