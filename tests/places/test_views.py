"""Suggestions of places while somebody types."""

import pytest
from django.test import Client

from backend.places.models import Postcode

pytestmark = pytest.mark.usefixtures("gazetteer")


def suggested(**query):
    response = Client().get("/orter/forslag/", query)
    assert response.status_code == 200
    return [suggestion["text"] for suggestion in response.json()["suggestions"]]


class TestSuggestionList:
    def test_offers_names_that_begin_so_the_largest_first(self):
        assert suggested(q="torsh") == ["Torshälla, Eskilstuna kommun"]
        assert suggested(q="eskil")[:2] == ["Eskilstuna, Eskilstuna kommun", "Eskilstuna kommun"]

    def test_needs_no_diacritics(self):
        assert suggested(q="TORSHAL") == ["Torshälla, Eskilstuna kommun"]

    def test_offers_names_with_a_later_word_that_begins_so(self):
        assert "Stora Sundby, Eskilstuna kommun" in suggested(q="sundby")

    def test_puts_the_near_municipality_first(self):
        assert suggested(q="al", near="2580")[0] == "Alvik, Luleå kommun"

    def test_offers_postcodes(self):
        assert suggested(q="644 2") == ["644 20 Torshälla", "644 21 Torshälla", "644 22 Torshälla"]

    def test_says_in_which_county(self):
        response = Client().get("/orter/forslag/", {"q": "torsh"})
        assert response.json()["suggestions"][0]["hint"] == "Södermanlands län"

    @pytest.mark.parametrize("typed", ["", " ", "-", "🏝️", "\x00", "%", "_", "x" * 5000, "\u0661\u0662"])
    def test_odd_input_offers_nothing(self, typed):
        assert suggested(q=typed, near=typed) == []

    def test_offers_at_most_eight(self):
        assert len(suggested(q="s")) == 8
        assert len(suggested(q="6")) == 8

    @pytest.mark.parametrize("typed", ["s", "63"])
    def test_asks_the_database_as_often_whatever_there_is(self, typed, django_assert_max_num_queries):
        with django_assert_max_num_queries(1):
            suggested(q=typed)
        assert Postcode.objects.count() > 100

    def test_answers_get_only(self):
        assert Client().post("/orter/forslag/").status_code == 405
