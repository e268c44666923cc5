"""Forms that lose nothing."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from backend.core.ui.forms import add_refusal, as_typed, errors_of, rows_as_asked


class RowForm(forms.Form):
    text = forms.CharField(max_length=5)
    essential = forms.BooleanField(required=False)


Rows = forms.formset_factory(RowForm, extra=1)


class TestAsTyped:
    def test_keeps_every_value_and_judges_none(self):
        form = RowForm({"text": "far too long", "essential": "on"})
        assert not form.is_valid()

        shown = as_typed(form)

        assert shown["text"].value() == "far too long"
        assert shown["essential"].value()
        assert shown.errors == {}


class TestRowsAsAsked:
    TYPED: ClassVar = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-text": "kök",
        "form-0-essential": "on",
        "form-1-text": "far too long",
    }

    def shown(self, **pressed: str) -> list[tuple[str | None, bool]]:
        data = QueryDict(mutable=True)
        data.update({**self.TYPED, **pressed})
        rows = rows_as_asked(Rows(data), data)
        assert not rows.total_error_count()
        return [(row["text"].value(), bool(row["essential"].value())) for row in rows]

    def test_adds_one_row_after_those_that_were_typed(self):
        assert self.shown(add_row="form") == [("kök", True), ("far too long", False), (None, False)]

    def test_takes_one_row_away(self):
        assert self.shown(remove_row="form-0") == [("far too long", False)]

    def test_leaves_other_rows_as_they_were_typed(self):
        assert self.shown(remove_row="other-0") == [("kök", True), ("far too long", False)]

    def test_a_row_that_is_emptied_afterwards_is_no_error(self):
        data = QueryDict(mutable=True)
        data.update({**self.TYPED, "remove_row": "form-1"})
        rows = rows_as_asked(Rows(data), data)
        sent = {f"form-{name}": value for name, value in rows.management_form.initial.items()}

        assert Rows({**sent, "form-0-text": ""}).is_valid()


class TestErrorsOf:
    def test_an_empty_field_is_named_with_what_to_do(self):
        form = RowForm({})

        assert errors_of(form["text"]) == [("Fyll i ”Text”.", True)]

    def test_other_words_stay(self):
        form = RowForm({"text": "kök"})
        form.add_error("text", "Not that.")

        assert errors_of(form["text"]) == [("Not that.", False)]


class TestAddRefusal:
    def test_stands_beside_the_field_that_it_names(self):
        form = RowForm({"text": "kök"})

        add_refusal(form, ValidationError({"text": "Not that.", "unknown": "Nor this."}))

        assert form.errors == {"text": ["Not that."], "__all__": ["Nor this."]}

    def test_stands_beside_the_field_that_its_code_names(self):
        form = RowForm({"text": "kök"})

        add_refusal(form, ValidationError([ValidationError("Not that.", "text"), ValidationError("No.")]))

        assert form.errors == {"text": ["Not that."], "__all__": ["No."]}
