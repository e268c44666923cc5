"""Files in the API: given byte for byte as they are kept, and handed in as a form."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from backend.core.documents import PDF, read_handed_in
from backend.core.documents.handed_in import PICTURES

A_PDF = {(200, PDF): OpenApiTypes.BINARY}
"""What the schema says of an answer that is a PDF."""
A_PAPER = {(200, kind): OpenApiTypes.BINARY for kind in (PDF, *PICTURES.values())}
"""What it says of a paper as it was handed in."""


class AsItIs(DefaultContentNegotiation):
    """A file is given as what it is, whatever the caller says to accept; refusals are JSON."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return what writes a refusal."""
        first = next(iter(renderers))
        return first, str(first.media_type)


@extend_schema_field(OpenApiTypes.BINARY)
class HandedInField(serializers.FileField):
    """A PDF, JPEG or PNG of 10 MB at most, taken by what its bytes are."""

    def to_internal_value(self, data: Any) -> Any:
        """Return what was handed in, as the pages take it."""
        return read_handed_in(super().to_internal_value(data))
