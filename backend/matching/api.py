"""Proposals and rankings in the API: the same scopes and services as the pages."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core.api import made_once
from backend.employers.models import Opening
from backend.matching import services
from backend.matching.access_log import AS_EMPLOYER, IN_RANKING, PROPOSAL
from backend.matching.models import Proposal
from backend.matching.pages.for_employers import to_employer
from backend.matching.rankings.ranking import rank_for_opening, rank_for_participant
from backend.matching.serializers import (
    DeclineSerializer,
    EmployerProposalSerializer,
    ProposalSerializer,
    StaffProposalSerializer,
)
from backend.participants.access_log import shown
from backend.participants.models import Participant


class HasProposals(BasePermission):
    """Employers and staff; a participant's proposals are in the app only. Others find nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether the sender is of a persona that proposals are sent between."""
        if request.user.is_authenticated and request.user.persona == Persona.PARTICIPANT:
            raise Http404
        return bool(request.user.is_authenticated)


class IsCoach(BasePermission):
    """Job coaches; everybody else finds nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether the sender coaches somewhere."""
        if request.user.is_authenticated and not request.user.has_role(Role.COACH):
            raise Http404
        return bool(request.user.is_authenticated)


def _sender(request: Request) -> User:
    return cast("User", request.user)


@extend_schema_view(
    list=extend_schema(summary="The sender's proposals, newest first; nothing about the persons"),
    retrieve=extend_schema(
        summary="One proposal: to an employer with what was released, to staff with the person",
        responses=EmployerProposalSerializer,
    ),
)
class ProposalViewSet(viewsets.ReadOnlyModelViewSet[Proposal]):
    """Proposals of the sender's employer, or of the participants whose files the sender may open."""

    permission_classes = (IsAuthenticated, HasProposals)
    serializer_class = ProposalSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Proposal]:
        """Return what the sender may see; lists leave out protected identities."""
        visible = Proposal.objects.visible_to(self.request.user)
        if self.action == "list":
            visible = visible.listed_for(self.request.user)
        related = ("opening__workplace__employer", "participant__coach", "consent")
        return visible.select_related(*related).order_by("-created_at", "pk")

    def get_serializer_class(self) -> type[BaseSerializer[Proposal]]:
        """Return the fields that fit the reader; a list is the same for all."""
        if self.action == "list" or not self.request.user.is_authenticated:
            return ProposalSerializer
        is_staff = _sender(self.request).persona == Persona.STAFF
        return StaffProposalSerializer if is_staff else EmployerProposalSerializer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give one proposal, and note down that the person was read about."""
        return self._shown(self.get_object())

    @extend_schema(summary="Yes", request=None, responses=EmployerProposalSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: UUID) -> Response:
        """Accept on the employer's behalf; 409 when somebody else was first."""
        return self._decided(services.accept_proposal, pk)

    @extend_schema(summary="Meet first", request=None, responses=EmployerProposalSerializer)
    @action(detail=True, methods=["post"])
    def interview(self, request: Request, pk: UUID) -> Response:
        """Ask to meet the person first."""
        return self._decided(services.ask_for_interview, pk)

    @extend_schema(summary="No", request=DeclineSerializer, responses=EmployerProposalSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: UUID) -> Response:
        """Decline with a reason."""
        decidable = Proposal.objects.decidable_by(request.user)
        get_object_or_404(decidable, pk=pk)
        answer = DeclineSerializer(data=request.data)
        answer.is_valid(raise_exception=True)
        return self._decided(services.decline_proposal, pk, **answer.validated_data)

    def _decided(self, service: Callable[..., Proposal], pk: UUID, **answer: Any) -> Response:
        sender, at = _sender(self.request), timezone.now()
        key = made_once(self.request, lambda: service(proposal_id=pk, by=sender, at=at, **answer))
        return self._shown(self.get_queryset().get(pk=key))

    def _shown(self, proposal: Proposal) -> Response:
        is_staff = _sender(self.request).persona == Persona.STAFF
        if is_staff or to_employer(proposal, at=timezone.now()).told is not None:
            shown(self.request, [proposal.participant], page=PROPOSAL if is_staff else AS_EMPLOYER)
        return Response(self.get_serializer(proposal).data)


@extend_schema(summary="Who fits an opening, and why", responses=OpenApiTypes.OBJECT)
@api_view(["GET"])
@permission_classes([IsAuthenticated, IsCoach])
def candidates(request: Request, opening_id: UUID) -> Response:
    """Give the ranking of an opening with its reasons, and note down who was shown."""
    user, at = _sender(request), timezone.now()
    opening = get_object_or_404(Opening.objects.decidable_by(user), pk=opening_id)
    ranked = rank_for_opening(opening, by=user, at=at)
    shown(request, (match.subject for match in (*ranked.matches, *ranked.near)), page=IN_RANKING)
    return Response(ranked.as_data())


@extend_schema(summary="Which openings fit a participant, and why", responses=OpenApiTypes.OBJECT)
@api_view(["GET"])
@permission_classes([IsAuthenticated, IsCoach])
def openings_for(request: Request, participant_id: UUID) -> Response:
    """Give the ranked openings of a participant with the reasons, and note down the look."""
    user, at = _sender(request), timezone.now()
    people = Participant.objects.matched_by(user)
    participant = get_object_or_404(people, pk=participant_id)
    shown(request, [participant], page=IN_RANKING)
    return Response(rank_for_participant(participant, by=user, at=at).as_data())
