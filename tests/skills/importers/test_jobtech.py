"""The JobTech taxonomy's query files, read as facts; every broken file is named with its reason."""

import json

import pytest

from backend.skills.enums import ConceptKind
from backend.skills.importers import BrokenCatalogue, read_catalogue
from backend.skills.importers.catalogue import LabelFact, Substitute
from backend.skills.importers.jobtech import (
    HIERARCHY,
    OF_ANOTHER_GROUP,
    SKILLS,
    SKILLS_OF_GROUPS,
    SUBSTITUTES,
    URI,
)
from tests.skills.files import concept, write_jobtech, write_json

FILES = [SKILLS, HIERARCHY, SKILLS_OF_GROUPS, SUBSTITUTES]


@pytest.fixture
def directory(tmp_path):
    return write_jobtech(tmp_path / "jobtech")


def broken(directory):
    with pytest.raises(BrokenCatalogue) as caught:
        read_catalogue("jobtech", directory)
    return caught.value


class TestRead:
    def test_finds_skills_and_occupations_with_their_groups(self, directory):
        catalogue = read_catalogue("jobtech", directory)

        assert catalogue.concepts[URI + "s1"] == (URI + "s1", ConceptKind.SKILL, "Truckkörning", "", "")
        assert catalogue.concepts[URI + "o3"] == (URI + "o3", ConceptKind.OCCUPATION, "Bagare", "", "7612")
        assert catalogue.groups == {
            (URI + "s1", "4322"),
            (URI + "s2", "4322"),
            (URI + "s3", "7612"),
            (URI + "o1", "4322"),
            (URI + "o2", "4322"),
            (URI + "o3", "7612"),
        }

    def test_finds_who_can_stand_in(self, directory):
        catalogue = read_catalogue("jobtech", directory)

        assert catalogue.substitutes == {Substitute(occupation=URI + "o1", stand_in=URI + "o2", share=0.75)}

    def test_somebody_of_another_group_is_worth_less_than_the_file_says(self, tmp_path):
        directory = write_jobtech(tmp_path / "jobtech", substitutes={"o1": {"o3": 75}, "o2": {"o3": 25}})
        shares = {each.occupation: each.share for each in read_catalogue("jobtech", directory).substitutes}

        assert shares == {URI + "o1": OF_ANOTHER_GROUP, URI + "o2": 0.25}

    def test_lets_both_halves_of_a_double_name_be_said(self, directory):
        catalogue = read_catalogue("jobtech", directory)

        assert LabelFact(URI + "o1", "sv", "Lagerarbetare") in catalogue.labels
        assert LabelFact(URI + "o1", "sv", "Lagermedarbetare") in catalogue.labels

    def test_a_half_that_is_the_name_of_another_stays_the_other_s(self, tmp_path):
        occupations = {"4322": {"o1": "Lagerarbetare/Plockare", "o2": "Plockare"}}
        catalogue = read_catalogue(
            "jobtech", write_jobtech(tmp_path / "jobtech", occupations=occupations, uses={"4322": []})
        )

        assert LabelFact(URI + "o1", "sv", "Plockare") not in catalogue.labels

    def test_leaves_out_skills_that_are_no_longer_there(self, tmp_path):
        catalogue = read_catalogue("jobtech", write_jobtech(tmp_path / "jobtech", uses={"4322": ["gone"]}))

        assert URI + "gone" not in {uri for uri, _ in catalogue.groups}


class TestBrokenFiles:
    def test_a_directory_must_be_named(self):
        assert "directory" in str(broken(None))

    @pytest.mark.parametrize("name", FILES)
    def test_a_missing_file(self, directory, name):
        (directory / name).unlink()

        assert (broken(directory).file, broken(directory).reason) == (name, "there is no such file")

    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize(
        "content", [b"", b"{", b'{"data": []}', b"[1]", b"\xff\xfe", b'{"data": {"concepts": 3}}']
    )
    def test_a_file_that_is_something_else(self, directory, name, content):
        (directory / name).write_bytes(content)

        assert broken(directory).file == name

    @pytest.mark.parametrize("name", FILES)
    def test_a_concept_without_an_id(self, directory, name):
        write_json(directory / name, [{"preferred_label": "Namn"}])

        assert "has no id" in broken(directory).reason

    def test_a_concept_without_a_label(self, directory):
        write_json(directory / SKILLS, [{"id": "s1", "type": "skill"}])

        assert broken(directory).reason == "s1 has no preferred_label"

    def test_a_concept_with_an_empty_label(self, directory):
        write_json(directory / SKILLS, [concept("s1", "  ", "skill")])

        assert "has no preferred label" in broken(directory).reason

    def test_a_concept_that_is_there_twice(self, directory):
        write_json(directory / SKILLS, [concept("s1", "Ett", "skill"), concept("s1", "Två", "skill")])

        assert broken(directory).reason == f"{URI}s1 is there twice"

    def test_a_label_that_is_a_book(self, directory):
        write_json(directory / SKILLS, [concept("s1", "x" * 10_000, "skill")])

        assert "more than 200 characters" in broken(directory).reason

    def test_a_label_that_no_database_takes(self, directory):
        write_json(directory / SKILLS, [concept("s1", "Truck\x00körning", "skill")])

        assert "NUL" in broken(directory).reason

    def test_a_group_without_a_code(self, directory):
        write_json(directory / HIERARCHY, [concept("g", "Grupp", "ssyk-level-4", ssyk_code_2012="43")])

        assert "four digits" in broken(directory).reason

    def test_a_group_that_the_hierarchy_does_not_have(self, directory):
        write_json(directory / SKILLS_OF_GROUPS, [concept("g0000", "Grupp", "ssyk-level-4", related=[])])

        assert broken(directory).reason == f"g0000 is no group of {HIERARCHY}"

    @pytest.mark.parametrize("share", [0, 101, "75", None])
    def test_a_share_that_is_no_percentage(self, directory, share):
        other = concept("o2", "Yrke", "occupation-name", substitutability_percentage=share)
        write_json(
            directory / SUBSTITUTES, [concept("o1", "Yrke", "occupation-name", substituted_by=[other])]
        )

        assert broken(directory).reason == f"o1 is substituted by {share!r} percent"

    def test_nesting_without_end(self, directory):
        (directory / SKILLS).write_text("[" * 100_000, encoding="utf-8")

        assert broken(directory).file == SKILLS

    def test_a_list_of_relations_that_is_none(self, directory):
        item = json.loads('{"id": "o1", "preferred_label": "Yrke", "substituted_by": "o2"}')
        write_json(directory / SUBSTITUTES, [item])

        assert broken(directory).reason == "o1: substituted_by is not a list"
