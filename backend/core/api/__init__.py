"""The API's side of the one door: how a refusal is answered, and what is sent twice."""

import json
import math
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, ParseError, Throttled
from rest_framework.exceptions import ValidationError as ApiValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from backend.core.writing import once
from backend.core.writing.lifecycle import TransitionNotAllowed

LONGEST_KEY = 200
MOST_BYTES = 200_000
Reason = dict[str, str]


class BoundedJSONParser(JSONParser):
    """Reads JSON of a size that a form could have, nested no deeper, in text that can be written again."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return what `stream` holds. Raises ParseError for anything too long, too deep or no text."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise ParseError(_("That is too much."))
        try:
            data = super().parse(BytesIO(body), media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError) as error:
            raise ParseError(_("That cannot be read.")) from error
        return data


def made_once(request: Request, write: Callable[[], Model]) -> str:
    """Return the key of the row that `write` makes, or made when this `Idempotency-Key` first came."""
    header = request.headers.get("Idempotency-Key", "")[:LONGEST_KEY]
    key = once.key_from("api", request.path, header) if header else ""
    answer, _is_new = once.once(lambda: str(write().pk), key=key, by=request.user, at=timezone.now())
    return answer


def handle_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer with `code`, `detail` and, where one field is meant, `field`: 404, 409, 422 or 429.

    Several reasons stand in `reasons`, the first of them also by itself.
    """
    if isinstance(error, TransitionNotAllowed):
        words = _("Somebody else was first. Nothing was changed by your click.")
        answer = {"code": "conflict", "detail": words, "state": error.current}
        return Response(answer, status=status.HTTP_409_CONFLICT)
    if isinstance(error, ValidationError):
        return _refused(list(_of_service(error)))
    if isinstance(error, ApiValidationError):
        return _refused(list(_of_serializer(error.detail)))
    if isinstance(error, Throttled):
        error.detail = _too_many(getattr(error, "wait", None))
    if isinstance(error, ObjectDoesNotExist):
        error = Http404()
    response = exception_handler(error, context)
    if response is not None and isinstance(response.data, dict) and "detail" in response.data:
        detail = response.data["detail"]
        response.data["code"] = getattr(detail, "code", None) or getattr(error, "default_code", "not_found")
    return response


def _too_many(seconds: float | None) -> ErrorDetail:
    wait = math.ceil(seconds or 1)
    words = ngettext(
        "Too many requests: go on in %(wait)d second.", "Too many requests: go on in %(wait)d seconds.", wait
    )
    return ErrorDetail(words % {"wait": wait}, Throttled.default_code)


def _refused(reasons: list[Reason]) -> Response:
    answer = {**reasons[0], "reasons": reasons}
    return Response(answer, status=status.HTTP_422_UNPROCESSABLE_ENTITY)


def _of_service(error: ValidationError) -> Iterator[Reason]:
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for field, errors in by_field.items():
        for each in errors:
            yield _reason(
                each.code or "invalid", each.messages[0], "" if field == NON_FIELD_ERRORS else field
            )


def _of_serializer(detail: Any, field: str = "") -> Iterator[Reason]:
    """Yield the reasons in DRF's tree of errors; rows are named by number, `requirements.3.text`."""
    if isinstance(detail, dict):
        for name, below in detail.items():
            is_whole = name == api_settings.NON_FIELD_ERRORS_KEY
            yield from _of_serializer(below, field if is_whole else f"{field}.{name}".strip("."))
    elif isinstance(detail, list):
        for number, below in enumerate(detail):
            inside = f"{field}.{number}" if isinstance(below, dict) else field
            yield from _of_serializer(below, inside)
    else:
        yield _reason(getattr(detail, "code", None) or "invalid", str(detail), field)


def _reason(code: str, detail: str, field: str) -> Reason:
    return {"code": code, "detail": detail} | ({"field": field} if field else {})
