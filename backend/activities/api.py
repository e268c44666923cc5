"""Sessions and attendance in the API: the same scopes and services as the pages."""

from typing import Any, cast
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.activities import services
from backend.activities.models import ActivitySession, ActivitySessionQuerySet
from backend.activities.pages.access_log import ATTENDANCE, ROLL_CALL
from backend.activities.serializers import FullSessionSerializer, MarkSerializer, SessionSerializer
from backend.core.api import made_once
from backend.participants.access_log import shown


def _sender(request: Request) -> User:
    return cast("User", request.user)


@extend_schema_view(
    list=extend_schema(summary="The sessions that the sender may read, the newest first; no reasons"),
    retrieve=extend_schema(
        summary="One session: to the workplace who was there, to coach and participant the coded reason too",
        responses=FullSessionSerializer,
    ),
)
class SessionViewSet(viewsets.ReadOnlyModelViewSet[ActivitySession]):
    """Sessions at the sender's workplace, of the cases that the sender may open, or of the sender."""

    permission_classes = (IsAuthenticated,)
    serializer_class = SessionSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> ActivitySessionQuerySet:
        """Return what the sender may see; lists leave out protected identities."""
        readable = ActivitySession.objects.read_by(_sender(self.request), on=timezone.localdate())
        if self.action == "list":
            readable = readable.of_findable()
        return readable.select_related("internship").with_marks().order_by("-date", "-starts_at", "pk")

    def get_serializer_class(self) -> type[BaseSerializer[ActivitySession]]:
        """Return the fields that fit the reader; a list is the same for all."""
        is_plain = self.action == "list" or not self.request.user.is_authenticated
        is_employer = is_plain or _sender(self.request).persona == Persona.EMPLOYER
        return SessionSerializer if is_employer else FullSessionSerializer

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give the sessions, and note down whose were read."""
        rows = self.paginate_queryset(self.get_queryset())
        found = list(self.get_queryset() if rows is None else rows)
        shown(request, {each.internship.participant_id for each in found if each.internship}, page=ROLL_CALL)
        data = self.get_serializer(found, many=True).data
        return Response(data) if rows is None else self.get_paginated_response(data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give one session, and note down that it was read."""
        return self._shown(self.get_object())

    @extend_schema(summary="Say who was there", request=MarkSerializer, responses=FullSessionSerializer)
    @action(detail=True, methods=["post"])
    def mark(self, request: Request, pk: UUID) -> Response:
        """Say it as the coach, for the workplace or of oneself; what stands already is answered as it is."""
        sender = _sender(request)
        readable = ActivitySession.objects.read_by(sender, on=timezone.localdate())
        get_object_or_404(readable.markable_by(sender, on=timezone.localdate()), pk=pk)
        said = MarkSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        what: dict[str, Any] = {"session_id": pk, "by": sender, "at": timezone.now(), **said.validated_data}
        made_once(request, lambda: services.mark_session(**what))
        return self._shown(self.get_queryset().get(pk=pk))

    def _shown(self, session: ActivitySession) -> Response:
        page = ROLL_CALL if _sender(self.request).persona == Persona.EMPLOYER else ATTENDANCE
        if session.internship:
            shown(self.request, [session.internship.participant_id], page=page)
        return Response(self.get_serializer(session).data)
