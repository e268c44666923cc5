"""Lines that ask for a language, and which level is enough for each."""

import pytest

from backend.skills.enums import Language, LanguageLevel
from backend.skills.understanding.language_lines import Asked, language_asked
from tests.skills.test_starter_catalogue import rows

pytestmark = pytest.mark.once


class TestLanguageAsked:
    @pytest.mark.parametrize(
        ("text", "language", "least"),
        [
            ("Svenska i tal", "sv", "B1"),
            ("Svenska i skrift", "sv", "B1"),
            ("svenska", "sv", "B1"),
            ("Kunna läsa och skriva svenska", "sv", "B1"),
            ("Grundläggande engelska", "en", "A2"),
            ("lite engelska", "en", "A2"),
            ("skolengelska", "en", "A2"),
            ("Vardagsengelska", "en", "A2"),
            ("goda kunskaper i arabiska", "ar", "B2"),
            ("Goda kunskaper i svenska i tal och skrift", "sv", "B2"),
            ("Mycket goda kunskaper i svenska", "sv", "C1"),
            ("flytande engelska", "en", "C1"),
            ("modersmål: tigrinja", "ti", "C2"),
            ("språk: somaliska", "so", "B1"),
            ("svenska, minst B2", "sv", "B2"),
            ("God svenska, nivå A2", "sv", "A2"),
            ("SFI", "sv", "A2"),
            ("sfi D", "sv", "B1"),
            ("affärsengelska", "en", "C1"),
        ],
    )
    def test_what_employers_write(self, text, language, least):
        assert language_asked(text) == Asked(Language(language), LanguageLevel(least))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Kassaarbete",
            "Undervisa i svenska",
            "Översätta från arabiska",
            "Svenska eller engelska",
            "Svensk matlagning",
            "Tolk i somaliska",
            "isländska",  # a language that has no code with us
            "goda kunskaper",
            "B2",
            "Svenska hundrasens historia",
        ],
    )
    def test_anything_else_asks_for_no_language(self, text):
        assert language_asked(text) is None

    def test_of_the_catalogue_the_languages_alone(self):
        found = {row["sv"] for row in rows("skills") if language_asked(row["sv"])}

        assert found == {"Svenska i tal", "Svenska i skrift", "Grundläggande engelska", "Teckenspråk"}


class TestIsMet:
    @pytest.mark.parametrize(
        ("level", "is_met"), [("A1", False), ("A2", False), ("B1", True), ("B2", True), ("C2", True)]
    )
    def test_levels_are_compared(self, level, is_met):
        asked = language_asked("Svenska i tal")

        assert asked is not None
        assert asked.is_met_by(level) is is_met
