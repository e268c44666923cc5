"""Forms that lose nothing."""

from django import forms
from django.core.exceptions import ValidationError

from backend.core.ui.forms import add_refusal, as_typed, with_empty_row


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


class TestWithEmptyRow:
    def test_adds_one_row_after_those_that_were_typed(self):
        typed = {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-text": "kök",
            "form-0-essential": "on",
            "form-1-text": "far too long",
        }

        longer = with_empty_row(Rows(typed))

        assert [row["text"].value() for row in longer] == ["kök", "far too long", None]
        assert [bool(row["essential"].value()) for row in longer] == [True, False, False]
        assert not longer.total_error_count()


class TestAddRefusal:
    def test_stands_beside_the_field_that_it_names(self):
        form = RowForm({"text": "kök"})

        add_refusal(form, ValidationError({"text": "Not that.", "unknown": "Nor this."}))

        assert form.errors == {"text": ["Not that."], "__all__": ["Nor this."]}

    def test_stands_beside_the_field_that_its_code_names(self):
        form = RowForm({"text": "kök"})

        add_refusal(form, ValidationError([ValidationError("Not that.", "text"), ValidationError("No.")]))

        assert form.errors == {"text": ["Not that."], "__all__": ["No."]}
