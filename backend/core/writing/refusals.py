"""Why a service refuses: a code that tests and clients rely on, and the words that people read.

Each app lists its reasons once, in `refusals.py`, as a subclass of `Refusal`: value = code, label = words.
How they are shown lives with the door that shows them (core.ui.http, core.api).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import TextChoices


class Refusal(TextChoices):
    """The closed list of an app's reasons to refuse. Codes are kept for ever; words may change."""


@dataclass(frozen=True)
class Reason:
    """One reason with what its words name, and the field of the form that it is about, if any."""

    why: Refusal
    params: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""

    def as_error(self) -> ValidationError:
        """Return the reason as Django's own error."""
        return ValidationError(self.why.label, code=self.why.value, params=dict(self.params) or None)


class Refused(ValidationError):
    """A service refuses, for one reason or several; nothing has been changed.

    `Refused(PlanRefusal.NO_DECISION)`, `Refused(PlanRefusal.TOO_LONG, days=180)` or, beside a field of the
    form, `Refused(EnrolRefusal.TO_COME, about="enrolled_on")`; several at once by `Refused.for_reasons`.
    """

    def __init__(self, why: Refusal, *, about: str = "", **params: Any) -> None:
        self._take([Reason(why, params, about)])

    @classmethod
    def for_reasons(cls, reasons: Iterable[Reason | Refusal]) -> Self:
        """Return one refusal that holds every one of `reasons`, which must not be empty."""
        refused = cls.__new__(cls)
        refused._take([each if isinstance(each, Reason) else Reason(each) for each in reasons])
        return refused

    def _take(self, reasons: list[Reason]) -> None:
        if not reasons:
            raise ValueError("a refusal needs a reason")
        self.reasons = tuple(reasons)
        by_field: dict[str, list[ValidationError]] = {}
        for reason in reasons:
            by_field.setdefault(reason.about, []).append(reason.as_error())
        no_field = list(by_field) == [""]
        named = {name or NON_FIELD_ERRORS: errors for name, errors in by_field.items()}
        super().__init__(by_field[""] if no_field else named)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all reasons."""
        return frozenset(reason.why.value for reason in self.reasons)


def codes_of(error: ValidationError) -> frozenset[str]:
    """Return the codes of any ValidationError, those of fields too; "invalid" where none is set."""
    if isinstance(error, Refused):
        return error.codes
    lists = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    return frozenset(each.code or "invalid" for errors in lists for each in errors)
