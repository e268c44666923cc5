"""The aims, on open data that lives beside the repository: a fall of more than a point is a regression."""

import os
import random
from pathlib import Path

import pytest

from backend.skills.label_index import LabelIndex
from backend.skills.label_index.evaluation import evaluate, read_pairs
from backend.skills.label_index.normalise import key_of

DATA = Path(os.environ.get("PRAKTIKBRON_DATA", Path(__file__).parents[3].parent / "shared" / "data"))
SETS = DATA / "resolver-dev"
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"

pytestmark = pytest.mark.skipif(
    not SETS.is_dir(), reason=f"NOT MEASURED: no label-linking sets in {SETS} (set PRAKTIKBRON_DATA)"
)


@pytest.mark.parametrize(
    ("name", "success", "reciprocal_rank"), [("occupations", 0.36, 0.43), ("skills", 0.595, 0.65)]
)
def test_swedish_names_are_linked(name: str, success: float, reciprocal_rank: float) -> None:
    result = evaluate(*(SETS / f"{name}-{part}.tsv" for part in ("labels", "queries", "qrels")))
    assert result["success@1"] >= success
    assert result["mrr@10"] >= reciprocal_rank


def test_typing_errors_are_seen_through() -> None:
    chance = random.Random(7)
    labels = {key_of(text): (concept, text) for concept, text in read_pairs(SETS / "skills-labels.tsv")}
    sample = chance.sample(list(labels.values()), 2_000)
    hits = LabelIndex(labels.values()).search([misspelt(text, chance) for _, text in sample], limit=1)
    right = [
        bool(hit) and hit[0].concept_id == concept for hit, (concept, _) in zip(hits, sample, strict=True)
    ]
    assert sum(right) >= 0.995 * len(sample)


def misspelt(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice([1, 2])):
        place = chance.randrange(len(text))
        letter = chance.choice(LETTERS)
        text = chance.choice(
            [
                text[:place] + text[place + 1 :] or letter,
                text[:place] + letter + text[place:],
                text[:place] + letter + text[place + 1 :],
                text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :],
            ]
        )
    return text
