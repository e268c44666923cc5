"""Proposals in the API: made by the coach, answered by participant and employer, each reading its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status, viewsets
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, Serializer

from backend.accounts.enums import Persona
from backend.core.api import made_once
from backend.core.api.said import Said
from backend.employers.models import Opening
from backend.matching import services
from backend.matching.access_log import AS_EMPLOYER, PROPOSAL, PROPOSING
from backend.matching.models import Proposal, ProposalQuerySet
from backend.matching.pages.for_employers import to_employer
from backend.matching.rankings.matches import match_of
from backend.matching.serializers.proposals import (
    AnswerAsParticipantSerializer,
    AnswerNoteSerializer,
    DeclineSerializer,
    EmployerProposalSerializer,
    OwnProposalSerializer,
    ProposalSerializer,
    ProposeSerializer,
    ReleasableSerializer,
    RenewConsentSerializer,
    StaffProposalSerializer,
    WithdrawSerializer,
)
from backend.participants.access_log import shown
from backend.participants.api.cases import ask_once, sender_of
from backend.participants.models import Participant
from backend.participants.services import releasable_items

IN_FULL: dict[str, type[BaseSerializer[Proposal]]] = {
    Persona.STAFF: StaffProposalSerializer,
    Persona.EMPLOYER: EmployerProposalSerializer,
    Persona.PARTICIPANT: OwnProposalSerializer,
}


@extend_schema_view(
    list=extend_schema(summary="The sender's proposals, newest first; nothing about the persons"),
    retrieve=extend_schema(
        summary="One proposal: to an employer with what was released, to a participant with what is asked",
        responses=EmployerProposalSerializer,
    ),
)
class ProposalViewSet(viewsets.ReadOnlyModelViewSet[Proposal]):
    """Proposals to the sender's employer, of the files that the sender may open, or of the sender."""

    permission_classes = (IsAuthenticated,)
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
        return IN_FULL[sender_of(self.request).persona]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give one proposal, and note down that the person was read about."""
        return self._shown(self.get_object())

    @extend_schema(summary="Yes", request=AnswerNoteSerializer, responses=EmployerProposalSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: UUID) -> Response:
        """Accept on the employer's behalf; 409 when somebody else was first."""
        return self._answered(services.accept_proposal, pk, AnswerNoteSerializer)

    @extend_schema(summary="Meet first", request=AnswerNoteSerializer, responses=EmployerProposalSerializer)
    @action(detail=True, methods=["post"])
    def interview(self, request: Request, pk: UUID) -> Response:
        """Ask to meet the person first."""
        return self._answered(services.ask_for_interview, pk, AnswerNoteSerializer)

    @extend_schema(summary="No", request=DeclineSerializer, responses=EmployerProposalSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: UUID) -> Response:
        """Decline with a reason."""
        return self._answered(services.decline_proposal, pk, DeclineSerializer)

    @extend_schema(
        summary="The participant's own answer",
        request=AnswerAsParticipantSerializer,
        responses=OwnProposalSerializer,
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: UUID) -> Response:
        """Say yes to all that is asked for, or to some of it, and be proposed; or say no."""
        own = self.get_queryset().filter(participant__user=sender_of(request))
        return self._asked(services.answer_as_participant, AnswerAsParticipantSerializer, among=own)

    @extend_schema(
        summary="The coach takes it back", request=WithdrawSerializer, responses=StaffProposalSerializer
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        """Take a proposal back; the employer is told that it is withdrawn and never why."""
        return self._asked(services.withdraw_proposal, WithdrawSerializer, among=self._handled())

    @extend_schema(
        summary="It stands on a new consent",
        request=RenewConsentSerializer,
        responses=StaffProposalSerializer,
    )
    @action(detail=True, methods=["post"])
    def consent(self, request: Request, pk: UUID) -> Response:
        """Write down what the participant lets the employer read from now on; the earlier consent ends."""
        return self._asked(services.renew_consent, RenewConsentSerializer, among=self._handled())

    def _handled(self) -> ProposalQuerySet:
        return Proposal.objects.handled_by(self.request.user)

    def _asked(
        self, service: Callable[..., Proposal], shape: type[Said], *, among: QuerySet[Proposal]
    ) -> Response:
        get_object_or_404(among, pk=self.kwargs["pk"])
        key = ask_once(self.request, service, shape, proposal_id=self.kwargs["pk"])
        return self._shown(self.get_queryset().get(pk=key))

    def _answered(self, service: Callable[..., Proposal], pk: UUID, words: type[Serializer[Any]]) -> Response:
        """Take an employer's answer with its words; strangers get 404 before they are read."""
        get_object_or_404(Proposal.objects.decidable_by(self.request.user), pk=pk)
        answer = words(data=self.request.data)
        answer.is_valid(raise_exception=True)
        return self._decided(service, pk, **answer.validated_data)

    def _decided(self, service: Callable[..., Proposal], pk: UUID, **answer: Any) -> Response:
        sender, at = sender_of(self.request), timezone.now()
        key = made_once(self.request, lambda: service(proposal_id=pk, by=sender, at=at, **answer))
        return self._shown(self.get_queryset().get(pk=key))

    def _shown(self, proposal: Proposal) -> Response:
        is_employer = sender_of(self.request).persona == Persona.EMPLOYER
        if not is_employer or to_employer(proposal, at=timezone.now()).told is not None:
            shown(self.request, [proposal.participant], page=AS_EMPLOYER if is_employer else PROPOSAL)
        return Response(self.get_serializer(proposal).data)


@extend_schema(
    summary="Somebody is proposed for an opening: sent, asked in the app, or kept as a draft",
    request=ProposeSerializer,
    responses={201: StaffProposalSerializer},
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def propose(request: Request, opening_id: UUID, participant_id: UUID) -> Response:
    """Do what the coach intends with the pair; a draft or a question that stands is gone on with."""
    openings = Opening.objects.decidable_by(request.user).select_related("workplace__employer", "occupation")
    opening = get_object_or_404(openings, pk=opening_id)
    participant = get_object_or_404(Participant.objects.decidable_by(request.user), pk=participant_id)
    shown(request, [participant], page=PROPOSING)
    sent = ProposeSerializer(data=request.data, context={"releasable": releasable_items(participant)})
    sent.is_valid(raise_exception=True)
    what: dict[str, Any] = {"opening_id": opening_id, "participant_id": participant_id}
    what["explanation"] = match_of(opening, participant, at=timezone.now()).as_data()
    key = ask_once(request, services.propose, **what, **sent.service_arguments())
    return Response(_in_full(request, key), status=status.HTTP_201_CREATED)


def _in_full(request: Request, key: str) -> Any:
    related = ("opening__workplace__employer", "participant__coach")
    made = Proposal.objects.handled_by(request.user).select_related(*related).get(pk=key)
    return StaffProposalSerializer(made).data


@extend_schema(
    summary="What of a participant's file can be told to an employer",
    responses=ReleasableSerializer(many=True),
)
@api_view(["GET"])
@permission_classes([IsAuthenticated])
def releasable(request: Request, participant_id: UUID) -> Response:
    """Give each item with its key and the words that would be read; listing it releases nothing."""
    participant = get_object_or_404(Participant.objects.decidable_by(request.user), pk=participant_id)
    shown(request, [participant], page=PROPOSING)
    return Response(ReleasableSerializer(releasable_items(participant), many=True).data)
