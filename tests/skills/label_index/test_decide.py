"""When a search's first answer is taken without asking: only when no other reading is better."""

import pytest

from backend.skills.label_index import Hit, Judge, LabelIndex, Lexicon
from backend.skills.label_index.decisions import Decision

WORDS = """
    bil bilar:bil bio bokförare chef förare bok kock köra kör:köra lok lokförare mig tig svetsning planera
    plantera patient rest servitris servitriser:servitris sköterska städning städa städare under
    undersköterska vård kassör kora målare spel hall
"""
FOREIGN_WORDS = "cook patience welding chef"
LABELS = {
    "usk": "Undersköterska",
    "usk ": "Usk",
    "bok": "Bokförare",
    "bio": "Köra bio",
    "truck": "Köra truck",
    "plant": "Plantera",
    "städ": "Städning",
    "tig": "TIG-svetsning",
    "kock": "Kock",
    "kock ": "Chef",
    "kock  ": "Cook",
    "tåla": "Patience",
    "servitris": "Servitris",
    "rest": "REST",
    "vvs": "VVS",
    "kassör": "Kassör",
    "lång": "Måla fasad och fönster",
}
FOREIGN = {("kock", "Chef"), ("kock", "Cook"), ("tåla", "Patience")}


def forms(words: str) -> list[tuple[str, str]]:
    return [(form, base or form) for form, _, base in (word.partition(":") for word in words.split())]


@pytest.fixture(scope="module")
def labels() -> LabelIndex:
    return LabelIndex((key.strip(), label) for key, label in LABELS.items())


@pytest.fixture(scope="module")
def judge(labels: LabelIndex) -> Judge:
    return Judge(Lexicon(forms(WORDS), forms(FOREIGN_WORDS)), labels.words, foreign=frozenset(FOREIGN))


@pytest.fixture
def decided(labels: LabelIndex, judge: Judge):
    def decide(text: str) -> tuple[Decision, str]:
        decision, hits = judge.judge(text, labels.search([text], limit=5)[0])
        return decision, hits[0].concept_id if hits else ""

    return decide


class TestAccepted:
    @pytest.mark.parametrize(
        ("text", "concept"),
        [
            ("Kock", "kock"),
            ("kock", "kock"),
            ("usk", "usk"),
            ("VVS", "vvs"),
            ("vvs", "vvs"),
            ("REST", "rest"),
            ("servitriser", "servitris"),
            ("städa", "städ"),
            ("kör truck", "truck"),
            ("tigsvetsning", "tig"),
            ("tig svetsning", "tig"),
        ],
    )
    def test_the_label_itself_and_the_same_words(self, decided, text, concept) -> None:
        assert decided(text) == ("accept", concept)

    @pytest.mark.parametrize(
        ("text", "concept"),
        [
            ("undersköterksa", "usk"),
            ("undersköteska", "usk"),
            ("underskoterska", "usk"),
            ("stadning", "städ"),
            ("städnign", "städ"),
            ("servitirs", "servitris"),
            ("kassöör", "kassör"),
            ("tigsvetsnig", "tig"),
        ],
    )
    def test_what_is_no_word_but_misspelt(self, decided, text, concept) -> None:
        assert decided(text) == ("accept", concept)

    def test_an_english_label_for_words_that_swedish_does_not_have(self, decided) -> None:
        assert decided("cook") == ("accept", "kock")


class TestNotAccepted:
    @pytest.mark.parametrize("text", ["lokförare", "köra bil", "planera", "patient", "ssk"])
    def test_a_word_of_its_own_is_not_even_offered_as_another(self, decided, text) -> None:
        assert decided(text) == ("leave", "")

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("migsvetsning", "a part is exchanged"),
            ("måla fasad", "words are left over"),
            ("kasör", "five letters say too little"),
            ("chef", "English, and another word in Swedish"),
            ("rest", "a word, not the acronym"),
        ],
    )
    def test_what_may_be_is_asked_about(self, decided, text, why) -> None:
        assert decided(text)[0] == "ask", why

    def test_a_rival_with_the_same_words_is_asked_about(self, judge: Judge) -> None:
        hits = [Hit("a", "Kock", 1.0, "exact", 0.0), Hit("b", "kock", 1.0, "exact", 1.0)]

        assert judge.judge("kock", hits).decision == "ask"

    def test_a_misspelling_without_a_lead_is_asked_about(self, judge: Judge) -> None:
        hits = [Hit("a", "Städning", 0.9, "spelling", 0.1), Hit("b", "Städverktyg", 0.8, "related", 0.8)]

        assert judge.judge("stadning", hits).decision == "ask"

    def test_nothing_alike_leaves_the_text_as_written(self, judge: Judge) -> None:
        assert judge.judge("köra bio", []) == ("leave", [])
        assert judge.judge("astronomi", [Hit("kock", "Kock", 0.01, "related", 0.01)]) == ("leave", [])
