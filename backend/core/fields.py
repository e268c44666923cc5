"""Model fields that several apps share."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


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
