from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a pair of coordinates is known: the kind of area whose centre they are."""

    POSTCODE = "postcode", _("postcode area")
    LOCALITY = "locality", _("locality")
    MUNICIPALITY = "municipality", _("municipality")


class Source(models.TextChoices):
    """Where a row of the gazetteer comes from; the starter tables never overwrite an import."""

    STARTER = "starter", _("starter gazetteer")
    IMPORT = "import", _("imported file")
