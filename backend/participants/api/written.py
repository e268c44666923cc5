"""Rows of a file in the API: what was written of skills, experience and wishes is settled, told, removed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db.models import Model
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from backend.accounts.models import User
from backend.core.api.said import Said
from backend.participants import services
from backend.participants.access_log import EDIT, shown
from backend.participants.api.cases import ask_once
from backend.participants.models import (
    Participant,
)
from backend.participants.serializers import written as shapes
from backend.participants.serializers.files import FileSerializer

Asked = TypeVar("Asked", bound=Callable[..., Response])


class _RowsViewSet(viewsets.GenericViewSet[Any]):
    """Rows of one list, in the cases of the sender. Each address answers with the file as it is then."""

    permission_classes = (IsAuthenticated,)
    lookup_value_converter = "uuid"
    filter_backends = ()
    pagination_class = None
    serializer_class: type[BaseSerializer[Any]] = FileSerializer
    kind: ClassVar[str]
    """The list's name in `services.ROWS`."""
    key: ClassVar[str]
    """What the services call the key of a row."""
    remover: ClassVar[Callable[..., None]]

    def get_queryset(self) -> Any:
        """Return the rows of the cases in which the sender may act."""
        mine = Participant.objects.decidable_by(self.request.user)
        return services.ROWS[self.kind]._default_manager.filter(participant__in=mine)

    @extend_schema(summary="A row is taken out of the file", request=None, responses=FileSerializer)
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: UUID) -> Response:
        """Take a row out; what a consent has released stays in the consent."""
        return self._of_row(type(self).remover)

    @extend_schema(
        summary="What the words mean, of whichever kind; the municipality understands them so from now on",
        request=shapes.MeaningSerializer,
        responses=FileSerializer,
    )
    @action(detail=True, methods=["post"])
    def mean(self, request: Request, pk: UUID) -> Response:
        """Give a row another meaning; it goes to the list where it belongs."""
        return self._ask(services.change_meaning, shapes.MeaningSerializer, kind=self.kind, text_id=pk)

    def _of_row(self, service: Callable[..., Any], shape: type[Said] | None = None) -> Response:
        return self._ask(service, shape, **{self.key: self.kwargs["pk"]})

    def _ask(self, service: Callable[..., Any], shape: type[Said] | None = None, **what: Any) -> Response:
        """Ask `service`; what was sent before with the same key is answered also when the row has gone."""
        mine = Participant.objects.decidable_by(self.request.user)

        def write(*, by: User, at: datetime, **said: Any) -> Model:
            whose = mine.get(pk=self.get_queryset().get(pk=self.kwargs["pk"]).participant_id)
            service(**said, by=by, at=at)
            return whose

        key = ask_once(self.request, write, shape, **what)
        shown(self.request, [UUID(key)], page=EDIT)
        return Response(FileSerializer(mine.with_rows().get(pk=key)).data)


def _asks(summary: str, shape: type[Said] | None = None) -> Callable[[Asked], Asked]:
    return extend_schema(summary=summary, request=shape, responses=FileSerializer)


class SkillViewSet(_RowsViewSet):
    """What people can do."""

    kind, key, remover = "skill", "skill_id", services.remove_skill

    @_asks("What the words of a skill mean", shapes.ConfirmSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: UUID) -> Response:
        """Settle the meaning: a skill of the catalogue, or as it is written."""
        return self._of_row(services.confirm_skill, shapes.ConfirmSerializer)

    @_asks("How well, and who says so", shapes.SkillChangeSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: UUID) -> Response:
        """Say anew how well the person can do it."""
        return self._of_row(services.set_skill_level, shapes.SkillChangeSerializer)


class ExperienceViewSet(_RowsViewSet):
    """What people have worked as."""

    kind, key, remover = "experience", "experience_id", services.remove_experience

    @_asks("What the words of an occupation mean", shapes.ConfirmSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: UUID) -> Response:
        """Settle the meaning: an occupation of the catalogue, or as it is written."""
        return self._of_row(services.confirm_experience, shapes.ConfirmSerializer)

    @_asks("Where, for how long and when last", shapes.ExperienceChangeSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: UUID) -> Response:
        """Say anew where the person has worked."""
        return self._of_row(services.describe_experience, shapes.ExperienceChangeSerializer)


class WishViewSet(_RowsViewSet):
    """What people want to work as."""

    kind, key, remover = "wish", "wish_id", services.remove_wish

    @_asks("What the words of a wish mean", shapes.ConfirmSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: UUID) -> Response:
        """Settle the meaning: an occupation or a skill of the catalogue, or as it is written."""
        return self._of_row(services.confirm_wish, shapes.ConfirmSerializer)

    @_asks("Why it is wanted", shapes.WishChangeSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: UUID) -> Response:
        """Say anew why the person wants it."""
        return self._of_row(services.describe_wish, shapes.WishChangeSerializer)

    @_asks("It was a wish")
    @action(detail=True, methods=["post"])
    def keep(self, request: Request, pk: UUID) -> Response:
        """Settle that it is wanted, so that nobody is asked again."""
        return self._of_row(services.keep_as_wish)

    @_asks("It has been done")
    @action(detail=True, methods=["post"], url_path="to-experience")
    def to_experience(self, request: Request, pk: UUID) -> Response:
        """Move it to what the person has worked as."""
        return self._of_row(services.move_to_experience)
