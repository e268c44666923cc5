"""What a folded group of fields says of itself: the values that stand in it, typed or stored."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BoundField
from django.utils.text import Truncator

from backend.core.templatetags.ui import day, number

BETWEEN = " · "
LONGEST = 60


def value_of(field: BoundField) -> Any:
    """Return the value of a field as it stands; None for one that is empty or cannot be read yet."""
    try:
        return field.field.clean(field.value())
    except ValidationError:
        return None


def said(field: BoundField) -> str:
    """Return the value of a field in a few words: a choice by its label, several after each other."""
    value = value_of(field)
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float | Decimal):
        return f"{field.label}: {number(float(value))}"
    if isinstance(value, Model):
        return str(value)
    labels = {str(code): str(label) for code, label in getattr(field.field, "choices", ()) if code}
    if isinstance(value, list | tuple):
        return ", ".join(labels.get(str(each), str(each)) for each in value)
    written = value if isinstance(value, str) else field.value()
    return str(Truncator(labels.get(str(written), str(written))).chars(LONGEST))


def said_together(words: Iterable[str]) -> str:
    """Return what is said, on one line; what says nothing is left out."""
    return BETWEEN.join(each for each in words if each)
