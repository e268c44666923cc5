"""A participant's consents in the API."""

from rest_framework import serializers

from backend.participants.models import Consent, ReleasedItem


class ReleasedItemSerializer(serializers.ModelSerializer[ReleasedItem]):
    """One item that may be told, in the words that the receiver reads."""

    class Meta:
        model = ReleasedItem
        fields = ("kind", "text")


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    """To whom something may be told, for what and until when; not what, nor about whom."""

    receiver_name = serializers.CharField(source="receiver.name")

    class Meta:
        model = Consent
        fields: tuple[str, ...] = (
            "id",
            "employer",
            "agency",
            "receiver_name",
            "purpose",
            "given_at",
            "means",
            "valid_until",
            "withdrawn_at",
            "end_reason",
        )


class FullConsentSerializer(ConsentSerializer):
    """A consent with what it lets be told, to the person and to the staff who may open the file."""

    items = ReleasedItemSerializer(many=True)

    class Meta(ConsentSerializer.Meta):
        fields = (*ConsentSerializer.Meta.fields, "participant", "items")
