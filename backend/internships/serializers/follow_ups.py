"""Follow-ups in the API: each side reads and says its own, the coach both."""

from typing import Any

from rest_framework import serializers

from backend.accounts.enums import Persona
from backend.core.api.said import Said, choice, day, words
from backend.internships.enums import Mood, Presence
from backend.internships.models import Answer, FollowUp
from backend.internships.pages.next import said_by
from backend.internships.services import SIDES, stamps_of

OF_SIDES = tuple(f"{side}_{part}" for side in SIDES for part in (*Answer._fields, "answered_at", "way"))


CALLS = ("call_wanted_at", "employer_call_wanted_at")
"""When the participant, and when the employer, asked the job coach to call."""


class FollowUpSerializer(serializers.ModelSerializer[FollowUp]):
    """When a check-in is due, and whether it is closed."""

    class Meta:
        model = FollowUp
        fields: tuple[str, ...] = (
            "id",
            "internship",
            "kind",
            "number",
            "due_on",
            "closed_at",
            "cancelled_at",
        )


class SaidSerializer(serializers.Serializer[Any]):
    """What one side has said."""

    mood = serializers.ChoiceField(choices=Mood.choices, source="answer.mood")
    note = serializers.CharField(source="answer.note")
    change = serializers.CharField(source="answer.change")
    presence = serializers.ChoiceField(choices=Presence.choices, source="answer.presence", allow_blank=True)
    at = serializers.DateTimeField()


class EmployerFollowUpSerializer(FollowUpSerializer):
    """A check-in as its employer reads it: what the employer said, and nobody else."""

    side = Persona.EMPLOYER
    said = serializers.SerializerMethodField()

    class Meta(FollowUpSerializer.Meta):
        fields = (*FollowUpSerializer.Meta.fields, "said")

    def get_said(self, follow_up: FollowUp) -> SaidSerializer(allow_null=True):  # type: ignore[valid-type]
        """Return the side's own answer; null before there is one."""
        said = said_by(follow_up, self.side)
        return None if said is None else SaidSerializer(said).data


class OwnFollowUpSerializer(EmployerFollowUpSerializer):
    """A check-in as its participant reads it."""

    side = Persona.PARTICIPANT

    class Meta(EmployerFollowUpSerializer.Meta):
        fields = (*EmployerFollowUpSerializer.Meta.fields, "call_wanted_at")


class StaffFollowUpSerializer(FollowUpSerializer):
    """A check-in to staff: both sides, the summary, and by what to tell if somebody writes meanwhile."""

    seen = serializers.SerializerMethodField()

    class Meta(FollowUpSerializer.Meta):
        fields = (*FollowUpSerializer.Meta.fields, *OF_SIDES, "coach_note", *CALLS, "seen")

    def get_seen(self, follow_up: FollowUp) -> dict[str, str]:
        """Return the stamp of each part, which goes back with what is written."""
        return stamps_of(follow_up)


class AnswerSerializer(Said):
    """How it goes, in the words of the sender's side, who may want to be called."""

    mood = choice(Mood)
    note = words(1000)
    change = words(1000)
    presence = choice(Presence, must=False)
    wants_call = serializers.BooleanField(required=False)


class HeardSerializer(Said):
    """What a coach heard from both sides and her summary, beside what she had before her."""

    employer_mood = choice(Mood, must=False)
    employer_note = words(1000)
    employer_change = words(1000)
    employer_presence = choice(Presence, must=False)
    participant_mood = choice(Mood, must=False)
    participant_note = words(1000)
    participant_change = words(1000)
    participant_presence = choice(Presence, must=False)
    coach_note = words(2000)
    closes = serializers.BooleanField(default=False)
    seen = serializers.DictField(child=serializers.CharField(max_length=100, allow_blank=True))

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service wants to know; a side without a word has not been heard."""
        said = self.validated_data
        answers = {str(side): Answer.of(side, said) for side in SIDES}
        rest = {name: said[name] for name in ("closes", "seen")}
        return {"answers": answers, "coach_note": said.get("coach_note", ""), **rest}


class CorrectFollowUpSerializer(Said):
    """What is changed of answers and summary, and why; what is not sent stays."""

    employer_mood = choice(Mood, must=False)
    employer_note = words(1000)
    employer_change = words(1000)
    employer_presence = choice(Presence, must=False)
    participant_mood = choice(Mood, must=False)
    participant_note = words(1000)
    participant_change = words(1000)
    participant_presence = choice(Presence, must=False)
    coach_note = words(2000)
    why = serializers.CharField(max_length=300, allow_blank=True, default="")


class ExtraSerializer(Said):
    """The day of an extra follow-up."""

    due_on = day()
