"""The form field that takes a postcode or the name of a place."""

import pytest
from django import forms
from django.utils.translation import override

from backend.places.enums import Precision
from backend.places.forms import PlaceField, initial_place

pytestmark = pytest.mark.usefixtures("gazetteer")


class WhereForm(forms.Form):
    place = PlaceField()


class PerhapsForm(forms.Form):
    place = PlaceField(required=False)


def error(text, form_class=WhereForm):
    form = form_class({"place": text})
    assert not form.is_valid()
    return form.errors["place"][0]


class TestPlaceField:
    def test_gives_the_place_with_all_that_is_stored(self):
        form = WhereForm({"place": " torshalla "})
        assert form.is_valid()
        assert form.cleaned_data["place"].as_fields() == {
            "place_text": "torshalla",
            "locality_name": "Torshälla",
            "municipality_code": "0484",
            "latitude": 59.41667,
            "longitude": 16.46667,
            "precision": Precision.LOCALITY,
        }

    def test_says_in_swedish_that_a_place_is_unknown(self):
        with override("sv"):
            assert error("Atlantis") == (
                "Vi hittar ingen ort som heter ”Atlantis”. Skriv ett postnummer eller namnet på en ort."
            )

    def test_says_what_was_perhaps_meant(self):
        with override("sv"):
            assert error("Torshalal") == (
                "Vi hittar ingen ort som heter ”Torshalal”. Menade du Torshälla, Eskilstuna kommun?"
            )

    def test_asks_which_of_several(self):
        with override("en"):
            message = error("Alvik")
        assert "Alvik, Stockholms kommun" in message
        assert "Alvik, Luleå kommun" in message

    def test_prefers_the_municipality_that_it_is_told(self):
        form = WhereForm({"place": "Alvik"})
        form.fields["place"].near_municipality = "2580"
        assert form.is_valid()
        assert form.cleaned_data["place"].municipality_name == "Luleå"

    def test_empty_is_no_place_where_none_is_needed(self):
        form = PerhapsForm({"place": "  "})
        assert form.is_valid()
        assert form.cleaned_data["place"] is None

    def test_empty_is_refused_where_one_is_needed(self):
        assert not WhereForm({"place": ""}).is_valid()

    @pytest.mark.parametrize("text", ["x" * 10_000, "<b>Eskil</b>", "🏝️", "\u202eanutslikE", "\x00"])
    def test_odd_input_is_an_error_message(self, text):
        assert error(text)

    def test_shows_again_what_was_written(self):
        assert 'value="Atlantis"' in str(WhereForm({"place": "Atlantis"})["place"])

    def test_suggests_while_typing(self):
        assert 'data-suggestions="/orter/forslag/"' in str(WhereForm()["place"])


class TestInitialPlace:
    def test_shows_a_stored_place_as_it_was_written(self):
        from backend.employers.models import Workplace

        workplace = Workplace(place_text="torshalla")
        form = WhereForm({"place": "torshalla"}, initial=initial_place(workplace))
        assert not form.has_changed()
