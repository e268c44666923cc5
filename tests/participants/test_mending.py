"""Changing what something in a file means: the row goes where it belongs, and the words are remembered."""

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.core.writing.refusals import Refused
from backend.participants.file.notes import hear
from backend.participants.models import OccupationExperience, Participant, SkillEvidence
from backend.participants.services import add_skill, add_wish, change_meaning
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.models import Wording
from backend.skills.services import resolve_texts
from backend.skills.understanding import index
from backend.skills.understanding.choices import Choice, choice_of, choices_for
from tests.factories.base import NOW
from tests.skills.conftest import make_concept, make_version


@pytest.fixture
def catalogue(db):
    concepts = {
        "städning": make_concept(ConceptKind.SKILL, ("Städning", "Cleaning"), {}),
        "kock": make_concept(ConceptKind.OCCUPATION, ("Kock", "Cook"), {}),
    }
    make_version()
    index.forget()
    yield concepts
    index.forget()


@pytest.fixture
def skill(cast, catalogue):
    return add_skill(participant_id=cast.pia.pk, text="storstäd", by=cast.coach, at=NOW)


def choice(concept):
    return Choice(concept.kind, str(concept.pk), concept.name_sv)


def mend(cast, skill, chosen, **more):
    return change_meaning(kind="skill", text_id=skill.pk, choice=chosen, by=cast.coach, at=NOW, **more)


class TestChangeMeaning:
    def test_settles_the_row_and_is_remembered_for_the_next_person(self, cast, skill, catalogue):
        mend(cast, skill, choice(catalogue["städning"]))

        skill.refresh_from_db()
        assert (skill.concept, skill.resolution) == (catalogue["städning"], Resolution.CONFIRMED)
        whose = cast.pia.unit.municipality_id
        [columns] = resolve_texts(["Storstäd"], kind=ConceptKind.SKILL, municipality_id=whose)
        assert (columns["concept_id"], columns["resolution"]) == (
            catalogue["städning"].pk,
            Resolution.ACCEPTED,
        )
        [elsewhere] = resolve_texts(["Storstäd"], kind=ConceptKind.SKILL)
        assert elsewhere["resolution"] != Resolution.ACCEPTED

    def test_a_skill_that_is_an_occupation_claims_no_experience_but_is_asked_about(
        self, cast, skill, catalogue
    ):
        mend(cast, skill, choice(catalogue["kock"]))

        assert not SkillEvidence.objects.filter(pk=skill.pk).exists()
        assert not OccupationExperience.objects.filter(participant=cast.pia).exists()
        wish = cast.pia.wishes.get()
        assert (wish.text, wish.concept, wish.is_unsorted) == ("storstäd", catalogue["kock"], True)

    def test_what_somebody_wants_stays_what_they_want(self, cast, catalogue):
        """A skill that is wished for is no skill that the person has."""
        wish = add_wish(participant_id=cast.pia.pk, text="storstäd", by=cast.coach, at=NOW)

        change_meaning(
            kind="wish", text_id=wish.pk, choice=choice(catalogue["städning"]), by=cast.coach, at=NOW
        )

        wish.refresh_from_db()
        assert wish.concept == catalogue["städning"]
        assert not cast.pia.skills.exists()

    def test_a_licence_that_somebody_wants_is_not_one_that_they_hold(self, cast):
        wish = add_wish(participant_id=cast.pia.pk, text="truckkort", by=cast.coach, at=NOW)

        with pytest.raises(Refused):
            change_meaning(
                kind="wish",
                text_id=wish.pk,
                choice=Choice("licence", "forklift", "Truckkort"),
                by=cast.coach,
                at=NOW,
            )

        cast.pia.refresh_from_db()
        assert cast.pia.licences == []
        assert not Wording.objects.exists()

    def test_a_level_that_was_said_before_stays(self, cast, skill):
        Participant.objects.filter(pk=cast.pia.pk).update(languages={"prs": "C2"})

        mend(cast, skill, Choice("language", "prs", "Dari"))

        cast.pia.refresh_from_db()
        assert cast.pia.languages["prs"] == "C2"

    def test_moves_a_skill_that_is_a_licence_or_a_language(self, cast, skill):
        mend(cast, skill, Choice("licence", "B", "Körkort B"))
        other = add_skill(participant_id=cast.pia.pk, text="dariska", by=cast.coach, at=NOW)
        mend(cast, other, Choice("language", "prs", "Dari"), level="C2")

        cast.pia.refresh_from_db()
        assert "B" in cast.pia.licences
        assert cast.pia.languages["prs"] == "C2"
        assert not cast.pia.skills.filter(text__in=["storstäd", "dariska"]).exists()

    def test_claims_no_level_that_nobody_has_said(self, cast, skill):
        mend(cast, skill, Choice("language", "prs", "Dari"))

        cast.pia.refresh_from_db()
        assert cast.pia.languages["prs"] == ""

    def test_the_free_text_is_read_so_too(self, cast, skill, catalogue):
        mend(cast, skill, Choice("licence", "forklift", "Truckkort"))

        whose = cast.pia.unit.municipality_id
        assert hear("storstäd", municipality_id=whose).licences == ["forklift"]
        assert hear("storstäd").licences == []

    def test_the_log_says_that_and_not_what(self, cast, skill, catalogue):
        mend(cast, skill, choice(catalogue["kock"]))

        entry = next(each for each in AuditEntry.objects.about(cast.pia) if each.action == "meaning_changed")
        assert "storstäd" not in str(entry.changes)

    def test_strangers_change_nothing(self, cast, skill, catalogue):
        with pytest.raises(SkillEvidence.DoesNotExist):
            change_meaning(
                kind="skill", text_id=skill.pk, choice=choice(catalogue["kock"]), by=cast.manager, at=NOW
            )

        assert not Wording.objects.exists()


class TestChoices:
    def test_are_of_all_four_kinds(self, catalogue):
        assert [each.kind for each in choices_for("Kock")][:1] == ["occupation"]
        assert choices_for("städ")[0].kind == "skill"
        assert choices_for("arab")[0] == Choice("language", "ar", "Arabiska")
        assert choices_for("truckk")[0].kind == "licence"

    @pytest.mark.parametrize("key", ["", "skill:", "skill:999999", "language:xx", "nothing:1", "skill:1;--"])
    def test_a_key_of_nothing_is_nothing(self, catalogue, key):
        assert choice_of(key) is None


class TestPage:
    @pytest.fixture
    def page(self, cast, skill, client):
        client.force_login(cast.coach)
        return reverse("participants:text_mend", args=[cast.pia.pk, "skill", skill.pk])

    def test_takes_the_name_that_was_written(self, client, page, skill, catalogue):
        assert client.post(page, {"meaning": "städning"}).status_code == 302

        skill.refresh_from_db()
        assert skill.concept == catalogue["städning"]

    def test_asks_which_when_nothing_is_called_so(self, client, page):
        answer = client.post(page, {"meaning": "städ"})

        assert answer.status_code == 422
        assert "Städning" in answer.content.decode()

    def test_takes_the_one_that_was_chosen(self, client, page, skill, catalogue):
        key = choice(catalogue["städning"]).key

        assert client.post(page, {"meaning": "städ", "choice": key}).status_code == 302

    def test_says_when_there_is_nothing(self, client, page):
        assert client.post(page, {"meaning": "qqqq"}).status_code == 422

    def test_is_reached_from_the_row(self, client, page, cast):
        assert page in client.get(cast.pia.get_absolute_url()).content.decode()

    def test_suggestions_tell_the_kind(self, client, catalogue):
        found = client.get(reverse("skills:meaning_suggestion_list"), {"q": "arab"}).json()["suggestions"]

        assert found == [{"text": "Arabiska", "hint": "Språk"}]
