"""Forms that lose nothing: what was typed stays, with an error beside it or with one more row."""

from copy import copy
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm, BaseFormSet

Form = TypeVar("Form", bound=BaseForm)
FormSet = TypeVar("FormSet", bound="BaseFormSet[Any]")


def as_typed(form: Form) -> Form:
    """Return `form` as it was typed, not yet judged: for a page that is shown again before it is sent."""
    typed = copy(form)
    typed.initial = {name: form[name].value() for name in form.fields}
    typed.is_bound = False
    # Django's own memory of an earlier look.
    vars(typed).update(_errors=None, _bound_fields_cache={})
    return typed


def with_empty_row(formset: FormSet) -> FormSet:
    """Return `formset` as it was typed, not yet judged, with one empty row more."""
    rows = [{name: row[name].value() for name in row.fields} for row in formset.forms]
    longer = type(formset)(initial=rows, prefix=formset.prefix)
    longer.extra = 1
    return longer


class ConstraintsByField:
    """Mixin of a ModelForm: a refusal of the database's stands beside the field that its code names."""

    def _update_errors(self, errors: ValidationError) -> None:
        by_field = errors.error_dict
        for error in by_field.pop(NON_FIELD_ERRORS, []):
            at_field = error.code if error.code and error.code in self.fields else NON_FIELD_ERRORS  # type: ignore[attr-defined]
            by_field.setdefault(at_field, []).append(error)
        super()._update_errors(errors)  # type: ignore[misc]
