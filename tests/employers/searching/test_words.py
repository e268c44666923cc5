"""Words of a text, and which words answer to one that was asked for; no database."""

import pytest

from backend.employers.searching.lexicon import Lexicon, Likeness
from backend.employers.searching.words import asked_words, words_of


class TestWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Hjälp i C#/.NET-gruppen.", ("hjälp", "i", "c#", ".net", "gruppen")),
            ("C++ och C", ("c++", "och", "c")),
            ("vårdbitr.", ("vårdbitr",)),
            ("Slut.Nästa", ("slut", "nästa")),
            ("So\u0308derstro\u0308m", ("söderström",)),
            ("Linnéa Łuk Ærø", ("linnea", "luk", "ärö")),
            ("", ()),
            ("%_'; --", ()),
        ],
    )
    def test_of_a_text(self, text, words):
        assert words_of(text) == words

    def test_what_says_nothing_is_left_out_where_other_words_stand(self):
        assert asked_words("jobb som kock i Eskilstuna") == ["jobb", "kock", "eskilstuna"]
        assert asked_words("i på") == ["i", "på"]

    def test_no_more_than_eight(self):
        assert len(asked_words(" ".join(f"ord{n}" for n in range(50)))) == 8


class TestLexicon:
    @pytest.fixture
    def lexicon(self):
        words = ["mål", "mal", "målare", "truckförare", "c#", "undersköterska", "buskar", "hål"]
        return Lexicon(words, {"mål": ["mol"]})

    def named(self, lexicon, found):
        return {lexicon.words[number]: likeness for number, likeness in found.items()}

    def test_a_letter_with_dots_is_its_own_and_comes_first(self, lexicon):
        assert self.named(lexicon, lexicon.plain("mål")) == {
            "mål": Likeness.EXACT,
            "mal": Likeness.WITHOUT_DOTS,
            "målare": Likeness.BEGINS,
        }

    def test_a_word_is_found_by_its_beginning_and_by_what_it_ends_with(self, lexicon):
        assert self.named(lexicon, lexicon.plain("truck")) == {"truckförare": Likeness.BEGINS}
        assert self.named(lexicon, lexicon.plain("förare")) == {"truckförare": Likeness.INSIDE}

    def test_three_letters_inside_a_word_are_chance(self, lexicon):
        assert lexicon.plain("usk") == {}

    def test_typing_errors_give_the_nearest_words(self, lexicon):
        assert self.named(lexicon, lexicon.misspelt("undersköterkska")) == {
            "undersköterska": Likeness.MISSPELT
        }
        assert lexicon.misspelt("xyzzyq") == {}

    def test_short_words_and_signs_are_not_guessed_at(self, lexicon):
        assert lexicon.misspelt("hal") == {}
        assert lexicon.misspelt("c##+") == {}

    def test_a_name_is_found_by_its_sound(self, lexicon):
        assert self.named(lexicon, lexicon.sounding(["mol"])) == {"mål": Likeness.SOUNDS}
