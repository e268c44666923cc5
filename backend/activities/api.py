"""Sessions and attendance in the API: the same scopes and services as the pages."""

from collections.abc import Callable, Sequence
from datetime import datetime
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
from backend.accounts.models import User
from backend.activities import services
from backend.activities.models import (
    AbsenceReport,
    ActivitySession,
    ActivitySessionQuerySet,
    AttendanceMark,
    WeeklySchedule,
)
from backend.activities.pages.access_log import ATTENDANCE, ROLL_CALL, SCHEDULE
from backend.activities.pages.filters import SessionFilter
from backend.activities.serializers import (
    AbsenceSerializer,
    AttendanceSerializer,
    CallOffSerializer,
    FullAbsenceSerializer,
    FullSessionSerializer,
    PlanScheduleSerializer,
    ReportAbsenceSerializer,
    RollCallSerializer,
    ScheduleSerializer,
    SessionSerializer,
)
from backend.core.api.said import Said
from backend.internships.api.cases import CaseViewSet
from backend.internships.models import Internship, InternshipQuerySet
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

    @extend_schema(
        summary="Say who was there, of several at once",
        request=RollCallSerializer,
        responses=FullSessionSerializer(many=True),
    )
    @action(
        detail=False, methods=["post"], url_path="mark-several", pagination_class=None, filterset_class=None
    )
    def mark_several(self, request: Request) -> Response:
        """Say it of all of them or of none; each reason against it names its session."""
        sent = RollCallSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        marks = sent.service_arguments()["marks"]
        ask_once(request, _mark_and_return_first, marks=marks)
        rows = list(self.get_queryset().filter(pk__in=[each.session_id for each in marks]))
        self._note(rows, page=self.page)
        return Response(self.get_serializer(rows, many=True).data)

    def _changed(
        self, service: Callable[..., Model], shape: type[Said] | None = None, *, and_participants: bool = True
    ) -> Response:
        sender, today = sender_of(self.request), timezone.localdate()
        among = ActivitySession.objects.read_by(sender, on=today).markable_by(sender, on=today)
        if sender.persona == Persona.PARTICIPANT and not and_participants:
            among = among.none()
        return self.written(service, shape, among=among, session_id=self.kwargs["pk"])


def _mark_and_return_first(*, marks: Sequence[services.Said], by: User, at: datetime) -> AttendanceMark:
    return services.mark_sessions(marks=marks, by=by, at=at)[0]


@extend_schema_view(
    list=extend_schema(summary="The absences that have been reported, the newest first; not what about"),
    retrieve=extend_schema(
        summary="One report: to the workplace its days, to coach and participant what it is about",
        responses=FullAbsenceSerializer,
    ),
)
class AbsenceViewSet(CaseViewSet[AbsenceReport]):
    """Reported absences of the internships that the sender may read; a workplace reads those that stand."""

    serializer_class = AbsenceSerializer
    filterset_class = OfInternship
    in_full: ClassVar = {
        Persona.STAFF: FullAbsenceSerializer,
        Persona.EMPLOYER: AbsenceSerializer,
        Persona.PARTICIPANT: FullAbsenceSerializer,
    }
    page = ATTENDANCE

    def get_queryset(self) -> QuerySet[AbsenceReport]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        reader = sender_of(self.request)
        theirs = AbsenceReport.objects.read_by(reader, on=timezone.localdate())
        if self.action == "list" and is_staff(self.request):
            theirs = theirs.filter(internship__in=Internship.objects.listed_for(reader))
        if getattr(reader, "persona", "") == Persona.EMPLOYER:
            theirs = theirs.standing()
        return theirs.select_related("internship").order_by("-first_on", "-reported_at", "pk")

    @extend_schema(summary="It is taken back", request=None, responses=FullAbsenceSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        """Take a report back, as the participant or as the coach of the case."""
        reader = sender_of(request)
        among = AbsenceReport.objects.filter(internship__in=_spoken_for(reader))
        return self.written(services.withdraw_absence, among=among, report_id=pk)


def _spoken_for(reader: User) -> InternshipQuerySet:
    """Return the internships of which `reader` may say that somebody does not come."""
    if reader.persona == Persona.PARTICIPANT:
        return Internship.objects.visible_to(reader)
    return Internship.objects.decidable_by(reader)


@extend_schema(
    summary="Somebody will be away, or was",
    request=ReportAbsenceSerializer,
    responses={201: FullAbsenceSerializer},
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def report_absence(request: Request, internship_id: UUID) -> Response:
    """Say so as the participant, or as the coach; the workplace and the coach are told."""
    internship = get_object_or_404(_spoken_for(sender_of(request)), pk=internship_id)
    what = {"internship_id": internship_id}
    key = ask_once(request, services.report_absence, ReportAbsenceSerializer, **what)
    shown(request, [internship.participant_id], page=ATTENDANCE)
    made = internship.absence_reports.get(pk=key)
    return Response(FullAbsenceSerializer(made).data, status=status.HTTP_201_CREATED)


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
