"""Meetings in the API: proposed, chosen, moved, cancelled and noted by the services of the pages."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.core.api.files import AsItIs
from backend.core.calendars import as_ics
from backend.matching import services
from backend.matching.access_log import IN_LISTS, PROPOSAL
from backend.matching.calendar import RELATED, entry_of
from backend.matching.enums import VisitState
from backend.matching.models import Proposal, Visit
from backend.matching.serializers import visits as shapes
from backend.participants.access_log import shown
from backend.participants.api.cases import CaseViewSet, ask_once, is_staff

FULL = shapes.FullVisitSerializer


class OfProposal(filters.FilterSet):
    """The meetings about one proposal, in one state."""

    proposal = filters.UUIDFilter(label=_("Proposal"))
    state = filters.ChoiceFilter(label=_("State"), choices=VisitState.choices)


@extend_schema_view(
    list=extend_schema(summary="The meetings about proposals that the sender may read, the newest first"),
    retrieve=extend_schema(summary="One meeting, with the times that can be chosen", responses=FULL),
)
class VisitViewSet(CaseViewSet[Visit]):
    """Meetings about proposals to the sender's employer, of the sender, or of the cases staff may open."""

    serializer_class = shapes.VisitSerializer
    filterset_class = OfProposal
    in_full: ClassVar = dict.fromkeys(Persona, FULL)
    page, page_of_list, case = PROPOSAL, IN_LISTS, "proposal.participant_id"

    def get_queryset(self) -> QuerySet[Visit]:
        """Return what the sender may read; lists leave out protected identities."""
        reader = self.request.user
        is_list = self.action == "list"
        readable = Visit.objects.listed_for(reader) if is_list else Visit.objects.visible_to(reader)
        return readable.select_related(*RELATED).order_by("-created_at", "pk")

    @extend_schema(summary="A time is chosen", request=shapes.ChooseSerializer, responses=FULL)
    @action(detail=True, methods=["post"])
    def choose(self, request: Request, pk: UUID) -> Response:
        """Book one of the times; the coach may choose for either side."""
        return self.written(
            services.choose_time, shapes.ChooseSerializer, among=self._arranged(), visit_id=pk
        )

    @extend_schema(summary="Other times are proposed", request=shapes.MoveSerializer, responses=FULL)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: UUID) -> Response:
        """Propose other times, for the employer or as the coach."""
        theirs = Proposal.objects.times_offered_by(request.user)
        among = self._arranged().filter(proposal__in=theirs)
        return self.written(services.move_visit, shapes.MoveSerializer, among=among, visit_id=pk)

    @extend_schema(summary="It is called off", request=shapes.CancelVisitSerializer, responses=FULL)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: UUID) -> Response:
        """Call a meeting off for a coded reason; everybody who knew of it is told."""
        shape = shapes.CancelVisitSerializer
        return self.written(services.cancel_visit, shape, among=self._arranged(), visit_id=pk)

    @extend_schema(summary="Whether they have met", request=shapes.NoteSerializer, responses=FULL)
    @action(detail=True, methods=["post"])
    def note(self, request: Request, pk: UUID) -> Response:
        """Note as the coach whether they met; it places nobody."""
        among = self._arranged().filter(proposal__in=Proposal.objects.handled_by(request.user))
        return self.written(services.note_visit, shapes.NoteSerializer, among=among, visit_id=pk)

    @extend_schema(
        summary="A booked meeting as a file for a calendar",
        responses={(200, "text/calendar"): OpenApiTypes.STR},
    )
    @action(detail=True, content_negotiation_class=AsItIs)
    def calendar(self, request: Request, pk: UUID) -> HttpResponse:
        """Give a booked meeting as a file for a calendar; it names nobody."""
        booked = Visit.objects.listed_for(request.user).booked().select_related(*RELATED)
        entry = entry_of(get_object_or_404(booked, pk=pk))
        if entry is None:
            raise Http404
        return HttpResponse(as_ics([entry]), content_type="text/calendar; charset=utf-8")

    def _arranged(self) -> Any:
        return Visit.objects.arranged_by(self.request.user)

    def _note(self, rows: Iterable[Visit], *, page: str) -> None:
        """Note nothing but what staff read: to the others a meeting tells of no person."""
        if is_staff(self.request):
            super()._note(rows, page=page)


@extend_schema(summary="Times to meet are proposed", request=shapes.OfferSerializer, responses={201: FULL})
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def offer(request: Request, proposal_id: UUID) -> Response:
    """Propose one to five times, of which the other chooses one; by an employer that is a wish to meet."""
    about = get_object_or_404(Proposal.objects.times_offered_by(request.user), pk=proposal_id)
    key = ask_once(request, services.offer_times, shapes.OfferSerializer, proposal_id=proposal_id)
    if is_staff(request):
        shown(request, [about.participant_id], page=PROPOSAL)
    made = Visit.objects.visible_to(request.user).get(pk=key)
    return Response(FULL(made).data, status=status.HTTP_201_CREATED)
