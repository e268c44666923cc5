"""Proposals and rankings as the API gives them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.matching.enums import DeclineReason
from backend.matching.models import Proposal
from backend.matching.pages.for_employers import to_employer


class MarkSerializer(serializers.Serializer[Any]):
    """How one requirement is met; points are whole hundredths of the match."""

    text = serializers.CharField()
    mark = serializers.ChoiceField(choices=["met", "near", "ask", "missing"])
    about = serializers.ChoiceField(choices=["requirement", "experience", "wish"])
    essential = serializers.BooleanField()
    via = serializers.CharField()
    degree = serializers.FloatField()
    why = serializers.CharField()
    strength = serializers.FloatField()
    points = serializers.IntegerField()
    possible = serializers.IntegerField()


class ToldSerializer(serializers.Serializer[Any]):
    """What the participant has released to the employer, in exactly those words."""

    name = serializers.CharField()
    can = serializers.ListField(child=serializers.CharField())
    adaptations = serializers.ListField(child=serializers.CharField())
    terms = serializers.ListField(child=serializers.CharField())
    presentation = serializers.ListField(child=serializers.CharField())
    marks = MarkSerializer(many=True)


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    """What every reader may know of a proposal: nothing about the person."""

    opening_title = serializers.CharField(source="opening.title")
    employer = serializers.CharField(source="opening.workplace.employer.name")
    coach = serializers.CharField(source="coach.get_full_name")

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = (
            "id",
            "opening",
            "opening_title",
            "employer",
            "coach",
            "state",
            "state_changed_at",
            "sent_at",
            "decided_at",
        )


class EmployerProposalSerializer(ProposalSerializer):
    """A proposal to its employer: with what was released, as long as it may be read."""

    told = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField()

    class Meta(ProposalSerializer.Meta):
        fields = (*ProposalSerializer.Meta.fields, "told", "message")

    @extend_schema_field(ToldSerializer(allow_null=True))
    def get_told(self, proposal: Proposal) -> Any:
        """Return the released items; null after a no, a withdrawal or the consent's end."""
        told = to_employer(proposal, at=timezone.now()).told
        return None if told is None else ToldSerializer(told).data

    def get_message(self, proposal: Proposal) -> str:
        """Return the coach's words; they speak of the person, so they end with the consent too."""
        return to_employer(proposal, at=timezone.now()).message


class StaffProposalSerializer(ProposalSerializer):
    """A proposal to the staff of the participant's unit."""

    participant_name = serializers.CharField(source="participant")

    class Meta(ProposalSerializer.Meta):
        fields = (
            *ProposalSerializer.Meta.fields,
            "participant",
            "participant_name",
            "message",
            "decline_reason",
            "decline_note",
            "explanation",
        )


class DeclineSerializer(serializers.Serializer[Any]):
    """An employer's no."""

    reason = serializers.ChoiceField(choices=DeclineReason.choices)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
