"""How the API answers when a service refuses."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import status
from rest_framework.exceptions import ValidationError as ApiValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from backend.core.writing.lifecycle import TransitionNotAllowed


def handle_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer 409 for a move that is no longer possible and 400 for a refused value, like the pages do."""
    if isinstance(error, TransitionNotAllowed):
        return Response({"detail": "conflict", "state": error.current}, status=status.HTTP_409_CONFLICT)
    if isinstance(error, ValidationError):
        error = ApiValidationError({"detail": error.messages})
    return exception_handler(error, context)
