"""Pieces of pages that are kept under all that they say."""

from django import forms
from django.utils import translation
from django.utils.safestring import SafeString

from backend.core.ui import fields
from backend.core.ui.fragments import Fragments


class Asked(forms.Form):
    q = forms.CharField(label="Sök", required=False)
    unit = forms.ChoiceField(choices=[("", "Alla"), ("1", "Norr")], required=False)


def field(name="unit", *, choices=None, **data):
    form = Asked(data)
    form.fields["unit"].choices = choices or form.fields["unit"].choices
    return form[name]


class TestFragments:
    def test_draw_once_what_says_the_same(self):
        kept, drawn = Fragments(), []
        for word in ("a", "b", "a"):
            assert kept.piece(word, lambda word=word: drawn.append(word) or SafeString(word)) == word
        assert drawn == ["a", "b"]

    def test_draw_anew_in_another_language(self):
        kept = Fragments()
        for language in ("sv", "en", "sv"):
            with translation.override(language):
                assert kept.piece("it", lambda language=language: SafeString(language)) == language

    def test_never_keep_more_than_they_may(self):
        kept = Fragments(most=3)
        for number in range(10):
            kept.piece(number, lambda number=number: SafeString(number))
            assert 1 <= len(kept) <= 3


class TestFilterField:
    def test_shows_the_choices_of_its_own_reader(self):
        mine = fields.filter_field(field(choices=[("1", "Norr"), ("7", "Söder")]))
        assert "Söder" in mine
        assert "Söder" not in fields.filter_field(field())
        assert mine == fields.filter_field(field(choices=[("1", "Norr"), ("7", "Söder")]))

    def test_shows_what_is_chosen_and_written(self):
        fields.filter_field(field())
        assert '<option value="1" selected>' in fields.filter_field(field(unit="1"))
        assert 'value="Amina"' in fields.filter_field(field("q", q="Amina"))
        assert '<option value="1" selected>' not in fields.filter_field(field())

    def test_keeps_nothing_that_somebody_wrote_or_chose(self):
        before = len(fields._fields)
        fields.filter_field(field("q", q="Amina från Norr"))
        fields.filter_field(field(unit="1"))
        assert len(fields._fields) == before

    def test_tells_fields_of_one_name_apart(self):
        other = field()
        other.help_text = "Där du arbetar"
        assert "Där du arbetar" not in fields.filter_field(field())
        assert "Där du arbetar" in fields.filter_field(other)
