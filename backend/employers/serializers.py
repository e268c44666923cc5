"""Openings and employers as the API gives and takes them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.accounts.models import Municipality
from backend.employers.enums import EmployerKind, SocialCriterion, Standing
from backend.employers.models import Employer, Opening, SkillRequirement, Workplace
from backend.employers.pages.remarks import remarks_of, said
from backend.employers.services import ContactDetails, RequirementDraft
from backend.employers.services.known import FACTS
from backend.employers.services.words import MOST_REQUIREMENTS
from backend.employers.work_facts import WorkFact
from backend.employers.writing import Ground
from backend.places.forms import PlaceField
from backend.places.lookup import LONGEST_TEXT
from backend.skills.enums import Adaptation, Language, LanguageLevel, Licence, Weekday


class WorkplaceSerializer(serializers.ModelSerializer[Workplace]):
    """Where the work is."""

    employer = serializers.CharField(source="employer.name", read_only=True)

    class Meta:
        model = Workplace
        fields = [
            "id",
            "name",
            "employer",
            "street",
            "locality_name",
            "municipality_code",
            "latitude",
            "longitude",
            "nearest_stop",
            "walk_minutes",
            "environment",
            "adaptations_offered",
            "adaptations_refused",
            "facts_present",
            "facts_absent",
        ]


class RequirementSerializer(serializers.ModelSerializer[SkillRequirement]):
    """A skill as it was written, and the catalogue's concept for it."""

    concept = serializers.CharField(source="concept.uri", default=None, allow_null=True, read_only=True)
    name = serializers.CharField(read_only=True)

    class Meta:
        model = SkillRequirement
        fields = ["text", "essential", "name", "concept"]


class OpeningSerializer(serializers.ModelSerializer[Opening]):
    """An opening as everybody may read it."""

    workplace = WorkplaceSerializer(read_only=True)
    occupation = serializers.SerializerMethodField()
    requirements = RequirementSerializer(many=True, read_only=True)
    places_left = serializers.IntegerField(read_only=True)
    hours_min = serializers.FloatField(read_only=True)
    hours_max = serializers.FloatField(read_only=True)
    path = serializers.CharField(source="get_absolute_url", read_only=True)
    facts = serializers.DictField(
        child=serializers.BooleanField(),
        read_only=True,
        help_text="Those of the workplace, unless the opening says otherwise; what is not told is left out.",
    )

    class Meta:
        model = Opening
        fields = [
            "id",
            "path",
            "kind",
            "intent",
            "state",
            "title",
            "description",
            "occupation",
            "workplace",
            "places",
            "places_left",
            "starts_on",
            "ends_on",
            "hours_min",
            "hours_max",
            "weekdays",
            "requirements",
            "languages",
            "licences",
            "adaptations",
            "facts_present",
            "facts_absent",
            "facts",
            "published_at",
            "back_on",
        ]

    @extend_schema_field(serializers.CharField())
    def get_occupation(self, opening: Opening) -> str:
        """Return the occupation's name, empty when none was stated."""
        occupation = getattr(opening, "occupation", None)
        return occupation.name if occupation else ""


class RemarkSerializer(serializers.Serializer[Any]):
    """A warning about words: at which field, on which ground, why, and how to say it instead."""

    field = serializers.CharField()
    words = serializers.CharField()
    ground = serializers.ChoiceField(choices=Ground.choices)
    why = serializers.CharField()
    instead = serializers.CharField()


class OwnOpeningSerializer(OpeningSerializer):
    """An opening as its writer gets it back: with what is remarked on, for which nothing is refused."""

    warnings = serializers.SerializerMethodField()

    class Meta(OpeningSerializer.Meta):
        fields = [*OpeningSerializer.Meta.fields, "warnings"]

    @extend_schema_field(RemarkSerializer(many=True))
    def get_warnings(self, opening: Opening) -> list[Mapping[str, str]]:
        """Return the warnings, field by field."""
        return [said(remark) for remark in remarks_of(opening)]


class PauseSerializer(serializers.Serializer[Any]):
    """Until when an opening is paused."""

    back_on = serializers.DateField(required=False, allow_null=True, default=None)


class RequirementDraftSerializer(serializers.Serializer[Any]):
    """A skill that the work asks for, in the employer's own words."""

    text = serializers.CharField(max_length=200)
    essential = serializers.BooleanField(default=False)


def _codes(choices: Any) -> serializers.MultipleChoiceField:
    return serializers.MultipleChoiceField(choices=choices.choices, required=False)


class OpeningDraftSerializer(serializers.ModelSerializer[Opening]):
    """A draft as its writer sends it."""

    workplace = serializers.PrimaryKeyRelatedField(queryset=Workplace.objects.none())
    occupation = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    requirements = RequirementDraftSerializer(many=True, required=False, max_length=MOST_REQUIREMENTS)  # type: ignore[call-arg]
    weekdays = _codes(Weekday)
    licences = _codes(Licence)
    adaptations = _codes(Adaptation)
    facts_present = _codes(WorkFact)
    facts_absent = _codes(WorkFact)
    languages = serializers.DictField(
        child=serializers.ChoiceField(choices=LanguageLevel.choices), required=False
    )

    class Meta:
        model = Opening
        fields = [
            "kind",
            "intent",
            "title",
            "description",
            "occupation",
            "workplace",
            "places",
            "starts_on",
            "ends_on",
            "hours_min",
            "hours_max",
            "weekdays",
            "requirements",
            "languages",
            "licences",
            "adaptations",
            "facts_present",
            "facts_absent",
            "supervisor_name",
        ]

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Let the workplace be one in whose employer's name the sender may write."""
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None:
            fields["workplace"].queryset = Workplace.objects.writable_by(request.user)  # type: ignore[attr-defined]
        return fields

    def validate_languages(self, spoken: dict[str, str]) -> dict[str, str]:
        """Refuse a language that is not on the list."""
        unknown = set(spoken) - set(Language.values)
        if unknown:
            raise serializers.ValidationError(_("Choose a language and a level for it."), "unknown_language")
        return spoken

    def service_arguments(self) -> dict[str, Any]:
        """Return what `save_opening` takes."""
        values = dict(self.validated_data)
        occupation = values.pop("occupation", "")
        wanted = [RequirementDraft(**each) for each in values.pop("requirements", [])]
        for name in {"weekdays", "licences", "adaptations", "facts_present", "facts_absent"} & values.keys():
            values[name] = sorted(values[name])
        return {"fields": values, "occupation": occupation, "requirements": wanted}


class EmployerSerializer(serializers.ModelSerializer[Employer]):
    """An employer as its members and the municipality's staff read it."""

    organisation_number = serializers.CharField(source="open_number", read_only=True, allow_null=True)
    standing = serializers.ChoiceField(choices=Standing.choices, read_only=True)

    class Meta:
        model = Employer
        fields = [
            "id",
            "name",
            "organisation_number",
            "kind",
            "standing",
            "employees",
            "website",
            "sector",
            "collective_agreement",
            "agreement_with",
            "union_contact",
            "criteria",
            "criteria_attested_on",
            "municipality",
            "created_at",
        ]


class FactsSerializer(serializers.ModelSerializer[Employer]):
    """Facts to change; what is left out stays."""

    criteria = serializers.MultipleChoiceField(choices=SocialCriterion.choices, required=False)

    class Meta:
        model = Employer
        fields = [*sorted(FACTS), "criteria"]

    def service_arguments(self) -> dict[str, Any]:
        """Return what `update_facts` takes."""
        facts = dict(self.validated_data)
        return {"criteria": facts.pop("criteria", None), "facts": facts}


class AskedToJoinSerializer(serializers.Serializer[Any]):
    """The organisation is registered already: whoever looks after it is asked to let the sender in."""

    state = serializers.ChoiceField(choices=["requested"])


class ContactSerializer(serializers.Serializer[Any]):
    """Whom to ring at an employer that staff register."""

    name = serializers.CharField(max_length=150)
    email = serializers.EmailField(required=False, allow_blank=True, default="", max_length=254)
    phone = serializers.CharField(required=False, allow_blank=True, default="", max_length=30)


class FirstWorkplaceSerializer(serializers.Serializer[Any]):
    """The workplace of an employer that staff register; the place as people write it."""

    name = serializers.CharField(max_length=150)
    place = serializers.CharField(max_length=LONGEST_TEXT)
    street = serializers.CharField(required=False, allow_blank=True, default="", max_length=150)


OF_STAFF = ("contact", "workplace")


class RegistrationSerializer(serializers.Serializer[Any]):
    """An organisation to register; `contact` and `workplace` are what staff state beside."""

    municipality = serializers.PrimaryKeyRelatedField(queryset=Municipality.objects.all())
    organisation_number = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(
        choices=EmployerKind.choices, required=False, default="", help_text=_("As the number says, without.")
    )
    employees = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=1_000_000)
    website = serializers.URLField(required=False, allow_blank=True, default="", max_length=200)
    contact = ContactSerializer(required=False)
    workplace = FirstWorkplaceSerializer(required=False)

    def facts(self) -> dict[str, Any]:
        """Return what `find_or_register_employer` takes."""
        said = {name: value for name, value in self.validated_data.items() if name not in OF_STAFF}
        number = said.pop("organisation_number")
        return {**said, "organisationsnummer": number}

    def for_employer(self) -> dict[str, Any]:
        """Return what `register_for_employer` takes. Raises ValidationError for what staff must state."""
        missing = {
            name: [_("State whom to ring, and the workplace.")]
            for name in OF_STAFF
            if name not in self.validated_data
        }
        if missing:
            raise serializers.ValidationError(missing, "required")
        contact, workplace = self.validated_data["contact"], self.validated_data["workplace"]
        near = self.validated_data["municipality"].area_id
        return {
            **self.facts(),
            "contact": ContactDetails(**contact),
            "workplace_name": workplace["name"],
            "street": workplace["street"],
            "place": PlaceField(near_municipality=near).clean(workplace["place"]),
        }
