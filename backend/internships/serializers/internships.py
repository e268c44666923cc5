"""Internships in the API: as each side reads them, and what a coach writes of them."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from backend.core.api.said import Said, choice, day, words
from backend.internships.enums import (
    HAPPENED,
    WITHOUT_PROPOSAL,
    ConsultationOutcome,
    EndReason,
    PauseReason,
    Side,
)
from backend.internships.models import Extension, Internship
from backend.internships.pages.extension_forms import ExtensionForm
from backend.internships.pages.for_employers import placement_at_employer
from backend.internships.pages.plan_forms import PlanForm
from backend.internships.serializers.decisions import DecisionSerializer
from backend.matching.pages.forms import RenewForm
from backend.skills.enums import Adaptation

PLANNED = ("tasks", "tasks_constructed", "goals", "adaptations", "equipment", "equipment_by")
LED_BY = ("supervisor_name", "supervisor_phone", "coach")
RESTS_ON = ("basis", "insurance", "union_outcome")


class InternshipSerializer(serializers.ModelSerializer[Internship]):
    """What every reader may know of an internship: nothing about the person."""

    work = serializers.CharField(source="title")
    workplace = serializers.CharField()
    employer = serializers.CharField(source="workplace.employer.name")
    hours_per_week = serializers.FloatField()

    class Meta:
        model = Internship
        fields: tuple[str, ...] = (
            "id",
            "kind",
            "state",
            "work",
            "workplace",
            "employer",
            "starts_on",
            "ends_on",
            "started_on",
            "ended_on",
            "hours_per_week",
        )


class OwnInternshipSerializer(InternshipSerializer):
    """An internship as its participant reads it: what was agreed on."""

    coach = serializers.CharField(source="coach.get_full_name")

    class Meta(InternshipSerializer.Meta):
        fields = (*InternshipSerializer.Meta.fields, "schedule", *PLANNED, *LED_BY, *RESTS_ON)


class EmployerInternshipSerializer(OwnInternshipSerializer):
    """An internship as its employer reads it: who comes is called what was released, if anything is."""

    person = serializers.SerializerMethodField()

    class Meta(OwnInternshipSerializer.Meta):
        fields = (*OwnInternshipSerializer.Meta.fields, "person")

    def get_person(self, internship: Internship) -> str:
        """Return what the employer may call whoever is placed."""
        return placement_at_employer(internship, on=timezone.localdate()).person


class StaffInternshipSerializer(OwnInternshipSerializer):
    """An internship to the staff who follow the case."""

    participant_name = serializers.CharField(source="participant")
    decisions = DecisionSerializer(many=True)

    class Meta(OwnInternshipSerializer.Meta):
        fields = (
            *OwnInternshipSerializer.Meta.fields,
            "participant",
            "participant_name",
            "proposal",
            "opening",
            "way_in",
            "agreed_with",
            "agreed_on",
            "programme",
            "basis_by",
            "decision_reference",
            "basis_from",
            "basis_until",
            "union_name",
            "union_asked_on",
            "backdated_why",
            "is_minor",
            "risk_words",
            "risk_assessed_on",
            "risk_assessed_by",
            "emergency_name",
            "emergency_phone",
            "ended_by_side",
            "end_reason",
            "end_note",
            "gates",
            "decisions",
            "created_at",
        )


class PlanSerializer(Said, serializers.ModelSerializer[Internship]):
    """The terms of a placement as a coach plans it."""

    adaptations = serializers.MultipleChoiceField(choices=Adaptation.choices, required=False)
    is_minor = serializers.BooleanField(required=False, allow_null=True)

    class Meta:
        model = Internship
        fields: tuple[str, ...] = (*PlanForm.Meta.fields, "adaptations")
        validators: tuple[Any, ...] = ()

    def service_arguments(self) -> dict[str, Any]:
        """Return the columns, codes as they are kept."""
        said = super().service_arguments()
        if "adaptations" in said:
            said["adaptations"] = sorted(said["adaptations"])
        return said


class PlaceSerializer(PlanSerializer):
    """A placement to which no proposal leads: how it came about, and what the workplace may read."""

    way_in = serializers.ChoiceField(choices=[(each.value, each.label) for each in WITHOUT_PROPOSAL])
    workplace = serializers.UUIDField(source="workplace_id")
    opening = serializers.UUIDField(source="opening_id", required=False, allow_null=True)
    items = serializers.ListField(
        source="item_keys", child=serializers.CharField(max_length=200), max_length=200
    )
    means = serializers.ChoiceField(choices=RenewForm.base_fields["means"].choices)  # type: ignore[attr-defined]

    class Meta(PlanSerializer.Meta):
        fields = (
            *PlanSerializer.Meta.fields,
            "way_in",
            "workplace",
            "opening",
            "items",
            "means",
            "agreed_with",
            "agreed_on",
            "work",
        )


class TermsSerializer(PlanSerializer):
    """What is changed of the terms, and why; what is not sent stays."""

    why = words(300)

    class Meta(PlanSerializer.Meta):
        fields = (*PlanSerializer.Meta.fields, *HAPPENED, "why")
        extra_kwargs = {name: {"allow_null": False} for name in HAPPENED[:2]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "partial": True})

    def service_arguments(self) -> dict[str, Any]:
        """Return what is changed, and why, which the service asks for."""
        return {"why": "", **super().service_arguments()}


class StartSerializer(Said):
    """The first day."""

    started_on = day()
    backdated_why = words(300)


class CompleteSerializer(Said):
    """The last day."""

    ended_on = day()


class EndEarlySerializer(CompleteSerializer):
    """The last day, whose circumstances ended it, and why."""

    side = choice(Side)
    reason = choice(EndReason)
    note = words(1000)


class CancelSerializer(Said):
    """Why it is called off."""

    why = words(300, must=True)


class NoShowSerializer(Said):
    """Whose circumstances it was that nobody came."""

    side = choice(Side)
    note = words(1000)


class PauseInternshipSerializer(Said):
    """From when, until when and why nobody goes there; never because of health."""

    from_on = day()
    back_on = day()
    reason = choice(PauseReason)


class ReturnSerializer(Said):
    """Another day on which it goes on."""

    back_on = day()
    why = serializers.CharField(max_length=300, allow_blank=True, default="")


class ResumeSerializer(Said):
    """The first day back."""

    resumed_on = day()


class ExtendSerializer(Said, serializers.ModelSerializer[Extension]):
    """The new terms, from which day, by which decision, and what the union says of them."""

    union_outcome = choice(ConsultationOutcome)

    class Meta:
        model = Extension
        fields = tuple(ExtensionForm.base_fields)
        validators: tuple[Any, ...] = ()


class ExtensionInListSerializer(serializers.ModelSerializer[Extension]):
    """A version of the terms; without `applied_at` it waits for a manager, or another was wanted instead."""

    class Meta:
        model = Extension
        fields: tuple[str, ...] = (
            "id",
            "internship",
            "valid_from",
            "ends_on",
            "wanted_at",
            "applied_at",
            "dropped_at",
        )
        read_only_fields = fields


class ExtensionSerializer(ExtensionInListSerializer):
    """A version of the terms with what is new in it, what is in the way, and what a manager has said."""

    waits_for = serializers.SerializerMethodField()
    decisions = DecisionSerializer(many=True)

    class Meta(ExtensionInListSerializer.Meta):
        fields = (
            *ExtensionInListSerializer.Meta.fields,
            "hours_per_week",
            "tasks",
            "new_content",
            "why",
            "gates",
            "waits_for",
            "decisions",
        )
        read_only_fields = fields

    def get_waits_for(self, extension: Extension) -> list[str]:
        """Return in words why a manager is asked, while one is."""
        is_waiting = extension.applied_at is None and extension.dropped_at is None
        return extension.gate_words if is_waiting else []


class EmergencyContactSerializer(serializers.Serializer[Any]):
    """Whom the participant wants to be rung; both empty where nobody is, or the reader may not know."""

    name = serializers.CharField()
    phone = serializers.CharField()


class WriteContactSerializer(Said):
    """Whom the participant wants to be rung; both empty takes it away."""

    name = serializers.CharField(max_length=100, allow_blank=True)
    phone = serializers.CharField(max_length=30, allow_blank=True)
