"""Short words, near-words and misspellings: what is accepted is right, and misspellings are seen through.

`words.tsv` says for each text in which field it is written, what should become of it (accept, ask, leave)
and, where it should be accepted, the words for what is meant (several apart by |). A meaning that the
catalogue at hand does not have should not be accepted. The rules were chosen by reason with one half of the
texts (by the last bit of their hash) before the eyes; the other was looked at when they stood.
"""

import os
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from backend.skills.enums import ConceptKind
from backend.skills.label_index.normalise import key_of
from backend.skills.models import Label
from backend.skills.services import import_catalogue
from backend.skills.services.texts import verdict_on
from backend.skills.understanding import index
from tests.skills.conftest import AT

DATA = Path(os.environ.get("PRAKTIKBRON_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
JOBTECH = DATA / "jobtech"
HALVES = ("chosen on", "kept apart")
PRECISION, RECALL = 0.995, 0.9


class Row(NamedTuple):
    text: str
    field: ConceptKind
    outcome: str
    meanings: frozenset[str]

    @property
    def half(self):
        return HALVES[sha256(self.text.encode()).digest()[0] % 2]


def read_rows():
    lines = (Path(__file__).parent / "words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        text, field, outcome, meaning = line.split("\t")
        meanings = frozenset(key_of(each) for each in meaning.split("|") if each)
        yield Row(text, ConceptKind(field), outcome, meanings)


ROWS = list(read_rows())


def catalogues():
    yield "starter"
    yield pytest.param(
        "jobtech",
        marks=pytest.mark.skipif(
            not JOBTECH.is_dir(), reason=f"NOT MEASURED: no taxonomy in {JOBTECH} (set PRAKTIKBRON_DATA)"
        ),
    )


@pytest.fixture(params=catalogues())
def catalogue(request, db):
    """The catalogue in its index, and the labels of each concept."""
    import_catalogue(source="starter", by=None, at=AT)
    if request.param == "jobtech":
        import_catalogue(source="jobtech", directory=JOBTECH, by=None, at=AT)
    index.forget()
    yield index.current(wait=True)
    index.forget()


def labels_by_concept(catalogue):
    found = {}
    for concept_id, text in Label.objects.values_list("concept_id", "text"):
        found.setdefault(str(concept_id), set()).add(key_of(text))
    for vocabulary in catalogue.vocabularies.values():  # a twin speaks for both
        for concept_id, texts in vocabulary.judge.labels.items():
            found.setdefault(concept_id, set()).update(map(key_of, texts))
    return found


def outcomes(catalogue):
    """Count by half: texts accepted, of these right; texts to accept, of these found. List the wrong ones."""
    labels, counts, wrong = labels_by_concept(catalogue), Counter(), []
    in_field = {
        kind: set().union(*(map(key_of, texts) for texts in vocabulary.judge.labels.values()))
        for kind, vocabulary in catalogue.vocabularies.items()
    }
    for row in ROWS:
        decision, hits = verdict_on(row.text, row.field, catalogue)
        is_meant = bool(row.meanings & in_field[row.field])
        is_right = decision == "accept" and is_meant and bool(labels[hits[0].concept_id] & row.meanings)
        counts[row.half, "accepted"] += decision == "accept"
        counts[row.half, "right"] += is_right
        counts[row.half, "to accept"] += is_meant
        counts[row.half, "found"] += is_right
        counts[row.half, f"{row.outcome} → {decision}"] += 1
        if decision == "accept" and not is_right:
            wrong.append((row.half, row.text, hits[0].label))
    return counts, wrong


def test_words_are_not_guessed(catalogue):
    counts, wrong = outcomes(catalogue)

    for half in HALVES:
        assert counts[half, "right"] >= PRECISION * counts[half, "accepted"], wrong
        assert counts[half, "found"] >= RECALL * counts[half, "to accept"], counts


def test_what_has_a_question_is_asked_and_what_has_none_is_mostly_left(catalogue):
    counts, _ = outcomes(catalogue)
    total = sum((Counter({key[1]: count}) for key, count in counts.items()), Counter())

    assert total["ask → accept"] == 0
    assert total["ask → ask"] >= 2.5 * total["ask → leave"]
    assert total["leave → leave"] >= total["leave → ask"]


def test_the_set_is_large_and_says_each_text_once():
    assert len(ROWS) >= 500
    assert len({(row.text.casefold(), row.field) for row in ROWS}) == len(ROWS)
    assert {row.outcome for row in ROWS} == {"accept", "ask", "leave"}
    assert all(bool(row.meanings) == (row.outcome == "accept") for row in ROWS)
    assert min(Counter(row.half for row in ROWS).values()) >= 250
