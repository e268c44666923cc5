"""The replies that an organisation keeps, in the API: the pages' list and services."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.models import User
from backend.core.api import made_once
from backend.core.api.said import Said, choice, words
from backend.employers import services
from backend.employers.enums import ReplyTo
from backend.employers.models import CannedReply, Employer
from backend.employers.replies.kept import replies_of


class CannedReplySerializer(serializers.Serializer[Any]):
    """A reply as it is chosen; `is_own` is false for one of the programme's that nobody has changed."""

    key = serializers.CharField()
    answer = serializers.ChoiceField(choices=ReplyTo.choices)
    title = serializers.CharField()
    text = serializers.CharField()
    is_own = serializers.BooleanField()


class CannedReplyWrittenSerializer(Said):
    """A reply to keep; nothing in it belongs to one person."""

    answer = choice(ReplyTo)
    title = words(60, must=True)
    text = words(CannedReply.LONGEST, must=True)


KEPT = CannedReplySerializer(many=True)


class RepliesView(APIView):
    """All replies of an organisation."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(summary="The replies that an organisation keeps, in the order of answers", responses=KEPT)
    def get(self, request: Request, employer_id: UUID) -> Response:
        """Give the organisation's own, and the programme's that it has neither changed nor removed."""
        return _given(_theirs(request, employer_id))

    @extend_schema(summary="A new reply is kept", request=CannedReplyWrittenSerializer, responses={201: KEPT})
    def post(self, request: Request, employer_id: UUID) -> Response:
        """Keep one more, and give all."""
        employer = _theirs(request, employer_id)
        _ask_once(request, services.write_reply, employer, **_said(request))
        return _given(employer, status.HTTP_201_CREATED)


@extend_schema(
    summary="A reply says something else",
    operation_id="employers_replies_change",
    request=CannedReplyWrittenSerializer,
    responses=KEPT,
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def change(request: Request, employer_id: UUID, key: str) -> Response:
    """Change one, and give all; one of the programme's becomes the organisation's own."""
    employer = _theirs(request, employer_id)
    _ask_once(request, services.write_reply, employer, key=key, **_said(request))
    return _given(employer)


@extend_schema(summary="A reply is offered no more", request=None, responses=KEPT)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def remove(request: Request, employer_id: UUID, key: str) -> Response:
    """Take one away, and give those that are left."""
    employer = _theirs(request, employer_id)
    _ask_once(request, services.remove_reply, employer, key=key)
    return _given(employer)


def _theirs(request: Request, employer_id: UUID) -> Employer:
    return get_object_or_404(Employer.objects.writable_by(request.user), pk=employer_id)


def _said(request: Request) -> dict[str, Any]:
    sent = CannedReplyWrittenSerializer(data=request.data)
    sent.is_valid(raise_exception=True)
    return sent.service_arguments()


def _ask_once(request: Request, service: Callable[..., Model], employer: Employer, **what: str) -> None:
    by, at = cast("User", request.user), timezone.now()
    made_once(request, lambda: service(employer_id=employer.pk, **what, by=by, at=at))


def _given(employer: Employer, code: int = status.HTTP_200_OK) -> Response:
    return Response(CannedReplySerializer(replies_of(employer.pk), many=True).data, status=code)
