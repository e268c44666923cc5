"""Forms that lose nothing and say how to mend: what was typed stays, errors stand beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.core import validators
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

Form = TypeVar("Form", bound=BaseForm)
FormSet = TypeVar("FormSet", bound="BaseFormSet[Any]")

# What to do about an empty field, by its kind; Django's own words say only that it is obligatory.
FILL_IN = _("Nothing is written here yet, and it is needed.")
WHEN_EMPTY: dict[type[forms.Field], Any] = {
    forms.Field: FILL_IN,
    forms.BooleanField: _("Tick this to go on."),
    forms.ChoiceField: _("Choose one of these."),
    forms.MultipleChoiceField: _("Choose at least one."),
    forms.ModelMultipleChoiceField: _("Choose at least one."),
    forms.DateField: _("State a day."),
    forms.EmailField: _("Write an e-mail address."),
    forms.IntegerField: _("Write a number."),
}

# What to do about what cannot be read, and about what is not within its bounds.
WHEN_UNREADABLE: dict[type[forms.Field], Any] = {
    forms.DateField: _("Write the day as year-month-day, for example 2026-03-12."),
    forms.IntegerField: _("Write a whole number in digits."),
}
WHEN_WRONG: dict[type[Any], Any] = {
    validators.EmailValidator: WHEN_EMPTY[forms.EmailField],
    validators.MinValueValidator: _("Write a number, %(limit_value)s or more."),
    validators.MaxValueValidator: _("Write a number, %(limit_value)s or less."),
}

# The same of a field whose label is known.
NAMED: tuple[tuple[Any, Any], ...] = (
    (FILL_IN, _("Fill in “%(field)s”.")),
    (WHEN_EMPTY[forms.BooleanField], _("Tick “%(field)s” to go on.")),
    (WHEN_EMPTY[forms.ChoiceField], _("Choose one under “%(field)s”.")),
    (WHEN_EMPTY[forms.MultipleChoiceField], _("Choose at least one under “%(field)s”.")),
    (WHEN_EMPTY[forms.DateField], _("State a day in “%(field)s”.")),
    (WHEN_EMPTY[forms.IntegerField], _("Write a number in “%(field)s”.")),
)

# How many rows too many are read and shown again before the rest is left unread.
ROWS_READ_BEYOND = 10


def say_how_to_mend() -> None:
    """Refuse every empty field, also of forms that are not ours, in words that say what to do."""
    for kind, words in WHEN_EMPTY.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), "required": words}
    models.Field.default_error_messages |= {"null": FILL_IN, "blank": FILL_IN}
    for kind, words in WHEN_UNREADABLE.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), "invalid": words}
    for validator, words in WHEN_WRONG.items():
        validator.message = words


def errors_of(field: BoundField) -> list[tuple[str, bool]]:
    """Return what is wrong with `field`, and of each whether the words name the field themselves."""
    label = str(field.label).rstrip("?:")
    named = {str(words): str(better) % {"field": label} for words, better in NAMED}
    return [(named.get(str(text), str(text)), str(text) in named) for text in field.errors]


def error_texts(field: BoundField) -> list[str]:
    """Return what is wrong with a field; about an empty one, with its name."""
    return [text for text, _is_named in errors_of(field)]


def error_links(form: BaseForm) -> list[dict[str, str]]:
    """Return text and target of every error of a form, in the order of its fields."""
    links = [{"href": "", "text": str(text)} for text in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or field.auto_id
        if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            target = f"{field.auto_id}_0"
        label = str(field.label).rstrip("?:")
        links += [
            {"href": f"#{target}", "text": text if is_named else f"{label}: {text}"}
            for text, is_named in errors_of(field)
        ]
    return links


def up_to(most: int) -> dict[str, Any]:
    """Return how a formset of at most so many rows is made: a few too many are read and shown again."""
    return {"max_num": most, "validate_max": True, "absolute_max": most + ROWS_READ_BEYOND}


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, be it empty; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class FilterForm:
    """The form of a list's filters alone, for a page whose reader is not to reach the rows behind them."""

    form: BaseForm


def as_typed(form: Form) -> Form:
    """Return `form` as it was typed, not yet judged: for a page that is shown again before it is sent."""
    typed = copy(form)
    typed.initial = {name: form[name].value() for name in form.fields}
    typed.is_bound = False
    # Django's own memory of an earlier look.
    vars(typed).update(_errors=None, _bound_fields_cache={})
    return typed


def asks_for_rows(data: QueryDict) -> bool:
    """Tell whether one of the buttons by rows was pressed (without JavaScript): nothing is kept then."""
    return "add_row" in data or "remove_row" in data


def rows_as_asked(formset: FormSet, data: QueryDict) -> FormSet:
    """Return `formset` as it was typed, not yet judged, a row longer or shorter where its button was pressed.

    `add_row` names the rows, `remove_row` the one row by its prefix.
    """
    kept = [row for row in formset.forms if row.prefix != data.get("remove_row")]
    rows = [{name: row[name].value() for name in row.fields} for row in kept]
    return _as_added(formset, rows, empty=data.get("add_row") == formset.prefix or not rows)


def with_more_rows(formset: FormSet, rows: Iterable[Mapping[str, Any]], *, main: str) -> FormSet:
    """Return `formset` as it was typed with `rows` after what is written in it; none need be kept.

    A row whose `main` field is empty is left out, and one that is there already is not added again.
    """
    typed = [{name: row[name].value() for name in row.fields} for row in formset.forms]
    written = [row for row in typed if row[main]]
    there = {str(row[main]).casefold() for row in written}
    all_rows = [*written, *(row for row in rows if str(row[main]).casefold() not in there)]
    return _as_added(formset, all_rows, empty=True)


def _as_added(formset: FormSet, rows: Sequence[Mapping[str, Any]], *, empty: bool) -> FormSet:
    """Return `rows` as rows that were added, not as rows that were there: those must not be emptied."""
    added = type(formset)(initial=rows, prefix=formset.prefix)
    added.extra = len(rows) + empty
    added.initial_form_count = lambda: 0  # type: ignore[method-assign]
    return added


def add_refusal(form: "BaseForm | BaseFormSet[Any]", refusal: ValidationError) -> None:
    """Show in `form` why a service refused, each error beside the field that it or its code names.

    Rows have one place for what was refused of them all together.
    """
    if isinstance(form, BaseFormSet):
        form.non_form_errors().extend(refusal.messages)
        return
    for field, error in _by_field(form, refusal):
        form.add_error(field, error)


def any_refused(shown: Iterable[object]) -> bool:
    """Tell whether one of the forms or rows among the things shown has an error."""
    return any(
        thing.errors if isinstance(thing, BaseForm) else thing.total_error_count()
        for thing in shown
        if isinstance(thing, BaseForm | BaseFormSet) and thing.is_bound
    )


def _by_field(form: BaseForm, refusal: ValidationError) -> Iterator[tuple[str | None, ValidationError]]:
    is_by_name = hasattr(refusal, "error_dict")
    stated = refusal.error_dict if is_by_name else {NON_FIELD_ERRORS: refusal.error_list}
    for name, errors in stated.items():
        for error in errors:
            yield next((field for field in (name, error.code) if field in form.fields), None), error


class ConstraintsByField:
    """Mixin of a ModelForm: a refusal of the database's stands beside the field that its code names."""

    def _update_errors(self, errors: ValidationError) -> None:
        by_field: dict[str, list[ValidationError]] = {}
        for field, error in _by_field(self, errors):  # type: ignore[arg-type]
            by_field.setdefault(field or NON_FIELD_ERRORS, []).append(error)
        super()._update_errors(ValidationError(by_field))  # type: ignore[misc]
