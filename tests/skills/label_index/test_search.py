import pytest

from backend.skills.label_index import Hit, LabelIndex, decide

LABELS = [
    ("lokalvardare", "lokalvårdare"),
    ("lokalvardare", "städare"),
    ("kock", "kock"),
    ("kock", "cook"),
    ("truckforare", "truckförare"),
    ("trapphus", "städa trapphus"),
    ("tradgard", "sköta trädgårdar"),
    ("kundservice", "kundtjänstmedarbetare"),
]


@pytest.fixture(scope="module")
def index() -> LabelIndex:
    return LabelIndex(LABELS)


def first(index: LabelIndex, text: str) -> Hit:
    return index.search([text])[0][0]


class TestSearch:
    def test_the_preferred_label_is_an_exact_hit(self, index: LabelIndex) -> None:
        hit = first(index, "Lokalvårdare")
        assert hit[:4] == ("lokalvardare", "lokalvårdare", 1.0, "exact")

    def test_another_label_of_the_concept_is_a_synonym(self, index: LabelIndex) -> None:
        hit = first(index, "STÄDARE")
        assert (hit.concept_id, hit.label, hit.why) == ("lokalvardare", "städare", "synonym")

    @pytest.mark.parametrize("written", ["lokalvårdar", "lokalvåradre", "lokalvordare", "lokallvårdare"])
    def test_a_typing_error_still_finds_the_concept(self, index: LabelIndex, written: str) -> None:
        assert first(index, written).concept_id == "lokalvardare"
        assert first(index, written).why == "spelling"

    def test_each_concept_is_answered_once(self, index: LabelIndex) -> None:
        concepts = [hit.concept_id for hit in index.search(["städare lokalvårdare"])[0]]
        assert len(concepts) == len(set(concepts))

    def test_limit_bounds_the_answer(self, index: LabelIndex) -> None:
        assert len(index.search(["kock städare truckförare"], limit=2)[0]) == 2

    def test_margin_is_the_distance_to_the_next_concept(self, index: LabelIndex) -> None:
        hits = index.search(["städa trapphusen"])[0]
        assert hits[0].margin == pytest.approx(hits[0].degree - (hits[1].degree if len(hits) > 1 else 0))

    def test_a_text_like_nothing_known_finds_nothing(self, index: LabelIndex) -> None:
        assert index.search(["", "   ", "🙂", "שלום", "xyzq"]) == [[], [], [], [], []]

    def test_an_empty_index_answers(self) -> None:
        assert LabelIndex([]).search(["kock"]) == [[]]


class TestDecide:
    def test_an_exact_hit_is_accepted(self, index: LabelIndex) -> None:
        assert decide(index.search(["kock"])[0]) == "accept"

    def test_the_same_label_on_two_concepts_asks(self) -> None:
        twins = LabelIndex([("a", "maskinist"), ("b", "Maskinist")])
        assert decide(twins.search(["maskinist"])[0]) == "ask"

    def test_nothing_found_leaves_the_text(self) -> None:
        assert decide([]) == "none"
