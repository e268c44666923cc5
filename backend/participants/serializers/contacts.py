"""Lines of the journal of a case in the API."""

from rest_framework import serializers

from backend.accounts.journal.lines import ContactChannel
from backend.core.api.said import Said, choice, day, words
from backend.participants.models import Contact


class CaseContactSerializer(serializers.ModelSerializer[Contact]):
    """When and how there was contact: nothing about the person."""

    class Meta:
        model = Contact
        fields: tuple[str, ...] = ("id", "participant", "channel", "happened_on")


class FullCaseContactSerializer(CaseContactSerializer):
    """A line as it stands in the file, to whoever may open it."""

    recorded_by_name = serializers.CharField(source="recorded_by.name")

    class Meta(CaseContactSerializer.Meta):
        fields = (
            *CaseContactSerializer.Meta.fields,
            "line",
            "next_step",
            "next_on",
            "recorded_by_name",
            "recorded_at",
        )


class RecordContactSerializer(Said):
    """A contact that there was, and the next step with its day, or neither."""

    channel = choice(ContactChannel)
    on = day()
    line = words(200)
    next_step = words(120)
    next_on = day(must=False, may_be_none=True)
