"""What the catalogue offers for an occupation, and what it calls rare."""

import pytest
from django.urls import reverse

from backend.employers.pages.remarks import rare_of
from backend.employers.writing.usual import MOST_OFFERED, rare_among, usual_skills
from backend.skills.models import ConceptGroup, Relation
from tests.factories import SkillRequirementFactory
from tests.factories.base import NOW
from tests.factories.skills import ConceptFactory


@pytest.fixture
def cook(db):
    return ConceptFactory(kind="occupation", name_sv="Kock", name_en="")


def part_of(occupation, skill, degree):
    Relation.objects.create(source=occupation, target=skill, kind="occupation_skill", degree=degree)


class TestUsualSkills:
    def test_what_matters_most_comes_first_and_what_is_written_is_left_out(self, cook):
        for number in range(12):
            part_of(cook, ConceptFactory(name_sv=f"sak {number}"), number / 20)

        found = usual_skills(cook.pk, without=["SAK 11"])

        assert found[:2] == ["sak 10", "sak 9"]
        assert len(found) == MOST_OFFERED

    def test_where_none_is_stated_it_is_those_of_its_group_the_rarest_first(self, cook):
        common, rare = ConceptFactory(name_sv="samarbete"), ConceptFactory(name_sv="koka soppa")
        ConceptGroup.objects.create(concept=cook, group="5120")
        for skill, groups in ((common, ("5120", "9412")), (rare, ("5120",))):
            for group in groups:
                ConceptGroup.objects.create(concept=skill, group=group)

        assert usual_skills(cook.pk) == ["koka soppa", "samarbete"]

    def test_what_was_retired_is_not_offered(self, cook):
        part_of(cook, ConceptFactory(name_sv="gammalt", retired_at=NOW), 1)

        assert usual_skills(cook.pk) == []


class TestRare:
    def test_is_what_one_group_uses_and_this_work_does_not(self, cook):
        own, usual, rare, soup = (ConceptFactory() for _ in range(4))
        part_of(cook, own, 1)
        ConceptGroup.objects.create(concept=cook, group="5120")
        groups = ((own, "1"), (usual, "1"), (usual, "2"), (rare, "3"), (soup, "5120"))
        for skill, group in groups:
            ConceptGroup.objects.create(concept=skill, group=group)

        asked = [own.pk, usual.pk, rare.pk, soup.pk]
        assert rare_among(asked, occupation=cook.pk) == {rare.pk}

    def test_is_told_in_the_writer_s_words(self, cast):
        skill = ConceptFactory()
        SkillRequirementFactory(opening=cast.opening, text="Biodling", concept=skill, resolution="accepted")
        SkillRequirementFactory(opening=cast.opening, text="Något eget", resolution="none")

        assert rare_of(cast.opening) == ["Biodling"]


def test_the_page_offers_them_while_the_occupation_is_written(client, cast, cook, monkeypatch):
    part_of(cook, ConceptFactory(name_sv="Koka soppa"), 1)
    monkeypatch.setattr("backend.employers.forms.editor.occupation_meant", lambda text: cook.pk)
    client.force_login(cast.employer_member)

    page = client.get(reverse("employers:usual_skills"), {"occupation": "Kock"}).content.decode()
    assert 'name="suggested" value="Koka soppa"' in page

    written = {"occupation": "Kock", "skills-0-text": "koka soppa"}
    assert "Koka soppa" not in client.get(reverse("employers:usual_skills"), written).content.decode()
