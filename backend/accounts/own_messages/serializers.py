"""What is chosen about messages, and when it is quiet, in the API."""

from typing import Any

from rest_framework import serializers

from backend.core.api.said import Said, day
from backend.core.enums import Pace
from backend.core.models import QuietHours


class OfferedKindSerializer(serializers.Serializer[Any]):
    """One kind of message that can be turned off: its name, its subject, and whether it is mailed."""

    name = serializers.CharField()
    subject = serializers.CharField()
    is_mailed = serializers.BooleanField()


class MessageChoiceSerializer(serializers.Serializer[Any]):
    """What the sender has chosen, and between what."""

    pace = serializers.ChoiceField(choices=Pace.choices)
    paces = serializers.ListField(child=serializers.ChoiceField(choices=Pace.choices))
    kinds = OfferedKindSerializer(many=True)
    sms_number = serializers.CharField()


class ChooseMessagesSerializer(Said):
    """How often what is not urgent is mailed, and which kinds are not mailed at all."""

    pace = serializers.ChoiceField(choices=Pace.choices)
    off = serializers.ListField(child=serializers.CharField(max_length=60), max_length=100)


class NumberSerializer(Said):
    """The mobile number to which a code is sent."""

    number = serializers.CharField(max_length=30)


class PhoneCodeSerializer(Said):
    """The code that was sent."""

    code = serializers.CharField(max_length=12, source="typed")


class QuietHoursSerializer(serializers.ModelSerializer[QuietHours]):
    """From when in the evening until when in the morning it is quiet, from a day on."""

    class Meta:
        model = QuietHours
        fields = ("valid_from", "starts_at", "ends_at")


class SetQuietHoursSerializer(Said):
    """The same as it is set."""

    valid_from = day()
    starts_at = serializers.TimeField()
    ends_at = serializers.TimeField()
