"""Lasting places in the API: the same scopes and services as the pages."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api import made_once
from backend.employers.capacity.calendar import calendar_of
from backend.employers.capacity.serializers import (
    CapacityDraftSerializer,
    CapacitySerializer,
    CellSerializer,
    ExceptionDraftSerializer,
)
from backend.employers.models import Capacity
from backend.employers.services import add_exception, offer_places, withdraw_exception


@extend_schema_view(
    list=extend_schema(summary="The lasting places that the sender may know of"),
    retrieve=extend_schema(summary="Lasting places with their days and exceptions"),
)
class CapacityViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Capacity]):
    """Lasting places of the sender's employers, and to staff those of their municipality."""

    serializer_class = CapacitySerializer
    permission_classes = [IsAuthenticated]
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Capacity]:
        """Return what the sender may see."""
        return Capacity.objects.visible_to(self.request.user).for_hours()

    @extend_schema(
        summary="Offer lasting places; a new employer's wait for approval",
        request=CapacityDraftSerializer,
        responses={201: CapacitySerializer},
    )
    def create(self, request: Request) -> Response:
        """Register and publish, as the short form does."""
        draft = CapacityDraftSerializer(data=request.data, context=self.get_serializer_context())
        draft.is_valid(raise_exception=True)
        said, sender, at = draft.service_arguments(), self._sender(), timezone.now()
        key = made_once(request, lambda: offer_places(**said, by=sender, at=at))
        return self._answer(key, status.HTTP_201_CREATED)

    @extend_schema(
        summary="What is offered, taken, reserved and free, day by day, for eight weeks",
        parameters=[
            OpenApiParameter("since", date, description="A day of the first week; by default today.")
        ],
        responses={200: CellSerializer(many=True)},
    )
    @action(detail=True, pagination_class=None, filter_backends=[])
    def calendar(self, request: Request, pk: UUID) -> Response:
        """Return the days on which something is offered or taken."""
        today = timezone.localdate()
        shown = calendar_of([self.get_object()], since=_since(request, today), today=today)
        cells = [cell for row in shown.rows for cell in row.cells if not cell.is_empty]
        return Response(CellSerializer(cells, many=True).data)

    @extend_schema(
        summary="Closed, other hours or nobody new, from a day to another",
        request=ExceptionDraftSerializer,
        responses={201: CapacitySerializer},
    )
    @action(detail=True, methods=["post"], url_path="exceptions")
    def add_exception(self, request: Request, pk: UUID) -> Response:
        """Put an exception into the calendar."""
        capacity = self._own()
        draft = ExceptionDraftSerializer(data=request.data)
        draft.is_valid(raise_exception=True)
        said: dict[str, Any] = {**draft.validated_data, "capacity_id": capacity.pk}
        sender, at = self._sender(), timezone.now()
        made_once(request, lambda: add_exception(**said, by=sender, at=at))
        return self._answer(capacity.pk, status.HTTP_201_CREATED)

    @extend_schema(summary="Take an exception back", request=None, responses={200: CapacitySerializer})
    @action(detail=True, methods=["post"], url_path="exceptions/<uuid:exception_pk>/withdraw")
    def withdraw(self, request: Request, pk: UUID, exception_pk: UUID) -> Response:
        """Take back what was said of some days; it stays to be read."""
        row = get_object_or_404(self._own().exceptions.all(), pk=exception_pk)
        sender, at = self._sender(), timezone.now()
        made_once(request, lambda: withdraw_exception(exception_id=row.pk, by=sender, at=at))
        return self._answer(row.capacity_id)

    def _own(self) -> Capacity:
        """Return the capacity of the address if the sender may write it; else there is none."""
        return get_object_or_404(Capacity.objects.editable_by(self.request.user), pk=self.kwargs["pk"])

    def _sender(self) -> Any:
        return self.request.user

    def _answer(self, pk: UUID | str, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=code)


def _since(request: Request, today: date) -> date:
    try:
        since = date.fromisoformat(request.query_params.get("since", ""))
    except ValueError:
        return today
    return since if abs((since - today).days) < 5 * 366 else today
