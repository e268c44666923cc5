"""What all resources around a case do alike: read as on the pages, write by the pages' services, once."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework import status, viewsets
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core.api import made_once
from backend.core.api.said import Said
from backend.participants.access_log import shown

Row = TypeVar("Row", bound=Model)


def sender_of(request: Request) -> User:
    """Return who sends."""
    return cast("User", request.user)


def is_staff(request: Request) -> bool:
    """Tell whether the sender works for the municipality; nobody does in a schema that is being made."""
    return isinstance(request.user, User) and request.user.persona == Persona.STAFF


class IsCoach(BasePermission):
    """Job coaches; everybody else finds nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether the sender coaches somewhere."""
        if request.user.is_authenticated and not request.user.has_role(Role.COACH):
            raise Http404
        return bool(request.user.is_authenticated)


def ask_once(
    request: Request, service: Callable[..., Model], shape: type[Said] | None = None, **what: Any
) -> str:
    """Ask `service` for `what` and what was sent in `shape`; return the key of the row that it gives.

    Sent again with the same `Idempotency-Key` it is done once.
    """
    said: dict[str, Any] = {}
    if shape is not None:
        sent = shape(data=request.data, context={"request": request})
        sent.is_valid(raise_exception=True)
        said = sent.service_arguments()
    sender, at = sender_of(request), timezone.now()
    return made_once(request, lambda: service(**what, **said, by=sender, at=at))


class CaseViewSet(viewsets.ReadOnlyModelViewSet[Row]):
    """Rows of cases: a list is the same for all and names nobody; one row has what its reader may know."""

    permission_classes = (IsAuthenticated,)
    lookup_value_converter = "uuid"
    in_full: ClassVar[Mapping[str, type[BaseSerializer[Any]]]] = {}
    """By persona, how one row is given."""
    page: ClassVar[str]
    """As what the look at one row is written down."""
    page_of_list: ClassVar[str]
    """As what the look at a list is."""
    case: ClassVar[str] = "internship.participant_id"
    """Where the key of the person stands in a row."""

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """Return the fields that fit the reader; a list is the same for all."""
        if self.action == "list" or not self.request.user.is_authenticated:
            return super().get_serializer_class()
        return self.in_full[sender_of(self.request).persona]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give the rows, and note down whose they are."""
        rows = cast("list[Row]", self.paginate_queryset(self.filter_queryset(self.get_queryset())))
        self._note(rows, page=self.page_of_list)
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give one row, and note down that it was read."""
        return self.given(self.get_object())

    def written(
        self,
        service: Callable[..., Model],
        shape: type[Said] | None = None,
        *,
        among: QuerySet[Row],
        **what: Any,
    ) -> Response:
        """Ask `service` about the row of the address, if it is `among` these, and give it as it is then."""
        pk: UUID = self.kwargs["pk"]
        get_object_or_404(among, pk=pk)
        ask_once(self.request, service, shape, **what)
        return self.given(self.get_queryset().get(pk=pk))

    def given(self, row: Row, code: int = status.HTTP_200_OK) -> Response:
        """Answer with one row, and note down that it was read."""
        self._note([row], page=self.page)
        return Response(self.get_serializer(row).data, status=code)

    def _note(self, rows: Iterable[Row], *, page: str) -> None:
        shown(self.request, set(map(attrgetter(self.case), rows)), page=page)
