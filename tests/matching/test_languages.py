"""A level in a language satisfies the lines that ask for it, whoever wrote them and however."""

import pytest
from django.urls import reverse

from backend.employers.models import Opening
from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.rankings.matches import marks_of_told, match_of
from backend.participants.models import Participant
from backend.skills.enums import Resolution
from backend.skills.models import CatalogueVersion
from backend.skills.wording import language
from tests.factories import ConceptFactory, SkillEvidenceFactory, SkillRequirementFactory
from tests.factories.base import NOW


@pytest.fixture
def asks(cast):
    """Let the opening ask for one line, which the catalogue knows by its name or not at all."""

    def ask(text, *, is_known=True):
        concept = ConceptFactory(name_sv=text) if is_known else None
        SkillRequirementFactory(
            opening=cast.opening,
            text=text,
            concept=concept,
            essential=True,
            resolution=Resolution.CONFIRMED if is_known else Resolution.NONE,
        )
        CatalogueVersion.objects.create(scheme="test", imported_at=NOW, added=1, changed=0, retired=0)
        kept_catalogue.forget()

    return ask


def mark(cast, **languages):
    Participant.objects.filter(pk=cast.pia.pk).update(languages=languages)
    cast.pia.refresh_from_db()
    [line] = [each for each in match_of(cast.opening, cast.pia, at=NOW).marks if each.about == "requirement"]
    return line.text, line.mark


class TestLevels:
    @pytest.mark.parametrize("is_known", [True, False])
    @pytest.mark.parametrize(
        ("text", "enough", "too_little"),
        [
            ("Svenska i tal", {"sv": "C2"}, {"sv": "A2"}),
            ("Svenska i skrift", {"sv": "B1"}, {"sv": "A1"}),
            ("Grundläggande engelska", {"en": "A2"}, {"sv": "C2"}),
            ("goda kunskaper i arabiska", {"ar": "C2"}, {"ar": "B1"}),
            ("språk: somaliska", {"so": "B2"}, {"so": "A1", "sv": "C2"}),
        ],
    )
    def test_that_reach_meet_the_line_and_lower_ones_do_not(
        self, cast, asks, is_known, text, enough, too_little
    ):
        asks(text, is_known=is_known)

        assert mark(cast, **enough) == (text, "met")
        assert mark(cast, **too_little)[1] != "met"

    def test_that_nobody_has_said_meet_nothing_and_remove_nobody(self, cast, asks):
        asks("Svenska i tal")

        assert mark(cast, sv="")[1] != "met"
        assert match_of(cast.opening, cast.pia, at=NOW).failed == []

    def test_what_somebody_wrote_among_their_skills_counts_as_what_it_says(self, cast, asks):
        asks("goda kunskaper i arabiska", is_known=False)
        SkillEvidenceFactory(participant=cast.pia, text="flytande arabiska")

        assert mark(cast)[1] == "met"


class TestTold:
    @pytest.mark.parametrize(("level", "is_met"), [("C2", True), ("A1", False), ("", False)])
    def test_an_employer_reads_it_of_the_released_level_alone(self, cast, asks, level, is_met):
        asks("Svenska i tal")

        marks = marks_of_told(cast.opening, [(None, language("sv", level))], at=NOW)

        assert [each.mark == "met" for each in marks if each.about == "requirement"] == [is_met]


class TestTheRow:
    @pytest.mark.parametrize(("languages", "asks"), [({}, True), ({"sv": ""}, True), ({"sv": "C2"}, False)])
    def test_asks_about_a_level_that_is_needed_and_nobody_has_said(
        self, asks_for_baking, client, languages, asks
    ):
        cast = asks_for_baking
        Opening.objects.filter(pk=cast.opening.pk).update(languages={"sv": "B1"})
        Participant.objects.filter(pk=cast.pia.pk).update(languages=languages)
        client.force_login(cast.coach)

        page = client.get(reverse("matching:candidates", args=[cast.opening.pk])).content.decode()

        assert "Pia" in page
        assert ("språknivå i svenska okänd – fråga" in page) is asks
