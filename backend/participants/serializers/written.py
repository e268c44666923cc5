"""What a person can do, has worked as and wants, in the API: the words, and what they were understood as."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from backend.core.api.said import Said, choice, words
from backend.participants import worked
from backend.participants.enums import EvidenceSource, SkillLevel
from backend.participants.models import OccupationExperience, OccupationWish, SkillEvidence
from backend.participants.services import ExperienceDraft, SkillDraft, WishDraft
from backend.skills.enums import LanguageLevel
from backend.skills.understanding.choices import choice_of

MOST_ROWS = 60
READ: tuple[str, ...] = ("id", "text", "name", "concept", "resolution")


class _Understood(serializers.Serializer[Any]):
    """What each row says of its words: the concept by its key in the catalogue, and how sure that is."""

    concept = serializers.IntegerField(source="concept_id", allow_null=True, read_only=True)
    name = serializers.CharField(read_only=True)


class SkillSerializer(_Understood, serializers.ModelSerializer[SkillEvidence]):
    """Something that the person can do."""

    class Meta:
        model = SkillEvidence
        fields = (*READ, "level", "source", "recorded_on")


class ExperienceSerializer(_Understood, serializers.ModelSerializer[OccupationExperience]):
    """An occupation that the person has had."""

    class Meta:
        model = OccupationExperience
        fields = (*READ, "workplace", "months", "last_year")


class WishSerializer(_Understood, serializers.ModelSerializer[OccupationWish]):
    """An occupation that the person wants; `is_unsorted` while nobody has said whether it was had."""

    class Meta:
        model = OccupationWish
        fields = (*READ, "motivation", "is_unsorted")


def _level() -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=SkillLevel.choices, required=False, allow_null=True)


class _NewRow(serializers.Serializer[Any]):
    """Words in a row that is written; `concept` is what the sender has chosen, 0 for as written."""

    text = serializers.CharField(max_length=200)
    concept = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2**62)


class NewSkillSerializer(_NewRow):
    """A skill to write down."""

    level = _level()
    source = choice(EvidenceSource, must=False)  # type: ignore[assignment]


class _Worked(serializers.Serializer[Any]):
    """Where, for how many months and when last."""

    workplace = words(120)
    months = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=worked.LONGEST)
    last_year = serializers.IntegerField(
        required=False, allow_null=True, min_value=worked.FIRST_YEAR, max_value=worked.LAST_YEAR
    )


class NewExperienceSerializer(_Worked, _NewRow):
    """An occupation to write down that the person has had."""


class NewWishSerializer(_NewRow):
    """An occupation to write down that the person wants."""

    motivation = words(300)


class WrittenSerializer(Said):
    """Rows of all three lists to write at once; all of them are written or none."""

    skills = serializers.ListField(child=NewSkillSerializer(), required=False, max_length=MOST_ROWS)
    experiences = serializers.ListField(child=NewExperienceSerializer(), required=False, max_length=MOST_ROWS)
    wishes = serializers.ListField(child=NewWishSerializer(), required=False, max_length=MOST_ROWS)

    def service_arguments(self) -> dict[str, Any]:
        """Return what `add_written` takes."""
        said = super().service_arguments()
        drafts = {"skills": SkillDraft, "experiences": ExperienceDraft, "wishes": WishDraft}
        return {name: [draft(**_told(row)) for row in said.get(name, ())] for name, draft in drafts.items()}


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out an empty source: it is the person who says so."""
    return {name: value for name, value in row.items() if (name, value) != ("source", "")}


class SkillChangeSerializer(Said):
    """How well, and who says so."""

    level = serializers.ChoiceField(choices=SkillLevel.choices, allow_null=True)
    source = choice(EvidenceSource)  # type: ignore[assignment]


class ExperienceChangeSerializer(_Worked, Said):
    """Where, for how many months and when last; what is left out is not said."""

    def service_arguments(self) -> dict[str, Any]:
        """Return what `describe_experience` takes."""
        return {"workplace": "", "months": None, "last_year": None, **super().service_arguments()}


class WishChangeSerializer(Said):
    """Why it is wanted."""

    motivation = serializers.CharField(max_length=300, allow_blank=True)


class ConfirmSerializer(Said):
    """What the words mean: a concept by its key, or null for as they are written."""

    concept = serializers.IntegerField(source="concept_id", allow_null=True, min_value=1, max_value=2**62)


class MeaningSerializer(Said):
    """Another meaning, as the suggestions name it: `skill:17`, `occupation:5`, `language:sv`, `licence:B`."""

    meaning = serializers.CharField(max_length=60)
    level = choice(LanguageLevel, must=False)

    def validate_meaning(self, key: str) -> Any:
        """Return the choice that is named. Refuses what the catalogue does not hold."""
        chosen = choice_of(key)
        if chosen is None:
            raise serializers.ValidationError(_("Nothing is called that."), "unknown_meaning")
        return chosen

    def service_arguments(self) -> dict[str, Any]:
        """Return what `change_meaning` takes."""
        said = super().service_arguments()
        return {"choice": said["meaning"], "level": said.get("level", "")}
