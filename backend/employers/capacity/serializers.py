"""Lasting places as the API gives and takes them."""

from typing import Any

from rest_framework import serializers

from backend.employers.capacity.offering import Day
from backend.employers.models import Capacity, CapacityDay, CapacityException, Workplace
from backend.employers.serializers import WorkplaceSerializer
from backend.skills.enums import Weekday


class CapacityDaySerializer(serializers.ModelSerializer[CapacityDay]):
    """A weekday (1 is Monday) on which people are received, and how many minutes one can be there."""

    class Meta:
        model = CapacityDay
        fields = ["weekday", "starts_at", "ends_at", "minutes"]


class CapacityExceptionSerializer(serializers.ModelSerializer[CapacityException]):
    """Days on which the places are different; taken back when `withdrawn_at` is set."""

    class Meta:
        model = CapacityException
        fields = ["id", "kind", "first_on", "last_on", "starts_at", "ends_at", "withdrawn_at"]


class CapacitySerializer(serializers.ModelSerializer[Capacity]):
    """Lasting places with their days and exceptions; `opening` is what they are matched by."""

    workplace = WorkplaceSerializer(read_only=True)
    opening = serializers.UUIDField(source="opening.pk", read_only=True)
    places_left = serializers.IntegerField(source="opening.places_left", read_only=True)
    hours_min = serializers.FloatField(read_only=True)
    hours_max = serializers.FloatField(read_only=True)
    days = CapacityDaySerializer(many=True, read_only=True)
    exceptions = CapacityExceptionSerializer(many=True, read_only=True)

    class Meta:
        model = Capacity
        fields = [
            "id",
            "opening",
            "workplace",
            "placement_kind",
            "work",
            "places",
            "places_left",
            "supervisors",
            "per_supervisor",
            "support",
            "starts_on",
            "ends_on",
            "hours_min",
            "hours_max",
            "weekdays",
            "days",
            "exceptions",
        ]


class CellSerializer(serializers.Serializer[Any]):
    """One day of the calendar, in places."""

    day = serializers.DateField()
    offered = serializers.IntegerField()
    taken = serializers.IntegerField()
    reserved = serializers.IntegerField()
    free = serializers.IntegerField()
    is_closed = serializers.BooleanField()


class DayDraftSerializer(serializers.Serializer[Any]):
    """A weekday from one time to another."""

    weekday = serializers.ChoiceField(choices=Weekday.choices)
    starts_at = serializers.TimeField()
    ends_at = serializers.TimeField()


class CapacityDraftSerializer(serializers.ModelSerializer[Capacity]):
    """Lasting places as their writer sends them."""

    workplace = serializers.PrimaryKeyRelatedField(queryset=Workplace.objects.none())
    work = serializers.CharField(max_length=300)
    days = DayDraftSerializer(many=True)

    class Meta:
        model = Capacity
        fields = [
            "workplace",
            "work",
            "placement_kind",
            "places",
            "supervisors",
            "per_supervisor",
            "support",
            "starts_on",
            "ends_on",
            "days",
        ]

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Let the workplace be one in whose employer's name the sender may write."""
        fields = super().get_fields()
        if (request := self.context.get("request")) is not None:
            fields["workplace"].queryset = Workplace.objects.writable_by(request.user)  # type: ignore[attr-defined]
        return fields

    def service_arguments(self) -> dict[str, Any]:
        """Return what `offer_places` takes."""
        values = dict(self.validated_data)
        days = [
            Day.between(each["weekday"], each["starts_at"], each["ends_at"]) for each in values.pop("days")
        ]
        return {"fields": values, "days": days}


class ExceptionDraftSerializer(serializers.ModelSerializer[CapacityException]):
    """Days on which the places are different, as their writer sends them."""

    class Meta:
        model = CapacityException
        fields = ["kind", "first_on", "last_on", "starts_at", "ends_at"]
        validators: list[Any] = []
