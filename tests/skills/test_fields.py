"""A wish names a field of work more often than an occupation."""

import pytest

from backend.skills.understanding.fields import FIELDS, wished

KITCHEN, SHOP, CARE, CLEANING, OFFICE = "9412", "522", "5330", "9111", "411"


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("jobba i kök", KITCHEN),
        ("vill jobba i skolkök", KITCHEN),
        ("affär", SHOP),
        ("Klädbutik", SHOP),
        ("vården", CARE),
        ("äldreomsorg", CARE),
        ("lokalvård", CLEANING),
        ("nåt med städ kanske", CLEANING),
        ("kontor deltid", OFFICE),
        ("second hand", "9610"),
        ("köra bil", "832"),
    ],
)
def test_a_field_is_heard_in_everyday_words(text, group):
    assert group in wished(text).groups


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("lokalvård", CARE),
        ("djurvård", CARE),
        ("köra bil", "7231"),
        ("vården men ej städ", CLEANING),
        ("inte kök, hellre butik", KITCHEN),
    ],
)
def test_what_is_another_field_or_unwanted_is_not(text, group):
    assert group not in wished(text).groups


@pytest.mark.parametrize(
    "text", ["vad som helst", "spelar ingen roll bara jobb", "Öppen för allt", "anything"]
)
def test_any_work_is_heard(text):
    assert wished(text).is_open


@pytest.mark.parametrize("text", ["", "lugnare jobb", "🙂", "مطبخ"])
def test_other_words_name_nothing(text):
    assert wished(text) == (frozenset(), False)


def test_every_field_names_groups_by_their_figures():
    for line in FIELDS.read_text(encoding="utf-8").splitlines()[1:]:
        words, groups = line.split("\t")
        assert words.split()
        assert all(group.isdigit() and 2 <= len(group) <= 4 for group in groups.split()), line
