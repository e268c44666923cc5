"""What is remarked on in the words of an opening, and what only sounds alike."""

import csv
from pathlib import Path

import pytest

from backend.employers.writing import Ground, Texts, remarks_on
from backend.employers.writing.grounds import OF_THE_LAW, WHY
from backend.employers.writing.instead import INSTEAD
from backend.employers.writing.rules import rules

with Path(__file__).with_name("cases.tsv").open(encoding="utf-8", newline="") as _file:
    CASES = [(row["ground"], row["text"]) for row in csv.DictReader(_file, delimiter="\t")]


def remarks(text, *, kind="internship", **facts):
    return remarks_on(Texts(kind, {"description": [text]}, **facts))


@pytest.mark.parametrize(("ground", "text"), CASES, ids=[text for _ground, text in CASES])
def test_each_case(ground, text):
    found = {remark.ground for remark in remarks(text)}

    if ground == "-":
        assert found == set()
    else:
        assert Ground(ground) in found


def test_every_ground_of_the_law_is_met_in_both_languages():
    assert len(OF_THE_LAW) == 7
    for ground in OF_THE_LAW:
        texts = [text for named, text in CASES if named == ground]
        assert len(texts) >= 3
        assert any(text.isascii() and " " in text for text in texts), ground


def test_every_rule_is_met_by_some_words_and_says_what_to_do():
    assert {rule.ground for rule in rules()} == set(Ground) - {Ground.PERSONAL}
    assert set(WHY) == set(Ground)
    assert {str(rule.instead) for rule in rules()} <= {str(each) for each in INSTEAD.values()}


def test_says_the_words_as_they_stand_there():
    [remark] = remarks("Bra!\n\nVi söker en  Kille\ttill lagret.")

    assert (remark.at, remark.words) == ("description", "söker en Kille")


def test_of_a_job_more_may_be_asked():
    text = "Högskoleutbildning krävs. Minst två års erfarenhet."

    assert remarks(text, kind="job") == []
    assert len(remarks(text)) == 2


def test_licences_and_levels_are_remarked_on_at_their_fields():
    facts = {"licences": ["B", "food_hygiene"], "languages": {"sv": "C1", "en": "C2"}}

    assert [remark.at for remark in remarks("", **facts)] == ["licences", "languages"]
    assert remarks("", kind="job", **facts) == []
    assert remarks("", licences=["food_hygiene"], languages={"sv": "B1"}) == []


def test_the_same_is_said_once_at_each_field():
    written = Texts("internship", {"title": ["Städerska"], "description": ["Städerska.", "En städerska."]})

    assert [remark.at for remark in remarks_on(written)] == ["title", "description"]


@pytest.mark.parametrize("text", ["söker " * 700, "a" * 4000, "utan " * 800, "1" * 4000, "ung och " * 500])
def test_no_text_takes_long(text):
    """Patterns that try again and again would never come to an end on these."""
    remarks(text)
