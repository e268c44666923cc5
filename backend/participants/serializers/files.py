"""A file as the API gives it, and what a coach sends about the person."""

from typing import Any

from rest_framework import serializers

from backend.accounts.enums import Persona
from backend.accounts.models import Unit, User
from backend.core.api.said import Said, choice, day, words
from backend.participants.models import Participant
from backend.participants.serializers.written import (
    ExperienceSerializer,
    SkillSerializer,
    WishSerializer,
)
from backend.participants.services.states import BY_COACH
from backend.participants.versions import version_of
from backend.places.forms import PlaceField
from backend.places.lookup import LONGEST_TEXT
from backend.skills.enums import Adaptation, Language, LanguageLevel, Licence

COACHS_MOVES = [(each.value, each.label) for each in BY_COACH]
STAFF = User.objects.filter(persona=Persona.STAFF)


class ParticipantSerializer(serializers.ModelSerializer[Participant]):
    """Where a case stands: the reference, and nothing that names the person."""

    class Meta:
        model = Participant
        fields: tuple[str, ...] = (
            "id",
            "reference",
            "unit",
            "state",
            "enrolled_on",
            "waiting_since",
            "last_contact_on",
        )


class OwnFileSerializer(ParticipantSerializer):
    """Everything that the file says, to the person."""

    coach_name = serializers.CharField(source="coach.name")
    place = serializers.CharField(source="place_text")
    hours_min = serializers.FloatField(allow_null=True)
    hours_max = serializers.FloatField(allow_null=True)
    skills = SkillSerializer(many=True)
    experiences = ExperienceSerializer(many=True)
    wishes = WishSerializer(many=True)

    class Meta(ParticipantSerializer.Meta):
        fields = (
            *ParticipantSerializer.Meta.fields,
            "coach_name",
            "first_name",
            "last_name",
            "email",
            "phone",
            "place",
            "max_travel_km",
            "hours_min",
            "hours_max",
            "available_from",
            "licences",
            "languages",
            "adaptations",
            "adaptations_good",
            "presentation",
            "skills",
            "experiences",
            "wishes",
        )


class FileSerializer(OwnFileSerializer):
    """The file to the staff who may open it; `seen` is its version, which a change names."""

    seen = serializers.SerializerMethodField()

    class Meta(OwnFileSerializer.Meta):
        fields = (*OwnFileSerializer.Meta.fields, "coach", "is_protected", "seen")

    def get_seen(self, participant: Participant) -> str:
        """Return what the file's fields say now, as a sign."""
        return version_of(participant)


class DetailsSerializer(Said):
    """What is written about a person; what is not sent keeps its value. The place as people write it."""

    coach = serializers.PrimaryKeyRelatedField(queryset=STAFF, required=False)
    first_name = serializers.CharField(max_length=80, required=False)
    last_name = serializers.CharField(max_length=80, required=False)
    email = serializers.EmailField(required=False, allow_blank=True)
    phone = words(40)
    place = words(LONGEST_TEXT)
    max_travel_km = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2_000)
    hours_min = serializers.DecimalField(4, 2, required=False, allow_null=True)
    hours_max = serializers.DecimalField(4, 2, required=False, allow_null=True)
    available_from = day(must=False, may_be_none=True)
    licences = serializers.ListField(child=choice(Licence), required=False)
    languages = serializers.DictField(child=choice(LanguageLevel, must=False), required=False)
    adaptations = serializers.ListField(child=choice(Adaptation), required=False)
    adaptations_good = serializers.ListField(child=choice(Adaptation), required=False)
    presentation = words(1000)

    def validate_languages(self, levels: dict[str, str]) -> dict[str, str]:
        """Refuse what is no language that the programme knows."""
        for code in levels:
            serializers.ChoiceField(choices=Language.choices).run_validation(code)
        return levels

    def service_arguments(self) -> dict[str, Any]:
        """Return what the services of a file take: the place found, codes once each and in one order."""
        said = super().service_arguments()
        if "place" in said:
            said["place"] = PlaceField(required=False, near_municipality=self._near()).clean(said["place"])
        for name in ("licences", "adaptations", "adaptations_good"):
            if name in said:
                said[name] = sorted(set(said[name]))
        return said

    def _near(self) -> str:
        """Return where a place of an ambiguous name is looked for first: where the sender works."""
        assignments = self.context["request"].user.current_assignments
        return next((each.unit.municipality.area_id for each in assignments), "")


class ChangeSerializer(DetailsSerializer):
    """What is changed; `seen` is the version of the file that the writer has read."""

    seen = words(400)


class EnrolSerializer(DetailsSerializer):
    """Who is enrolled, in which unit and from when; without a coach it is the sender."""

    unit = serializers.PrimaryKeyRelatedField(queryset=Unit.objects)
    first_name = serializers.CharField(max_length=80)
    last_name = serializers.CharField(max_length=80)
    enrolled_on = day(must=False)
    why_earlier = words(300)
    is_another = serializers.BooleanField(required=False)

    def service_arguments(self) -> dict[str, Any]:
        """Return what `enrol_participant` takes."""
        return {"coach": self.context["request"].user, **super().service_arguments()}


class MoveCaseSerializer(Said):
    """Where the case goes on a coach's decision; a pause and an end need a reason."""

    to = serializers.ChoiceField(choices=COACHS_MOVES)
    why = words(500)


class ReasonSerializer(Said):
    """Why."""

    why = serializers.CharField(max_length=500, allow_blank=True, default="")


class HandlersSerializer(Said):
    """Who alone may see the person; the job coach and the sender are among them."""

    handlers = serializers.PrimaryKeyRelatedField(queryset=STAFF, many=True)
