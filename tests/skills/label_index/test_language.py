import pytest

from backend.skills.label_index.morphology import Compounds, stem
from backend.skills.label_index.normalise import MAX_LENGTH, key_of, normalise


class TestNormalise:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("  Kafé-/Restaurang (chef) ", "kafe restaurang chef"),
            ("Städare & lokalvårdare", "städare lokalvårdare"),
            ("A\N{COMBINING RING ABOVE}kare", "åkare"),
            ("Ærlig Übung Œuvre straße", "ærlig ubung œuvre strasse"),
            ("fiskare\u200b", "fiskare"),
            ("C++, C#", "cpp cs"),
            ("مهندس", "مهندس"),
            ("🙂 \ud800", ""),
        ],
    )
    def test_writing_habits_vanish(self, text: str, expected: str) -> None:
        assert normalise(text) == expected

    def test_long_texts_are_cut(self) -> None:
        assert len(normalise("ab " * 10_000)) <= MAX_LENGTH
        assert len(normalise("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 10_000)) <= MAX_LENGTH

    def test_a_text_of_signs_stands_for_itself(self) -> None:
        assert key_of(" 🙂 ") == "🙂"


class TestStem:
    @pytest.mark.parametrize(
        "family",
        [
            ("reparera", "reparation", "reparationer"),
            ("gjuta", "gjutning", "gjutare"),
            ("trädgård", "trädgårdar", "trädgårdarna"),
        ],
    )
    def test_words_of_one_family_meet(self, family: tuple[str, ...]) -> None:
        assert len({stem(word) for word in family}) == 1

    def test_three_letters_stay(self) -> None:
        assert stem("arna") == "arna"[:3]
        assert stem("är") == "är"


class TestCompounds:
    compounds = Compounds(
        frozenset(["betong", "gjutning", "betongarbete", "arbete", "kyrka", "torn", "förare", "bussförare"])
    )

    @pytest.mark.parametrize(
        ("word", "parts"),
        [
            ("betonggjutning", ["betong", "gjutning"]),
            ("truckförare", ["truck", "förare"]),
            ("kyrktorn", ["kyrk", "torn"]),
            ("okänd", ["okänd"]),
            ("", [""]),
        ],
    )
    def test_seams_are_found_where_the_vocabulary_shows_them(self, word: str, parts: list[str]) -> None:
        assert self.compounds.split(word) == parts
