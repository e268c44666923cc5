from pathlib import Path

import pytest

from backend.skills.label_index import Hit, Verdict
from backend.skills.label_index.evaluation import (
    accepted_at,
    calibration_error,
    evaluate,
    figures,
    read_qrels,
)


def answer(*concepts: str) -> list[Hit]:
    return [Hit(concept, concept, 1 - place / 10, "words", 0.1) for place, concept in enumerate(concepts)]


class TestFigures:
    def test_ranks_are_counted_from_one(self) -> None:
        answers = [answer("a", "b"), answer("c", "d"), answer("e"), []]
        verdicts = [Verdict("accept", hits) for hits in answers[:2]] + [Verdict("leave", [])] * 2
        counted = figures(answers, [{"a"}, {"d"}, {"x"}, {"y"}], verdicts)
        assert (counted["accepted"], counted["accepted_right"]) == (0.5, 0.5)
        assert counted["success@1"] == 0.25
        assert counted["mrr@10"] == pytest.approx(0.375)
        assert counted["hit@10"] == 0.5

    def test_the_first_of_several_relevant_concepts_counts(self) -> None:
        assert figures([answer("a", "b", "c")], [{"b", "c"}], [Verdict("leave", [])])["mrr@10"] == 0.5

    def test_no_queries_give_zeros(self) -> None:
        assert set(figures([], [], []).values()) == {0.0}


class TestSureness:
    def test_calibration_compares_the_degree_with_the_share_that_was_right(self) -> None:
        assert calibration_error([0.75] * 4, [True, True, True, False]) == 0
        assert calibration_error([0.95, 0.95], [False, False]) == pytest.approx(0.95)

    def test_the_surest_are_accepted_while_enough_are_right(self) -> None:
        sureness = [1 - place / 100 for place in range(100)]
        assert accepted_at(sureness, [True] * 49 + [False] + [True] * 50) == 1.0
        assert accepted_at(sureness, [True] * 48 + [False] * 52) == 0.48
        assert accepted_at(sureness, [False] * 100) == 0.0


class TestEvaluate:
    def write(self, path: Path, text: str) -> Path:
        path.write_text(text, encoding="utf-8")
        return path

    def test_files_in_and_figures_out(self, tmp_path: Path) -> None:
        labels = self.write(tmp_path / "labels.tsv", "k\tkock\ns\tstädare\r\nbroken line\n")
        queries = self.write(tmp_path / "queries.tsv", "1\tKock\n2\tstädre\n3\tnot judged\n4\tjudged zero\n")
        qrels = self.write(tmp_path / "qrels.tsv", "1\tk\n2\ts\t3\n4\tk\t0\n")
        result = evaluate(labels, queries, qrels)
        assert (result["queries"], result["success@1"], result["mrr@10"], result["hit@10"]) == (2, 1, 1, 1)
        assert 0 < result["median_ms"] <= result["p99_ms"]

    def test_a_judgement_of_zero_gain_is_not_relevant(self, tmp_path: Path) -> None:
        qrels = self.write(tmp_path / "qrels.tsv", "1\ta\t0\n1\tb\t2\n2\tc\n")
        assert read_qrels(qrels) == {"1": {"b"}, "2": {"c"}}
