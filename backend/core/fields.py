"""Fields that several apps share: days that can be meant, hours a week, lists of codes."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.text.phones import validate_phone

# Nothing that this system knows of was before, and nobody plans so far ahead: a day beyond is mistyped.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def validate_working_date(day: date) -> None:
    """Raise ValidationError for a day that nobody can have meant."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Write a day between the years 2000 and 2100."), "not_in_our_time")


class WorkingDate(forms.DateField):
    """A day in a form, as the browser's date picker sends it or as somebody writes it."""

    default_validators = [validate_working_date]


class WorkingDateField(models.DateField):  # type: ignore[type-arg]
    """A day in the database, which refuses what `validate_working_date` refuses."""

    default_validators = [validate_working_date]

    def db_check(self, connection: Any) -> str:
        """Return the condition that the column carries."""
        return f"{connection.ops.quote_name(self.column)} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'"

    def formfield(self, **kwargs: Any) -> Any:
        """Return the same day as a field of a form."""
        return super().formfield(**{"form_class": WorkingDate, **kwargs})


class HoursField(models.DecimalField):  # type: ignore[type-arg]
    """Hours a week with one decimal, written 37,5 in Swedish; whole hours have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": 3, "decimal_places": 1})

    def deconstruct(self) -> Any:
        """Leave out what is the same for all."""
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {k: v for k, v in kwargs.items() if k not in ("max_digits", "decimal_places")},
        )

    def from_db_value(self, value: Any, *_args: Any) -> Decimal | None:
        """Return 37.5, and 30 instead of 30.0."""
        return None if value is None else short(Decimal(str(value)))

    def formfield(self, **kwargs: Any) -> Any:
        """Return a field that takes 37,5 and 37.5."""
        widget = forms.TextInput({"inputmode": "decimal"})
        return super().formfield(**{"localize": True, "widget": widget, **kwargs})


def short(hours: Decimal) -> Decimal:
    """Return `hours` without a decimal that says nothing."""
    whole = hours.to_integral_value()
    return whole if whole == hours else hours.quantize(Decimal("0.1"))


class PhoneField(models.CharField):  # type: ignore[type-arg]
    """A telephone number as it was written, if a telephone can dial it."""

    default_validators = [validate_phone]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 30, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        """Return a field that a telephone shows its digits for."""
        return super().formfield(**{"widget": forms.TextInput({"type": "tel"}), **kwargs})


class CodeListField(models.JSONField):
    """A list of codes out of one enum, kept sorted and without repeats.

    A list in the row keeps what the matcher loads in bulk in one query; the enum guards its content.
    """

    def __init__(self, *args: Any, codes: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        # Migrations do not carry the enum: a new code needs no change of the table.
        self.codes = codes
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Iterable[str] | None) -> Any:
        """Return the codes as they will be stored: sorted, each once."""
        return super().get_prep_value(None if value is None else sorted(set(value)))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise ValidationError for anything that is not a list of known codes."""
        super().validate(value, model_instance)
        if not isinstance(value, list):
            raise ValidationError(_("Choose from the list."), "unknown_choice")
        unknown = set(value) - set(self.codes.values) if self.codes else set()
        if unknown:
            raise ValidationError(
                _("Unknown choice: %(codes)s"), "unknown_choice", {"codes": ", ".join(sorted(unknown))}
            )

    def labels(self, value: Iterable[str]) -> list[str]:
        """Return the enum's labels of the given codes, in the reader's language."""
        return [str(self.codes(code).label) for code in value] if self.codes else list(value)
