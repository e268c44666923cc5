"""Sessions and marks in the API."""

from typing import Any

from rest_framework import serializers

from backend.activities import services
from backend.activities.enums import (
    CALLED_OFF,
    AbsenceKind,
    Certificate,
    Code,
    Presence,
    Weekday,
    presence_of,
)
from backend.activities.models import AbsenceReport, ActivitySession, ScheduleDay, WeeklySchedule
from backend.activities.pages.forms import LONGEST_BREAK
from backend.activities.planning import PlannedDay
from backend.core.api.said import Said, choice, day, words

MOST_MARKS = 200
"""So many sessions are marked at once."""


class SessionSerializer(serializers.ModelSerializer[ActivitySession]):
    """A session as anybody around it reads it: whether somebody was there, never why not."""

    presence = serializers.SerializerMethodField()
    minutes = serializers.SerializerMethodField()

    class Meta:
        model = ActivitySession
        fields: tuple[str, ...] = (
            "id",
            "internship_id",
            "date",
            "starts_at",
            "ends_at",
            "break_minutes",
            "net_minutes",
            "state",
            "presence",
            "minutes",
        )
        read_only_fields = fields

    def get_presence(self, session: ActivitySession) -> str | None:
        """Return present, partly, absent or no_day; None while nobody has said anything."""
        mark = session.standing
        return Presence(presence_of(mark.code)).value if mark else None

    def get_minutes(self, session: ActivitySession) -> int | None:
        """Return the minutes of a part of the day."""
        mark = session.standing
        return mark.minutes if mark else None


class FullSessionSerializer(SessionSerializer):
    """A session as coach and participant read it, with the coded reason and what the participant says."""

    code = serializers.SerializerMethodField()
    certificate = serializers.SerializerMethodField()
    participant_says = serializers.SerializerMethodField()

    class Meta(SessionSerializer.Meta):
        fields = (*SessionSerializer.Meta.fields, "code", "certificate", "participant_says")
        read_only_fields = fields

    def get_code(self, session: ActivitySession) -> str | None:
        """Return the code that stands."""
        return session.standing.code if session.standing else None

    def get_certificate(self, session: ActivitySession) -> str | None:
        """Return whether a certificate was seen."""
        return session.standing.certificate or None if session.standing else None

    def get_participant_says(self, session: ActivitySession) -> str | None:
        """Return the code of the participant's own."""
        return session.own.code if session.own else None


class AttendanceSerializer(Said):
    """What is said of a session."""

    code = serializers.ChoiceField(choices=Code.choices)
    minutes = serializers.IntegerField(required=False, min_value=1, max_value=1440)
    certificate = serializers.ChoiceField(choices=Certificate.choices, required=False)
    note = serializers.CharField(required=False, allow_blank=True, max_length=500)
    why = serializers.CharField(required=False, allow_blank=True, max_length=300)


class OneMarkSerializer(AttendanceSerializer):
    """What is said of one of several sessions."""

    session = serializers.UUIDField(source="session_id")


class RollCallSerializer(Said):
    """What is said of several sessions: all of it is taken, or none."""

    marks = OneMarkSerializer(many=True, max_length=MOST_MARKS)  # type: ignore[call-arg]

    def service_arguments(self) -> dict[str, Any]:
        """Return the marks as the service takes them."""
        return {"marks": [services.Said(**each) for each in self.validated_data["marks"]]}


class AbsenceSerializer(serializers.ModelSerializer[AbsenceReport]):
    """That somebody will be away, or was: between which days, and no more."""

    class Meta:
        model = AbsenceReport
        fields: tuple[str, ...] = ("id", "internship", "first_on", "last_on", "reported_at")


class FullAbsenceSerializer(AbsenceSerializer):
    """The same as coach and participant read it: what it is about, who said so, whether it was taken back."""

    class Meta(AbsenceSerializer.Meta):
        fields = (*AbsenceSerializer.Meta.fields, "kind", "words", "capacity", "withdrawn_at")


class ReportAbsenceSerializer(Said):
    """From when until when, and what it is about, as coarsely as it can be said; never health."""

    first_on = day()
    last_on = day()
    kind = choice(AbsenceKind)
    words = words(200)


class CallOffSerializer(Said):
    """Who called it off: the workplace for itself, the coach for whoever it was."""

    state = serializers.ChoiceField(choices=[(each.value, each.label) for each in CALLED_OFF])


class ScheduleDaySerializer(serializers.ModelSerializer[ScheduleDay]):
    """A weekday with its hours in local time."""

    class Meta:
        model = ScheduleDay
        fields: tuple[str, ...] = ("weekday", "starts_at", "ends_at", "break_minutes")


class ScheduleSerializer(serializers.ModelSerializer[WeeklySchedule]):
    """A week's days and hours, from a day on until another version holds."""

    days = ScheduleDaySerializer(many=True, read_only=True)

    class Meta:
        model = WeeklySchedule
        fields: tuple[str, ...] = ("id", "internship", "valid_from", "valid_to", "days")


class PlannedDaySerializer(serializers.Serializer[Any]):
    """A weekday as it is planned."""

    weekday = choice(Weekday)
    starts_at = serializers.TimeField()
    ends_at = serializers.TimeField()
    break_minutes = serializers.IntegerField(min_value=0, max_value=LONGEST_BREAK, default=0)


class PlanScheduleSerializer(Said):
    """The days of a week, and from when they hold."""

    valid_from = day()
    days = PlannedDaySerializer(many=True, max_length=len(Weekday))  # type: ignore[call-arg]

    def service_arguments(self) -> dict[str, Any]:
        """Return the days as the service takes them."""
        said = super().service_arguments()
        return {**said, "days": [PlannedDay(**each) for each in said["days"]]}
