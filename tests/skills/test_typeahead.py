"""Completing what somebody is writing."""

import pytest

from backend.skills.understanding.typeahead import TypeAhead

LABELS = [
    ("1", "Kock"),
    ("2", "Kocklärare"),
    ("3", "Kallskänka"),
    ("3", "Kock, kallkök"),
    ("4", "Lunchkock"),
    ("5", "Biträdande kock"),
    ("6", "Åkare"),
    ("7", "Akrobat"),
]


def found(typed, limit=10):
    return [start.concept_id for start in TypeAhead(LABELS).find(typed, limit=limit)]


def test_what_is_written_out_comes_first_then_names_then_other_labels_then_later_words():
    assert found("kock") == ["1", "2", "3", "5"]


def test_each_concept_is_offered_once():
    assert found("k") == ["1", "3", "2", "5"]


def test_several_words_and_any_punctuation_may_be_written():
    assert found("KOCK  kall") == ["3"]
    assert found("biträdande-k") == ["5"]


def test_swedish_letters_are_letters_of_their_own():
    assert found("å") == ["6"]
    assert found("a") == ["7"]


def test_no_more_are_offered_than_asked_for():
    assert found("k", limit=2) == ["1", "3"]


@pytest.mark.parametrize("typed", ["", "  ", "🧹", "\x00", "?" * 10_000, "zzz", "\u202eabc"])
def test_what_begins_no_label_finds_nothing(typed):
    assert found(typed) == []
