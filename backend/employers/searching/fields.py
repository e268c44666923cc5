"""Occupational fields as people look for work: groups of SSYK 2012 by the first digits of their codes."""

from typing import Final

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _


class OccupationalField(TextChoices):
    """What sort of work it is, in the words that people look for it with."""

    HEALTH = "health", _("Health and care")
    SCHOOL = "school", _("Children and school")
    FOOD = "food", _("Restaurant, kitchen and bakery")
    SHOP = "shop", _("Shop and sales")
    CLEANING = "cleaning", _("Cleaning and property")
    BUILDING = "building", _("Building and installation")
    INDUSTRY = "industry", _("Industry and workshop")
    TRANSPORT = "transport", _("Transport and warehouse")
    OFFICE = "office", _("Office, IT and economy")
    NATURE = "nature", _("Nature, garden and animals")


CODES: Final = {
    OccupationalField.HEALTH: ("22", "32", "532", "533", "534"),
    OccupationalField.SCHOOL: ("23", "531"),
    OccupationalField.FOOD: ("345", "512", "513", "761", "941"),
    OccupationalField.SHOP: ("332", "522", "523", "524"),
    OccupationalField.CLEANING: ("515", "911", "912"),
    OccupationalField.BUILDING: ("71", "741", "931"),
    OccupationalField.INDUSTRY: ("72", "73", "742", "75", "81", "82", "932"),
    OccupationalField.TRANSPORT: ("432", "83", "933", "962"),
    OccupationalField.OFFICE: ("24", "25", "33", "35", "41", "42"),
    OccupationalField.NATURE: ("61", "62", "92"),
}
"""The beginnings of codes, of which the longest that fits counts ("332" is SHOP, other "33" OFFICE)."""


def codes_in(field: str, *, path: str) -> Q:
    """Return the condition that the code at `path` belongs to `field`."""
    own = CODES[OccupationalField(field)]
    found = _begin_with(own, path)
    longer = [
        other
        for each, codes in CODES.items()
        if each != field
        for other in codes
        if any(other.startswith(code) for code in own)
    ]
    return found & ~_begin_with(longer, path) if longer else found


def _begin_with(codes: "tuple[str, ...] | list[str]", path: str) -> Q:
    found = Q()
    for code in codes:
        found |= Q(**{f"{path}__startswith": code})
    return found
