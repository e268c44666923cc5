"""The starter catalogue, read as facts."""

from backend.skills.enums import ConceptKind, LabelKind
from backend.skills.importers import read_catalogue
from backend.skills.importers.catalogue import LabelFact

STARTER = read_catalogue("starter")


def test_concepts_have_names_in_both_languages_and_occupations_a_group():
    kitchen = STARTER.concepts["starter:occupation/kitchen-assistant"]

    assert kitchen == (kitchen.uri, ConceptKind.OCCUPATION, "Köksbiträde", "Kitchen assistant", "9412")
    assert STARTER.concepts["starter:skill/dishwashing"].name_sv == "Disk"


def test_what_should_not_be_shown_is_only_searched_in():
    uri = "starter:occupation/cleaner"

    assert STARTER.labels[LabelFact(uri, "sv", "Lokalvårdare")] == LabelKind.PREFERRED
    assert STARTER.labels[LabelFact(uri, "sv", "städare")] == LabelKind.ALTERNATIVE
    assert STARTER.labels[LabelFact(uri, "sv", "lokalvådare")] == LabelKind.HIDDEN
    assert STARTER.labels[LabelFact(uri, "sv", "städis")] == LabelKind.HIDDEN


def test_a_skill_is_used_in_the_groups_of_its_occupations():
    assert ("starter:skill/dishwashing", "9412") in STARTER.groups


def test_an_essential_skill_is_surer_than_a_useful_one():
    degrees = {
        each.target: each.degree
        for each in STARTER.skills_of_occupations
        if each.source == "starter:occupation/kitchen-assistant"
    }

    assert degrees["starter:skill/dishwashing"] == 0.7
    assert degrees["starter:skill/following-instructions"] < 0.35
