"""Paid work in the API: recorded, ended, corrected and struck by the coach of the case."""

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.core.api.said import Said
from backend.internships import services
from backend.internships.api.cases import CaseViewSet
from backend.internships.models import Employment, EmploymentQuerySet
from backend.internships.pages.access_log import EMPLOYMENT
from backend.internships.serializers import employments as shapes
from backend.participants.access_log import shown
from backend.participants.api.cases import ask_once, is_staff
from backend.participants.models import Participant

FOR_STAFF = shapes.StaffEmploymentSerializer


@extend_schema_view(
    list=extend_schema(
        summary="The jobs in the files that the sender may open, the newest first; no persons"
    ),
    retrieve=extend_schema(summary="One job, with whose it is", responses=FOR_STAFF),
)
class EmploymentViewSet(CaseViewSet[Employment]):
    """Jobs in the files that staff may open; employers and participants find none here."""

    serializer_class = shapes.EmploymentSerializer
    in_full: ClassVar = dict.fromkeys(Persona, FOR_STAFF)
    page, case = EMPLOYMENT, "participant_id"

    def get_queryset(self) -> EmploymentQuerySet:
        """Return what the sender may read; lists leave out protected identities, and only one is struck."""
        reader = self.request.user
        if not is_staff(self.request):
            return Employment.objects.none()
        if self.action == "strike":
            return Employment.with_struck.visible_to(reader).select_related("participant")
        readable = Employment.objects.visible_to(reader)
        if self.action == "list":
            listed = Participant.objects.visible_to(reader).findable()
            readable = readable.filter(participant__in=listed)
        return readable.select_related("participant").order_by("-starts_on", "pk")

    @extend_schema(summary="It is over", request=shapes.EndJobSerializer, responses=FOR_STAFF)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        """Write down that a job has ended, and why."""
        return self._changed(services.end_employment, shapes.EndJobSerializer)

    @extend_schema(
        summary="What was recorded is corrected", request=shapes.CorrectJobSerializer, responses=FOR_STAFF
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: UUID) -> Response:
        """Correct what is sent; what stood is kept."""
        return self._changed(services.correct_employment, shapes.CorrectJobSerializer)

    @extend_schema(summary="It never was", request=shapes.WhySerializer, responses=FOR_STAFF)
    @action(detail=True, methods=["post"])
    def strike(self, request: Request, pk: UUID) -> Response:
        """Strike a job that was recorded by mistake."""
        return self._changed(services.strike_employment, shapes.WhySerializer)

    @extend_schema(summary="It could not be found out", request=None, responses=FOR_STAFF)
    @action(detail=True, methods=["post"], url_path="leave-unknown")
    def leave_unknown(self, request: Request, pk: UUID) -> Response:
        """Leave the old questions whether it lasts, which nobody answered."""
        return self.written(services.leave_unknown, among=self._decidable(), job_id=pk)

    def _changed(self, service: Callable[..., Employment], shape: type[Said]) -> Response:
        return self.written(service, shape, among=self._decidable(), employment_id=self.kwargs["pk"])

    def _decidable(self) -> EmploymentQuerySet:
        theirs = Participant.objects.decidable_by(self.request.user)
        return self.get_queryset().filter(participant__in=theirs)


@extend_schema(summary="A paid job is recorded", request=shapes.RecordSerializer, responses={201: FOR_STAFF})
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def record(request: Request, participant_id: UUID) -> Response:
    """Record a paid job; a name like something known is asked about, until `is_another` is sent."""
    get_object_or_404(Participant.objects.decidable_by(request.user), pk=participant_id)
    what = {"participant_id": participant_id}
    key = ask_once(request, services.record_employment, shapes.RecordSerializer, **what)
    shown(request, [participant_id], page=EMPLOYMENT)
    made = Employment.objects.visible_to(request.user).select_related("participant").get(pk=key)
    return Response(FOR_STAFF(made).data, status=status.HTTP_201_CREATED)
