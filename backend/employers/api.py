"""Openings in the API: everybody reads what is published, employers write through the same services."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api import made_once
from backend.employers.models import Opening
from backend.employers.pages.filters import OpeningFilter
from backend.employers.serializers import OpeningDraftSerializer, OpeningSerializer
from backend.employers.services import close_opening, publish_opening, save_opening


@extend_schema_view(
    list=extend_schema(summary="Published openings, newest first, narrowed by the filters"),
    retrieve=extend_schema(summary="One opening that is public or one's own"),
)
class OpeningViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Opening]):
    """Published openings for everybody; drafts, publishing and closing for those who may write them."""

    serializer_class = OpeningSerializer
    filterset_class = OpeningFilter
    lookup_value_converter = "uuid"

    def get_permissions(self) -> list[BasePermission]:
        """Ask for a signed-in user before anything is written."""
        return [AllowAny() if self.request.method in SAFE_METHODS else IsAuthenticated()]

    def get_queryset(self) -> QuerySet[Opening]:
        """Return what the reader may see; the list holds published ones only."""
        openings = Opening.objects.visible_to(self.request.user)
        openings = openings.published(localdate()) if self.action == "list" else openings
        return openings.select_related("workplace__employer", "occupation__concept").prefetch_related(
            "requirements__concept"
        )

    @extend_schema(
        summary="Write a draft", request=OpeningDraftSerializer, responses={201: OpeningSerializer}
    )
    def create(self, request: Request) -> Response:
        """Save a draft for an employer in whose name the sender may write."""
        draft = OpeningDraftSerializer(data=request.data, context=self.get_serializer_context())
        draft.is_valid(raise_exception=True)
        fields, sender, at = draft.service_arguments(), self._sender(), timezone.now()
        key = made_once(request, lambda: save_opening(**fields, by=sender, at=at))
        return self._answer(key, status.HTTP_201_CREATED)

    @extend_schema(
        summary="Publish; a new employer's opening waits for approval",
        request=None,
        responses={200: OpeningSerializer},
    )
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Publish the opening, or send it for approval."""
        opening = self._own()
        sender, at = self._sender(), timezone.now()
        made_once(request, lambda: publish_opening(opening_id=opening.pk, by=sender, at=at))
        return self._answer(opening.pk)

    @extend_schema(summary="Close", request=None, responses={200: OpeningSerializer})
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Take the opening off the list."""
        opening = self._own()
        sender, at = self._sender(), timezone.now()
        made_once(request, lambda: close_opening(opening_id=opening.pk, by=sender, at=at))
        return self._answer(opening.pk)

    def _own(self) -> Opening:
        """Return the opening of the address if the sender may write it; else there is none."""
        editable = Opening.objects.editable_by(self.request.user)
        return get_object_or_404(editable, pk=self.kwargs["pk"])

    def _sender(self) -> Any:
        return self.request.user

    def _answer(self, pk: UUID | str, code: int = status.HTTP_200_OK) -> Response:
        opening = self.get_queryset().get(pk=pk)
        return Response(self.get_serializer(opening).data, status=code)
