"""Evaluations in the API: what one side is asked about an internship that is over, and what it says."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.accounts.enums import Persona
from backend.core.api.said import Said, choice, day, words
from backend.internships.enums import Again, Mood, WhyNotHired, WouldHire
from backend.internships.models import Evaluation, SeenSkill
from backend.internships.services import Verdict, skills_to_ask
from backend.participants.enums import SkillLevel
from backend.skills.enums import Adaptation


class EvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    """Which side is asked, and whether it has answered."""

    class Meta:
        model = Evaluation
        fields: tuple[str, ...] = (
            "id",
            "internship",
            "side",
            "asked_at",
            "answered_at",
            "may_be_changed",
            "dropped_at",
        )


class AskedSkillSerializer(serializers.Serializer[Any]):
    """A skill that the workplace is asked about; its key is that of the answer's `levels`."""

    id = serializers.UUIDField()
    text = serializers.CharField()


class SeenSkillSerializer(serializers.ModelSerializer[SeenSkill]):
    """A skill that the workplace has seen, and how well."""

    class Meta:
        model = SeenSkill
        fields: tuple[str, ...] = ("id", "text", "level", "is_evidence")


class FullEvaluationSerializer(EvaluationSerializer):
    """What one side has said, and what it is asked, to that side and to staff."""

    skills = SeenSkillSerializer(many=True)
    asks = serializers.SerializerMethodField()

    class Meta(EvaluationSerializer.Meta):
        fields = (
            *EvaluationSerializer.Meta.fields,
            "mood",
            "words",
            "would_hire",
            "why_not",
            "adaptations_worked",
            "again",
            "again_places",
            "again_from",
            "skills",
            "asks",
            "looked_at",
        )

    @extend_schema_field(AskedSkillSerializer(many=True))
    def get_asks(self, evaluation: Evaluation) -> Any:
        """Return the skills that the workplace is asked about; the participant is asked about none."""
        if evaluation.side == Persona.PARTICIPANT:
            return []
        return AskedSkillSerializer(skills_to_ask(evaluation.internship), many=True).data


class VerdictSerializer(Said):
    """What one side answers; the participant is asked `mood` and `words` alone."""

    mood = choice(Mood, must=False)
    words = words(1000)
    would_hire = choice(WouldHire, must=False)
    why_not = choice(WhyNotHired, must=False)
    adaptations_worked = serializers.MultipleChoiceField(choices=Adaptation.choices, required=False)
    again = choice(Again, must=False)
    again_places = serializers.IntegerField(min_value=1, max_value=200, required=False, allow_null=True)
    again_from = day(must=False)
    levels = serializers.DictField(child=serializers.ChoiceField(choices=SkillLevel.choices), required=False)

    def validate_levels(self, levels: dict[str, int]) -> dict[Any, int]:
        """Refuse what is no key of a skill."""
        key = serializers.UUIDField()
        return {key.run_validation(each): level for each, level in levels.items()}

    def service_arguments(self) -> dict[str, Any]:
        """Return the verdict."""
        said = super().service_arguments()
        said["adaptations_worked"] = sorted(said.get("adaptations_worked", ()))
        return {"verdict": Verdict(**said)}


class LookSerializer(Said):
    """Which of the skills seen become evidence in the file."""

    taken = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=100)
