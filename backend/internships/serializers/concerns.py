"""Concerns in the API: what was said to whoever said it, and to staff who said it and what was done."""

from rest_framework import serializers

from backend.core.api.said import Said, words
from backend.internships.models import Concern
from backend.internships.serializers.decisions import DecisionSerializer


class ConcernSerializer(serializers.ModelSerializer[Concern]):
    """That something is wrong, and whether it has been handled."""

    class Meta:
        model = Concern
        fields: tuple[str, ...] = ("id", "internship", "raised_at", "handled_at")


class OwnConcernSerializer(ConcernSerializer):
    """A concern to whoever raised it."""

    class Meta(ConcernSerializer.Meta):
        fields = (*ConcernSerializer.Meta.fields, "text")


class StaffConcernSerializer(OwnConcernSerializer):
    """A concern to the staff who follow the internship."""

    raised_by = serializers.CharField(source="raised_by.persona")
    decisions = DecisionSerializer(many=True)

    class Meta(OwnConcernSerializer.Meta):
        fields = (*OwnConcernSerializer.Meta.fields, "raised_by", "outcome", "decisions")


class RaiseSerializer(Said):
    """What is wrong."""

    text = words(2000, must=True)


class OutcomeSerializer(Said):
    """What was done."""

    outcome = words(2000, must=True)
