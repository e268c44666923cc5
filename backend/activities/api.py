"""Sessions and attendance in the API: the same scopes and services as the pages."""

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.activities import services
from backend.activities.models import ActivitySession, ActivitySessionQuerySet, WeeklySchedule
from backend.activities.pages.access_log import ATTENDANCE, ROLL_CALL, SCHEDULE
from backend.activities.pages.filters import SessionFilter
from backend.activities.serializers import (
    AttendanceSerializer,
    CallOffSerializer,
    FullSessionSerializer,
    PlanScheduleSerializer,
    ScheduleSerializer,
    SessionSerializer,
)
from backend.core.api.said import Said
from backend.internships.api.cases import CaseViewSet
from backend.internships.models import Internship
from backend.internships.pages.filters import OfInternship
from backend.participants.access_log import shown
from backend.participants.api.cases import ask_once, is_staff, sender_of


@extend_schema_view(
    list=extend_schema(summary="The sessions that the sender may read, the newest first; no reasons"),
    retrieve=extend_schema(
        summary="One session: to the workplace who was there, to coach and participant the coded reason too",
        responses=FullSessionSerializer,
    ),
)
class SessionViewSet(CaseViewSet[ActivitySession]):
    """Sessions at the sender's workplace, of the cases that the sender may open, or of the sender."""

    serializer_class = SessionSerializer
    filterset_class = SessionFilter
    in_full: ClassVar = {
        Persona.STAFF: FullSessionSerializer,
        Persona.EMPLOYER: SessionSerializer,
        Persona.PARTICIPANT: FullSessionSerializer,
    }

    page_of_list = ROLL_CALL

    @property
    def page(self) -> str:  # type: ignore[override]
        """As what the look at one session is written down."""
        return ROLL_CALL if sender_of(self.request).persona == Persona.EMPLOYER else ATTENDANCE

    def get_queryset(self) -> ActivitySessionQuerySet:
        """Return what the sender may see; lists leave out protected identities."""
        readable = ActivitySession.objects.read_by(sender_of(self.request), on=timezone.localdate())
        if self.action == "list":
            readable = readable.of_findable()
        return readable.select_related("internship").with_marks().order_by("-date", "-starts_at", "pk")

    @extend_schema(summary="Say who was there", request=AttendanceSerializer, responses=FullSessionSerializer)
    @action(detail=True, methods=["post"])
    def mark(self, request: Request, pk: UUID) -> Response:
        """Say it as the coach, for the workplace or of oneself; what stands already is answered as it is."""
        return self._changed(services.mark_session, AttendanceSerializer)

    @extend_schema(summary="It is called off", request=CallOffSerializer, responses=FullSessionSerializer)
    @action(detail=True, methods=["post"], url_path="call-off")
    def call_off(self, request: Request, pk: UUID) -> Response:
        """Call it off, for the workplace or as coach; participants report absence instead."""
        return self._changed(services.call_off_session, CallOffSerializer, and_participants=False)

    @extend_schema(summary="It takes place after all", request=None, responses=FullSessionSerializer)
    @action(detail=True, methods=["post"], url_path="take-up")
    def take_up(self, request: Request, pk: UUID) -> Response:
        """Let a session take place that was called off, or is on a public holiday."""
        return self._changed(services.take_up_session, and_participants=False)

    def _changed(
        self, service: Callable[..., Model], shape: type[Said] | None = None, *, and_participants: bool = True
    ) -> Response:
        sender, today = sender_of(self.request), timezone.localdate()
        among = ActivitySession.objects.read_by(sender, on=today).markable_by(sender, on=today)
        if sender.persona == Persona.PARTICIPANT and not and_participants:
            among = among.none()
        return self.written(service, shape, among=among, session_id=self.kwargs["pk"])


@extend_schema_view(
    list=extend_schema(summary="The weeks as they are planned, the newest first"),
    retrieve=extend_schema(summary="One week as it is planned"),
)
class ScheduleViewSet(CaseViewSet[WeeklySchedule]):
    """Schedules that stand, of the internships that the sender may read."""

    serializer_class = ScheduleSerializer
    filterset_class = OfInternship
    in_full: ClassVar = dict.fromkeys(Persona, ScheduleSerializer)
    page = SCHEDULE

    def get_queryset(self) -> QuerySet[WeeklySchedule]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        reader, today = sender_of(self.request), timezone.localdate()
        theirs = WeeklySchedule.objects.filter(internship__in=Internship.objects.read_by(reader, on=today))
        if self.action == "list" and is_staff(self.request):
            theirs = theirs.filter(internship__in=Internship.objects.listed_for(reader))
        related = theirs.standing().select_related("internship").prefetch_related("days")
        return related.order_by("-valid_from", "-planned_at", "pk")


@extend_schema(
    summary="The week of an internship is planned, from a day on",
    request=PlanScheduleSerializer,
    responses={201: ScheduleSerializer},
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def plan_schedule(request: Request, internship_id: UUID) -> Response:
    """Plan on which days and hours somebody is at the workplace, and set out its sessions."""
    internship = get_object_or_404(Internship.objects.decidable_by(request.user), pk=internship_id)
    what = {"internship_id": internship_id}
    key = ask_once(request, services.plan_schedule, PlanScheduleSerializer, **what)
    shown(request, [internship.participant_id], page=SCHEDULE)
    made = internship.schedules.get(pk=key)
    return Response(ScheduleSerializer(made).data, status=status.HTTP_201_CREATED)
