"""Workplaces as the API gives and takes them."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api.said import Said, words
from backend.employers import work_facts
from backend.employers.models import Employer, Workplace
from backend.employers.serializers import WorkplaceSerializer
from backend.employers.serializers_of_organisations import AboutEmployer
from backend.places.forms import PlaceField
from backend.places.lookup import LONGEST_TEXT
from backend.skills.enums import Adaptation

NEEDS = serializers.ListField(child=serializers.ChoiceField(choices=Adaptation.choices))


class OwnWorkplaceSerializer(serializers.ModelSerializer[Workplace]):
    """A workplace to those who answer for it: how it is there, and which needs of people that meets."""

    employer_name = serializers.CharField(source="employer.name", read_only=True)
    place = serializers.CharField(source="place_text", read_only=True)
    needs_met = serializers.SerializerMethodField()
    needs_not_met = serializers.SerializerMethodField()

    class Meta:
        model = Workplace
        fields = [*WorkplaceSerializer.Meta.fields, "employer_name", "place", "needs_met", "needs_not_met"]

    @extend_schema_field(NEEDS)
    def get_needs_met(self, workplace: Workplace) -> list[str]:
        """Return the needs that are met as it is or by what can be arranged; the others are asked about."""
        return sorted(_needs(workplace)[0])

    @extend_schema_field(NEEDS)
    def get_needs_not_met(self, workplace: Workplace) -> list[str]:
        """Return the needs that cannot be met."""
        return sorted(_needs(workplace)[1])


def _needs(workplace: Workplace) -> tuple[frozenset[str], frozenset[str]]:
    facts = dict.fromkeys(workplace.facts_present, True) | dict.fromkeys(workplace.facts_absent, False)
    said = {"offered_here": workplace.adaptations_offered, "refused": workplace.adaptations_refused}
    return work_facts.can_be_had(facts, offered=(), **said)


class WorkplaceChangedSerializer(Said):
    """Where a workplace is, and how to get there."""

    name = words(150, must=True)
    place = serializers.CharField(max_length=LONGEST_TEXT)
    street = words(150)
    nearest_stop = words(100)
    walk_minutes = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=240)
    environment = words(2000)

    def arguments_near(self, employer: Employer) -> dict[str, Any]:
        """Return what the services take, with the place found as on the employer's pages.

        Raises ValidationError for a place that there is not, or of which there are several.
        """
        field = PlaceField(near_municipality=employer.municipality.area_id)
        said = self.service_arguments()
        said.pop("employer_id", None)
        try:
            return {**said, "place": field.clean(said["place"])}
        except ValidationError as error:
            raise ValidationError({"place": error}) from error


class WorkplaceAddedSerializer(WorkplaceChangedSerializer, AboutEmployer):
    """A workplace to add to an employer."""


class AnswersSerializer(Said):
    """Answers by code: true, false, or null for what is not told; what is left out stays as it is."""

    answers = serializers.DictField(child=serializers.BooleanField(allow_null=True), allow_empty=False)
