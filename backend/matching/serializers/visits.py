"""Meetings in the API: what is proposed and booked, and nothing about the person."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api.said import Said, choice, words
from backend.core.fields import validate_working_date
from backend.matching.enums import CancelReason, Chooser, VisitKind, VisitPlace, VisitState
from backend.matching.models import Visit, VisitTime
from backend.matching.models.visits import MOST_TIMES
from backend.matching.pages.visit_forms import REASONS


class VisitSerializer(serializers.ModelSerializer[Visit]):
    """A meeting: about which proposal, where it stands, and when it is."""

    class Meta:
        model = Visit
        fields: tuple[str, ...] = ("id", "proposal", "kind", "state", "chooser", "starts_at", "ends_at")


class VisitTimeSerializer(serializers.ModelSerializer[VisitTime]):
    """One of the times."""

    class Meta:
        model = VisitTime
        fields = ("id", "starts_at", "ends_at")


class FullVisitSerializer(VisitSerializer):
    """A meeting with where it is, which times can be chosen, and why it was cancelled."""

    times = serializers.SerializerMethodField()

    class Meta(VisitSerializer.Meta):
        fields = (*VisitSerializer.Meta.fields, "place", "place_words", "cancel_reason", "times")

    @extend_schema_field(VisitTimeSerializer(many=True))
    def get_times(self, visit: Visit) -> Any:
        """Return the times that can be chosen now."""
        times = visit.times_now() if visit.state == VisitState.PROPOSED else ()
        return VisitTimeSerializer(times, many=True).data


class MoveSerializer(Said):
    """One to five times, how long, who chooses one of them, and where."""

    times = serializers.ListField(child=serializers.DateTimeField(), min_length=1, max_length=MOST_TIMES)
    minutes = serializers.IntegerField(min_value=1, max_value=1440)
    chooser = choice(Chooser, must=False)
    place = choice(VisitPlace, must=False)
    place_words = words(200)

    def validate_times(self, times: list[datetime]) -> list[datetime]:
        """Refuse moments that nobody can have meant."""
        for each in times:
            validate_working_date(each.date())
        return times

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service wants to know; what is left empty is as the service has it."""
        said = super().service_arguments()
        return {name: value for name, value in said.items() if value != ""}


class OfferSerializer(MoveSerializer):
    """What kind of meeting, and when it can be."""

    kind = choice(VisitKind)


class ChooseSerializer(Said):
    """The time that suits."""

    time = serializers.UUIDField(source="time_id")


class CancelVisitSerializer(Said):
    """Why nobody meets; everybody reads it, and each side has its own reasons."""

    reason = choice(CancelReason)

    def validate_reason(self, reason: str) -> str:
        """Refuse what is not the sender's to say."""
        if reason not in REASONS[self.context["request"].user.persona]:
            raise serializers.ValidationError(_("That is for the other side to say."), "reason_of_others")
        return reason


class NoteSerializer(Said):
    """Whether they have met."""

    took_place = serializers.BooleanField()
