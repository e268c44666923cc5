"""A kept file as an answer: to be saved, never shown as a page of ours."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from backend.core.documents.keeping import octets_of
from backend.core.models import StoredFile

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def file_response(file: StoredFile, *, name: str) -> HttpResponse:
    """Return `file` to be saved as `name`; the browser neither guesses what it is nor runs anything in it."""
    response = HttpResponse(octets_of(file), content_type=file.media_type)
    whole_name = f"{name}.{ENDINGS.get(file.media_type, 'bin')}"
    response["Content-Disposition"] = content_disposition_header(True, whole_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
