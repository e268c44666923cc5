"""Openings and employers in the API: what is published is everybody's; all write through the services."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.core.api import made_once
from backend.employers.models import Employer, Opening
from backend.employers.pages.filters import OpeningFilter
from backend.employers.serializers import (
    AskedToJoinSerializer,
    EmployerSerializer,
    FactsSerializer,
    OpeningDraftSerializer,
    OpeningSerializer,
    OwnOpeningSerializer,
    PauseSerializer,
    RegistrationSerializer,
)
from backend.employers.services import (
    close_opening,
    find_or_register_employer,
    pause_opening,
    publish_opening,
    refresh_opening,
    register_for_employer,
    resume_opening,
    save_opening,
    update_facts,
)


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
        openings = Opening.objects.visible_to(self.request.user, on=localdate())
        openings = openings.published(localdate()) if self.action == "list" else openings
        return openings.select_related("workplace__employer", "occupation__concept").prefetch_related(
            "requirements__concept"
        )

    @extend_schema(
        summary="Write a draft", request=OpeningDraftSerializer, responses={201: OwnOpeningSerializer}
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
        responses={200: OwnOpeningSerializer},
    )
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Publish the opening, or send it for approval."""
        return self._moved(request, publish_opening)

    @extend_schema(summary="Close", request=None, responses={200: OwnOpeningSerializer})
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Take the opening off the list."""
        return self._moved(request, close_opening)

    @extend_schema(
        summary="Take off the list for a while",
        request=PauseSerializer,
        responses={200: OwnOpeningSerializer},
    )
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: str) -> Response:
        """Pause the opening; it comes back by itself on `back_on`, where that is said."""
        said = PauseSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        return self._moved(request, pause_opening, **said.validated_data)

    @extend_schema(
        summary="Put a paused opening on the list again", request=None, responses={200: OwnOpeningSerializer}
    )
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """End the pause of the opening."""
        return self._moved(request, resume_opening)

    @extend_schema(summary="Say that it still holds", request=None, responses={200: OwnOpeningSerializer})
    @action(detail=True, methods=["post"])
    def refresh(self, request: Request, pk: str) -> Response:
        """Note that the published opening still holds, so that its time does not run out."""
        return self._moved(request, refresh_opening)

    def _moved(self, request: Request, service: Callable[..., Opening], **arguments: Any) -> Response:
        opening = self._own()
        sender, at = self._sender(), timezone.now()
        made_once(request, lambda: service(opening_id=opening.pk, by=sender, at=at, **arguments))
        return self._answer(opening.pk)

    def _own(self) -> Opening:
        """Return the opening of the address if the sender may write it; else there is none."""
        editable = Opening.objects.editable_by(self.request.user)
        return get_object_or_404(editable, pk=self.kwargs["pk"])

    def _sender(self) -> Any:
        return self.request.user

    def _answer(self, pk: UUID | str, code: int = status.HTTP_200_OK) -> Response:
        opening = self.get_queryset().select_related("capacity").get(pk=pk)
        answer = OwnOpeningSerializer(opening, context=self.get_serializer_context())
        return Response(answer.data, status=code)


@extend_schema_view(
    list=extend_schema(summary="The employers that one may know of"),
    retrieve=extend_schema(summary="One employer"),
)
class EmployerViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Employer]):
    """One's own employers, and for staff those of their municipality; registered by either."""

    serializer_class = EmployerSerializer
    permission_classes = (IsAuthenticated,)
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Employer]:
        """Return what the reader may know of."""
        return Employer.objects.visible_to(self.request.user).with_standing(localdate())

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the employer; one that was merged into another leads to that one."""
        merged = Employer.with_merged.filter(pk=kwargs["pk"], merged_into__in=self.get_queryset())
        if gone := merged.first():
            address = self.reverse_action("detail", args=[gone.merged_into_id])
            return Response(status=status.HTTP_301_MOVED_PERMANENTLY, headers={"Location": address})
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(
        summary="Register an employer; staff do it on its behalf, with a contact and a workplace",
        request=RegistrationSerializer,
        responses={201: EmployerSerializer, 202: AskedToJoinSerializer},
    )
    def create(self, request: Request) -> Response:
        """Register the sender's organisation, or for staff one that they have spoken with."""
        sender: Any = request.user
        if sender.persona == Persona.PARTICIPANT:
            raise Http404
        asked = RegistrationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        at = timezone.now()
        if sender.persona == Persona.STAFF:
            facts = asked.for_employer()
            key = made_once(request, lambda: register_for_employer(**facts, by=sender, at=at).employer)
        else:
            facts = asked.facts()
            key = made_once(request, lambda: find_or_register_employer(**facts, by=sender, at=at).employer)
        # Who only asks to join a registered organisation is told no more than that it is there.
        found = self.get_queryset().filter(pk=key).first()
        if found is None:
            return Response({"state": "requested"}, status=status.HTTP_202_ACCEPTED)
        return Response(self.get_serializer(found).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change facts of an employer", request=FactsSerializer, responses={200: EmployerSerializer}
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is known of an employer that the sender administers."""
        sender: Any = request.user
        employer = get_object_or_404(Employer.objects.administered_by(request.user), pk=pk)
        asked = FactsSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        facts, at = asked.service_arguments(), timezone.now()
        made_once(request, lambda: update_facts(employer_id=employer.pk, by=sender, at=at, **facts))
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data)
