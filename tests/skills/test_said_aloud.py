"""What is said of a person rests on judged pairs: enough of them, sensible where it is said and else not."""

import csv
from itertools import groupby

import pytest

from backend.skills.importers.starter import DIRECTORY
from backend.skills.relations.relatedness import Reason
from backend.skills.relations.said_aloud import LEAST_SENSIBLE, SAID_FROM, is_said_aloud
from bench.relations import REASONS, precisions, read_judgements

FEWEST = 30
JUDGEMENTS = read_judgements()
DECIDED_BY_PEOPLE = {Reason.SAME, Reason.OVERRIDE}


def share(judgements) -> float:
    return sum(each.is_sensible for each in judgements) / len(judgements)


class TestJudgements:
    def test_are_many_and_each_pair_is_judged_once(self) -> None:
        assert len(JUDGEMENTS) >= 400
        assert len({(each.kind, each.has, each.asked) for each in JUDGEMENTS}) == len(JUDGEMENTS)

    def test_name_concepts_that_are_there(self) -> None:
        known = set()
        for name in ("skills", "occupations"):
            with (DIRECTORY / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
                known |= {row["id"] for row in csv.DictReader(lines, delimiter="\t")}
        ids = {
            key for each in JUDGEMENTS for key in (each.has, each.asked) if key.startswith(("skill/", "occ"))
        }
        assert ids <= known

    def test_cover_every_kind(self) -> None:
        assert {each.kind for each in JUDGEMENTS} == set(REASONS)


class TestSaid:
    @pytest.mark.parametrize("reason", sorted(set(SAID_FROM) - DECIDED_BY_PEOPLE))
    def test_is_sensible_nine_times_of_ten(self, reason: Reason) -> None:
        said = [each for each in JUDGEMENTS if REASONS[each.kind] is reason and each.is_said]
        assert len(said) >= FEWEST
        assert share(said) >= LEAST_SENSIBLE

    def test_is_all_that_is_sensible(self) -> None:
        unsaid = sorted((each for each in JUDGEMENTS if not each.is_said), key=lambda each: each.kind)
        kinds = {kind: share(list(found)) for kind, found in groupby(unsaid, key=lambda each: each.kind)}
        assert kinds
        assert {kind for kind, sensible in kinds.items() if sensible >= LEAST_SENSIBLE} == set()

    @pytest.mark.parametrize(
        ("reason", "degree", "said"),
        [
            (Reason.NARROWER, 0.85, True),
            (Reason.SUBSTITUTABLE, 191 / 255, True),  # .75 as the matcher keeps it
            (Reason.SUBSTITUTABLE, 0.7, False),
            (Reason.OCCUPATION_SKILL, 0.56, True),
            (Reason.OCCUPATION_SKILL, 0.325, False),
            (Reason.SHARED_OCCUPATIONS, 0.5, False),
            (Reason.SIMILAR_LABEL, 0.8, False),
            (Reason.OVERRIDE, 0.1, True),
        ],
    )
    def test_depends_on_kind_and_degree(self, reason: Reason, degree: float, said: bool) -> None:
        assert is_said_aloud(reason, degree) is said


def test_precision_counts_said_and_unsaid_apart() -> None:
    found = list(precisions(JUDGEMENTS))
    assert sum(each.judged for each in found) == len(JUDGEMENTS)
    assert all(each.said for each in found if each.kind == "narrower")
