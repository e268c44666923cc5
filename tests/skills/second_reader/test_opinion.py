"""What a second reader changes, with one that knows a few words; and what its vectors lose on disk."""

import numpy as np
import pytest

from backend.skills.label_index import Hit
from backend.skills.second_reader import LabelVectors, SecondOpinion
from backend.skills.second_reader.opinion import PER_COSINE, UNRELATED
from backend.skills.second_reader.vectors import newest_of, quantised, read_labels_of

LABELS = [("clean", "Städning"), ("clean", "Rengöring"), ("cook", "Matlagning"), ("paint", "Måla")]
ANGLES = {"Städning": 0, "Rengöring": 5, "Matlagning": 90, "Måla": 40, "göra rent": 4, "torka": -25, "x": 140}


class Reader:
    """Reads each known word as a direction."""

    name = "by angles"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, texts):
        self.asked += texts
        angles = np.radians([ANGLES[text] for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def opinion(reader: Reader, tmp_path) -> SecondOpinion:
    vectors = read_labels_of([label for _, label in LABELS], reader, tmp_path)
    reader.asked.clear()
    return SecondOpinion(reader, vectors, LABELS)


def hit(concept: str, degree: float) -> Hit:
    return Hit(concept, concept.title(), degree, "related", degree)


class TestOpinion:
    def test_offers_what_the_index_did_not_find_by_its_nearest_label(self, opinion: SecondOpinion) -> None:
        (found,) = opinion.of("göra rent", [])
        assert (found.concept_id, found.label, found.why) == ("clean", "Rengöring", "related")
        assert found.degree == pytest.approx(PER_COSINE * (1 - UNRELATED), abs=0.01)

    def test_changes_the_order_where_the_index_is_not_sure(self, opinion: SecondOpinion) -> None:
        found = opinion.of("göra rent", [hit("cook", 0.2), hit("clean", 0.1)])
        assert [each.concept_id for each in found] == ["clean", "cook"]
        assert found[0].margin == pytest.approx(found[0].degree - found[1].degree)

    def test_never_shakes_a_label_that_is_the_text(self, opinion: SecondOpinion) -> None:
        exact = [hit("cook", 1.0), hit("paint", 1.0)]
        assert opinion.of("göra rent", exact) == exact

    def test_offers_nothing_that_is_only_a_little_like_it(self, opinion: SecondOpinion) -> None:
        assert opinion.of("x", []) == []
        assert opinion.of("torka", []) == []
        assert opinion.of("torka", [hit("clean", 0.1)])[0].degree > 0.2

    def test_reads_one_text_and_no_label_again(self, opinion: SecondOpinion, reader: Reader) -> None:
        opinion.of("göra rent", [])
        assert reader.asked == ["göra rent"]

    def test_has_nothing_to_say_of_labels_that_are_not_read_yet(self, reader: Reader) -> None:
        nothing = LabelVectors({}, np.empty((0, 0), np.int8), np.empty(0, np.float32))
        hits = [hit("cook", 0.2)]
        assert SecondOpinion(reader, nothing, LABELS).of("göra rent", hits) == hits
        assert reader.asked == []


class TestVectors:
    def test_lose_less_than_a_hundredth_in_one_byte_a_part(self) -> None:
        vectors = np.random.default_rng(1).normal(size=(50, 384)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        rows, scales = quantised(vectors)
        exact = vectors @ vectors.T
        assert rows.dtype == np.int8
        assert np.abs(vectors @ (rows * scales[:, None]).T - exact).max() < 0.01

    def test_are_mapped_from_disk_and_read_again_only_for_what_is_new(self, reader: Reader, tmp_path) -> None:
        read_labels_of(["Städning", "Måla"], reader, tmp_path)
        reader.asked.clear()
        vectors = read_labels_of(["Städning", "Matlagning"], reader, tmp_path)
        assert reader.asked == ["Matlagning"]
        assert set(vectors.row_of) == {"Städning", "Matlagning"}
        assert isinstance(vectors.rows, np.memmap)
        assert len(list(tmp_path.iterdir())) == 1

    def test_of_one_reader_are_none_of_another_s(self, reader: Reader, tmp_path) -> None:
        read_labels_of(["Måla"], reader, tmp_path)
        other = Reader()
        other.name = "another"
        assert newest_of(other, tmp_path) is None
        assert newest_of(reader, tmp_path) is not None
