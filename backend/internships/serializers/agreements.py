"""Agreements in the API: frozen words, with what the reader may call the person, and who has signed."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api.files import HandedInField
from backend.core.api.said import Said, day
from backend.internships.enums import Party
from backend.internships.models import Agreement, SigningCode
from backend.internships.pages.agreements import signatures_of, terms_for
from backend.internships.services import masked


class AgreementSerializer(serializers.ModelSerializer[Agreement]):
    """A version: when it was drawn up, when another took its place, when all three had signed it."""

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = ("id", "internship", "number", "made_at", "superseded_at", "settled_at")


class TermSerializer(serializers.Serializer[Any]):
    """One term in words."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    words = serializers.CharField()


class SignedSerializer(serializers.Serializer[Any]):
    """One party's place under a version; without a day it is empty."""

    party = serializers.CharField()
    how = serializers.CharField()
    who = serializers.CharField()
    on = serializers.DateField(allow_null=True)


class ReadAgreementSerializer(AgreementSerializer):
    """A version as one of its parties reads it."""

    terms = serializers.SerializerMethodField()
    promises = serializers.SerializerMethodField()
    signed = serializers.SerializerMethodField()

    class Meta(AgreementSerializer.Meta):
        fields = (*AgreementSerializer.Meta.fields, "terms", "promises", "signed")

    @extend_schema_field(TermSerializer(many=True))
    def get_terms(self, agreement: Agreement) -> Any:
        """Return the terms in the reader's language and words."""
        return TermSerializer(self._said(agreement)["terms"], many=True).data

    @extend_schema_field(TermSerializer(many=True))
    def get_promises(self, agreement: Agreement) -> Any:
        """Return what the three promise each other."""
        return TermSerializer(self._said(agreement)["promises"], many=True).data

    @extend_schema_field(SignedSerializer(many=True))
    def get_signed(self, agreement: Agreement) -> Any:
        """Return the place of each party."""
        reader = self.context["request"].user
        rows = signatures_of(agreement.signatures.all(), agreement.internship, reader)
        return SignedSerializer(rows, many=True).data

    def _said(self, agreement: Agreement) -> dict[str, Any]:
        reader = self.context["request"].user
        return dict(terms_for(agreement, reader, on=timezone.localdate()))


class VerifiedSerializer(serializers.Serializer[Any]):
    """Whether the document that is kept is byte for byte the one that a party signed."""

    party = serializers.CharField()
    how = serializers.CharField()
    at = serializers.DateTimeField()
    is_same = serializers.BooleanField()
    sha256 = serializers.CharField()


class PaperSerializer(Said):
    """A paper, who has signed it, and when; sent as multipart/form-data."""

    parties = serializers.MultipleChoiceField(choices=Party.choices, allow_empty=False)
    signer = serializers.CharField(max_length=150, allow_blank=True, default="")
    signed_on = day()
    paper = HandedInField()

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service wants to know, the parties in one order."""
        said = super().service_arguments()
        return {**said, "parties": sorted(said["parties"])}


class SigningCodeSerializer(serializers.ModelSerializer[SigningCode]):
    """A code that was mailed: to which address, until when it is typed, and when it was. Never the code."""

    sent_to = serializers.SerializerMethodField()

    class Meta:
        model = SigningCode
        fields = ("id", "agreement", "sent_to", "sent_at", "expires_at", "opened_at")

    def get_sent_to(self, code: SigningCode) -> str:
        """Return the address so that its owner knows it and nobody else learns it."""
        return masked(code.address)


class TypedSerializer(Said):
    """The code as it stands in the mail."""

    code = serializers.CharField(max_length=20, source="typed")


class BySigningCodeSerializer(Said):
    """Which code has opened the version: its key, not its digits."""

    signing_code = serializers.UUIDField()
