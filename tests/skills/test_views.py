"""Suggestions of skills and occupations while somebody types."""

import pytest
from django.test import Client
from django.utils import translation

from backend.skills.understanding import index

SKILLS, OCCUPATIONS = "/kompetenser/forslag/", "/yrken/forslag/"


def suggestions(typed, address=SKILLS, **headers):
    response = Client().get(address, {"q": typed}, headers=headers)
    assert response.status_code == 200
    return [(each["text"], each["hint"]) for each in response.json()["suggestions"]]


class TestSuggestions:
    def test_complete_what_is_written(self, catalogue):
        assert suggestions("truck") == [("Truckkörning", "")]
        assert suggestions("lok", OCCUPATIONS) == [("Lokalvårdare", "")]

    def test_say_by_which_other_words_they_were_found(self, catalogue):
        assert suggestions("plocka") == [("Orderplock", "Plocka order")]

    def test_never_show_words_that_are_only_searched_in(self, catalogue):
        assert suggestions("städt", OCCUPATIONS) == [("Lokalvårdare", "")]

    def test_find_what_is_misspelt(self, catalogue):
        assert suggestions("truckkorning")[0][0] == "Truckkörning"

    def test_keep_skills_and_occupations_apart(self, catalogue):
        assert suggestions("städ") == []

    def test_speak_the_reader_s_language_and_swedish_where_there_is_no_other(self, catalogue):
        with translation.override("en"):
            found = index.current().suggest("truckk", "skill") + index.current().suggest("bröd", "skill")

        assert [each.text for each in found] == ["Forklift driving", "Brödbakning"]

    @pytest.mark.parametrize("typed", ["", " ", "🧹", "\x00", "x" * 10_000, "%", "\u202eabc", "\ud800"])
    @pytest.mark.parametrize("address", [SKILLS, OCCUPATIONS])
    def test_odd_input_offers_nothing(self, catalogue, address, typed):
        assert suggestions(typed.encode("utf-8", "surrogatepass"), address) == []

    def test_cost_one_query_once_the_index_is_built(self, catalogue, django_assert_num_queries):
        suggestions("truck")

        with django_assert_num_queries(1):
            suggestions("truck")

    def test_answer_get_only(self, catalogue):
        assert Client().post(SKILLS).status_code == 405
