"""What a participant can do: written, understood, confirmed."""

import pytest

from backend.core.models import AuditEntry
from backend.participants.enums import EvidenceSource, SkillLevel
from backend.participants.models import Participant, SkillEvidence
from backend.participants.services import (
    ExperienceDraft,
    SkillDraft,
    add_skill,
    add_written,
    confirm_skill,
    remove_skill,
    set_skill_level,
)
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.models import Concept
from tests.cast import Cast
from tests.factories import ConceptFactory, SkillEvidenceFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for


def add(cast: Cast, text: str, **changes) -> SkillEvidence:
    return add_skill(**{"participant_id": cast.pia.pk, "text": text, "by": cast.coach, "at": NOW, **changes})


class TestAddSkill:
    def test_is_kept_as_written_with_level_and_source(self, cast):
        skill = add(cast, "  laga   mat ", level=SkillLevel.INDEPENDENT, source=EvidenceSource.COACH)

        assert (skill.text, skill.level, skill.source) == ("laga mat", 3, "coach")
        assert skill.recorded_on == TODAY
        assert [entry.action for entry in AuditEntry.objects.about(cast.pia)] == ["skill_added"]

    @pytest.mark.parametrize("text", ["😀", "طبخ", "<b>fet</b>", "'; --"])
    def test_any_writing_is_kept(self, cast, text):
        assert add(cast, text).text == text

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "nothing_written"),
            ("   ", "nothing_written"),
            ("x" * 10_000, "text_too_long"),
            ("KASSAVANA", "text_there_already"),
            (" kassavana", "text_there_already"),
        ],
    )
    def test_nothing_too_much_or_the_same_again_changes_nothing(self, cast, text, why):
        SkillEvidenceFactory(participant=cast.pia, text="Kassavana")

        with refused_for(why):
            add(cast, text)

        assert [skill.text for skill in cast.pia.skills.all()] == ["Kassavana"]
        assert not AuditEntry.objects.exists()

    @pytest.mark.parametrize("changes", [{"level": 9}, {"source": "horoscope"}])
    def test_unknown_levels_and_sources_change_nothing(self, cast, changes):
        with refused_for("invalid_choice"):
            add(cast, "städa", **changes)

        assert not SkillEvidence.objects.exists()

    def test_strangers_add_nothing(self, cast):
        for stranger in (cast.other_coach, cast.manager, cast.participant_user, cast.employer_member):
            with pytest.raises(Participant.DoesNotExist):
                add(cast, "städa", by=stranger)

        assert not SkillEvidence.objects.exists()


class TestAddWritten:
    def test_takes_repeated_rows_once(self, cast):
        rows = [SkillDraft("Städa"), SkillDraft("städa", SkillLevel.CAN_TEACH), SkillDraft("Köra truck")]

        add_written(
            participant_id=cast.pia.pk,
            skills=rows,
            experiences=[ExperienceDraft("Städare")],
            by=cast.coach,
            at=NOW,
        )

        assert {(skill.text, skill.level) for skill in cast.pia.skills.all()} == {
            ("städa", 4),
            ("Köra truck", None),
        }
        assert cast.pia.experiences.get().text == "Städare"

    def test_one_bad_row_keeps_all_out(self, cast):
        with refused_for("text_too_long"):
            add_written(
                participant_id=cast.pia.pk,
                skills=[SkillDraft("Städa"), SkillDraft("x" * 500)],
                by=cast.coach,
                at=NOW,
            )

        assert not SkillEvidence.objects.exists()


class TestConfirmSkill:
    @pytest.fixture
    def asked(self, cast):
        concept = ConceptFactory(name_sv="Bakteriologi")
        return SkillEvidenceFactory(
            participant=cast.pia, text="bak", concept=concept, degree=0.4, resolution=Resolution.ASK
        )

    def test_with_the_concept_that_was_chosen(self, cast, asked):
        baking = ConceptFactory(name_sv="Bakning")

        confirm_skill(skill_id=asked.pk, concept_id=baking.pk, by=cast.coach, at=NOW)

        asked.refresh_from_db()
        assert (asked.concept, asked.resolution, asked.degree) == (baking, Resolution.CONFIRMED, 1.0)
        assert asked.name == "Bakning"

    def test_as_it_was_written(self, cast, asked):
        confirm_skill(skill_id=asked.pk, concept_id=None, by=cast.coach, at=NOW)

        asked.refresh_from_db()
        assert (asked.concept, asked.resolution, asked.name) == (None, Resolution.NONE, "bak")

    def test_an_occupation_or_a_retired_skill_is_no_answer(self, cast, asked):
        for wrong in (ConceptFactory(kind=ConceptKind.OCCUPATION), ConceptFactory(retired_at=NOW)):
            with pytest.raises(Concept.DoesNotExist):
                confirm_skill(skill_id=asked.pk, concept_id=wrong.pk, by=cast.coach, at=NOW)

        asked.refresh_from_db()
        assert asked.resolution == Resolution.ASK

    def test_strangers_confirm_nothing(self, cast, asked):
        for stranger in (cast.other_coach, cast.manager, cast.participant_user):
            with pytest.raises(SkillEvidence.DoesNotExist):
                confirm_skill(skill_id=asked.pk, concept_id=None, by=stranger, at=NOW)

        asked.refresh_from_db()
        assert asked.resolution == Resolution.ASK


class TestChangingSkills:
    def test_a_level_is_set_anew(self, cast):
        skill = SkillEvidenceFactory(participant=cast.pia)

        set_skill_level(skill_id=skill.pk, level=4, source=EvidenceSource.SUPERVISOR, by=cast.coach, at=NOW)

        skill.refresh_from_db()
        assert (skill.level, skill.source, skill.recorded_on) == (4, "supervisor", TODAY)

    def test_a_removed_skill_is_gone(self, cast):
        skill = SkillEvidenceFactory(participant=cast.pia)

        remove_skill(skill_id=skill.pk, by=cast.coach, at=NOW)

        assert not SkillEvidence.objects.exists()
        assert [entry.action for entry in AuditEntry.objects.about(cast.pia)] == ["skill_removed"]

    def test_strangers_remove_nothing(self, cast):
        skill = SkillEvidenceFactory(participant=cast.pia)

        with pytest.raises(SkillEvidence.DoesNotExist):
            remove_skill(skill_id=skill.pk, by=cast.other_coach, at=NOW)

        assert SkillEvidence.objects.exists()
