"""What must hold for every vocabulary and every text."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from backend.skills.label_index import Hit, Judge, LabelIndex, Lexicon
from backend.skills.label_index.normalise import key_of
from backend.skills.label_index.spelling import MOST_EDITS, Misspellings
from tests.skills.label_index.reference import edit_distance

ANYTHING = st.text(max_size=40)
SWEDISH = st.text(alphabet="abdefgiklmnoprstuvåäö -,/", min_size=1, max_size=25)
VOCABULARY = st.lists(st.tuples(st.sampled_from("abcdefgh"), SWEDISH | ANYTHING), max_size=25)


def without_order_of_preference(hits: list[Hit]) -> list[tuple[str, str, float]]:
    return [(hit.concept_id, hit.label, hit.degree) for hit in hits]


@given(VOCABULARY, ANYTHING | SWEDISH, st.integers(0, 30))
def test_no_text_raises_and_every_answer_is_sound(
    labels: list[tuple[str, str]], text: str, limit: int
) -> None:
    index = LabelIndex(labels)
    hits = index.search([text], limit=limit)[0]
    assert len(hits) <= limit
    assert all((hit.concept_id, hit.label) in labels for hit in hits)
    assert all(0 <= hit.margin <= hit.degree <= 1 for hit in hits)
    assert len({hit.concept_id for hit in hits}) == len(hits)
    assert Judge(Lexicon([])).judge(text, hits).decision in {"accept", "ask", "leave"}


@given(VOCABULARY.filter(bool), st.data())
def test_a_label_finds_its_concept_first(labels: list[tuple[str, str]], data: st.DataObject) -> None:
    concept, text = data.draw(st.sampled_from(labels))
    hits = LabelIndex(labels).search([text])[0]
    if key_of(text):
        assert any(hit.concept_id == concept and hit.degree == 1 for hit in hits)
        assert key_of(hits[0].label) == key_of(text)


@given(VOCABULARY, ANYTHING | SWEDISH, st.randoms(use_true_random=False))
def test_the_order_of_the_labels_changes_nothing(
    labels: list[tuple[str, str]], text: str, chance: random.Random
) -> None:
    shuffled = chance.sample(labels, len(labels))
    results = [LabelIndex(rows).search([text])[0] for rows in (labels, shuffled)]
    assert without_order_of_preference(results[0]) == without_order_of_preference(results[1])


@given(VOCABULARY, st.lists(ANYTHING, max_size=4))
def test_a_batch_answers_as_its_texts_would_alone(labels: list[tuple[str, str]], texts: list[str]) -> None:
    index = LabelIndex(labels)
    assert index.search(texts) == [index.search([text])[0] for text in texts]


@given(st.lists(SWEDISH, min_size=1, max_size=12), SWEDISH)
def test_no_label_within_two_edits_escapes(texts: list[str], written: str) -> None:
    near = {row for row, text in enumerate(texts) if edit_distance(text, written) <= MOST_EDITS}
    assert near <= set(Misspellings(texts).candidates(written).tolist())


@given(SWEDISH.filter(lambda text: len(key_of(text)) >= 6), st.data())
def test_one_slip_of_the_finger_still_finds_a_lonely_label(text: str, data: st.DataObject) -> None:
    key = key_of(text)
    place = data.draw(st.integers(0, len(key) - 1))
    slip = data.draw(st.sampled_from([key[:place] + key[place + 1 :], key[:place] + "q" + key[place:]]))
    hits = LabelIndex([("it", text), ("other", "ccccccccccccccc")]).search([slip])[0]
    assert hits[0].concept_id == "it"


def test_a_text_of_ten_thousand_letters_is_no_slower_than_a_sentence(index: LabelIndex) -> None:
    start = time.process_time()
    for text in ("lokalvårdare " * 800, "x" * 10_000, "🙂" * 10_000, "\u0301" * 10_000, "مهندس " * 2_000):
        assert len(index.search([text])[0]) <= 10
    assert time.process_time() - start < 0.5
