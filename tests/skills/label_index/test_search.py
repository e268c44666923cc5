from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.skills.label_index import Hit, LabelIndex, Weights
from tests.skills.label_index.conftest import LABELS


def first(index: LabelIndex, text: str) -> Hit:
    return index.search([text])[0][0]


class TestExactLabels:
    def test_the_preferred_label_is_an_exact_hit(self, index: LabelIndex) -> None:
        hit = first(index, "Lokalvårdare")
        assert hit[:4] == ("lokalvardare", "lokalvårdare", 1.0, "exact")

    def test_another_label_of_the_concept_is_a_synonym(self, index: LabelIndex) -> None:
        hit = first(index, "STÄDARE")
        assert (hit.concept_id, hit.label, hit.why) == ("lokalvardare", "städare", "synonym")

    @pytest.mark.parametrize(("written", "concept"), [("C", "c"), ("C++", "c++"), ("c#", "c#")])
    def test_signs_that_make_another_name_are_kept(
        self, index: LabelIndex, written: str, concept: str
    ) -> None:
        assert first(index, written).concept_id == concept

    def test_the_same_label_on_two_concepts_gives_both_without_margin(self) -> None:
        hits = LabelIndex([("b", "Maskinist"), ("a", "maskinist")]).search(["maskinist"])[0]
        assert {(hit.concept_id, hit.degree) for hit in hits} == {("a", 1.0), ("b", 1.0)}
        assert hits[0].margin == 0

    def test_every_one_of_many_concepts_with_the_same_label_can_be_listed(self) -> None:
        index = LabelIndex((f"id{number}", "maskinist") for number in range(300))
        assert len({hit.concept_id for hit in index.search(["maskinist"], limit=300)[0]}) == 300

    def test_a_label_without_letters_is_found_as_it_stands(self) -> None:
        assert first(LabelIndex([("smile", "🙂"), ("x", "kock")]), " 🙂 ").concept_id == "smile"


class TestSimilarLabels:
    @pytest.mark.parametrize("written", ["lokalvårdar", "lokalvåradre", "lokalvordare", "lookallvårdare"])
    def test_typing_errors_are_seen_through(self, index: LabelIndex, written: str) -> None:
        assert first(index, written)[::3] == ("lokalvardare", "spelling")

    @pytest.mark.parametrize("written", ["kkoc", "kcok", "koc", "kockk"])
    def test_even_in_words_too_short_to_share_a_gram(self, index: LabelIndex, written: str) -> None:
        assert first(index, written).concept_id == "kock"

    def test_a_noun_finds_the_verb_phrase_of_its_parts(self, index: LabelIndex) -> None:
        assert first(index, "Betonggjutning").concept_id == "betong"
        assert first(index, "Trädgårdsskötsel").concept_id == "tradgard"

    def test_the_order_of_words_hardly_matters(self, index: LabelIndex) -> None:
        assert first(index, "trädgårdar, sköta").concept_id == "tradgard"

    def test_why_tells_words_from_parts_of_words(self, index: LabelIndex) -> None:
        assert first(index, "trapphus i flerbostadshus").why == "words"
        assert first(index, "trädgårdsskötsel").why == "compound"


class TestWeights:
    def test_decide_whether_likeness_or_spelling_comes_first(self) -> None:
        labels = [("misspelt", "grävare"), ("like", "städa gravar")]
        firsts = {
            few_edits: first(LabelIndex(labels, Weights(few_edits=few_edits)), "gravare").concept_id
            for few_edits in (0.0, 1.8)
        }
        assert firsts == {0.0: "like", 1.8: "misspelt"}

    def test_a_title_begins_within_its_handicap(self) -> None:
        names = [
            (f"n{number}", text) for number, text in enumerate(["smed", "guide", "lots", "kock", "tolk"])
        ]
        labels = [*names, ("name", "bergsguide i fjällen"), ("title", "Guider och reseledare")]
        firsts = [
            first(LabelIndex(labels, Weights(title_handicap=handicap)), "guideledare").concept_id
            for handicap in (0.0, 1.0)
        ]
        assert firsts[1] == "title" != firsts[0]


class TestAnswer:
    def test_each_concept_is_answered_once(self, index: LabelIndex) -> None:
        concepts = [hit.concept_id for hit in index.search(["städare lokalvårdare"])[0]]
        assert len(concepts) == len(set(concepts))

    def test_limit_bounds_the_answer(self, index: LabelIndex) -> None:
        assert len(index.search(["kock städare truckförare"], limit=2)[0]) == 2
        assert index.search(["kock"], limit=0) == [[]]

    def test_degrees_fall_and_margins_are_their_steps(self, index: LabelIndex) -> None:
        hits = index.search(["städa trapphusen"])[0]
        degrees = [hit.degree for hit in hits]
        assert degrees == sorted(degrees, reverse=True)
        steps = [degree - below for degree, below in zip(degrees, [*degrees[1:], 0.0], strict=True)]
        assert [hit.margin for hit in hits] == pytest.approx(steps)

    def test_a_text_like_nothing_known_finds_nothing(self, index: LabelIndex) -> None:
        assert index.search(["", "   ", "🙂", "שלום", "xyzq"]) == [[]] * 5

    def test_an_empty_index_answers(self) -> None:
        assert LabelIndex([]).search(["kock", ""]) == [[], []]

    def test_threads_do_not_disturb_each_other(self, index: LabelIndex) -> None:
        texts = [text for _, text in LABELS] * 20
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda text: index.search([text])[0], texts))
        assert answers == index.search(texts)


@pytest.fixture(scope="module")
def mixed() -> LabelIndex:
    names = ["advokat", "bolagsjurist", "domare", "notarie", "kock", "bagare", "städare", "snickare"]
    names += ["målare", "chaufför", "matros", "lots", "jurist", "kallskänka", "pizzabagare", "murare"]
    return LabelIndex([(name, name) for name in names] + [("261", "Jurister"), ("jurist-title", "Jurist")])


class TestGroupTitles:
    """A vocabulary in lower case with some titles in between, as ESCO lists ISCO's groups."""

    def test_the_name_comes_before_a_title_of_the_same_spelling(self, mixed: LabelIndex) -> None:
        assert [hit.concept_id for hit in mixed.search(["Jurist"])[0]][:2] == ["jurist", "jurist-title"]

    def test_names_and_titles_take_turns(self, mixed: LabelIndex) -> None:
        kinds = [hit.label[0].isupper() for hit in mixed.search(["förbundsjurist"])[0]]
        assert kinds[:4] in ([True, False] * 2, [False, True] * 2)

    def test_a_misspelt_title_still_comes_first(self, mixed: LabelIndex) -> None:
        assert first(mixed, "Juristter").concept_id == "261"
