from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a pair of coordinates is known: the area whose centre they are."""

    POSTCODE = "postcode", _("postcode")
    LOCALITY = "locality", _("locality")
    MUNICIPALITY = "municipality", _("municipality")
