"""Certificates in the API: what one says, in the reader's language."""

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api.said import Said
from backend.internships.models import Certificate
from backend.internships.serializers.agreements import TermSerializer


class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    """An edition: of which internship, when it was issued, when another took its place."""

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = ("id", "internship", "number", "issued_at", "superseded_at")


class ReadCertificateSerializer(CertificateSerializer):
    """An edition with what it says."""

    contents = serializers.SerializerMethodField()

    class Meta(CertificateSerializer.Meta):
        fields = (*CertificateSerializer.Meta.fields, "contents")

    @extend_schema_field(TermSerializer(many=True))
    def get_contents(self, certificate: Certificate) -> Any:
        """Return its lines in the reader's language."""
        return TermSerializer(certificate.contents_in(get_language() or "sv"), many=True).data


class IssueSerializer(Said):
    """Whether the hours at the workplace stand in it, where they are known."""

    with_hours = serializers.BooleanField(default=False)
