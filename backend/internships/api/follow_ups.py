"""Follow-ups in the API: answered by each side for itself, written and closed by the coach."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.internships import services
from backend.internships.api.cases import CaseViewSet
from backend.internships.models import FollowUp, FollowUpQuerySet, Internship
from backend.internships.pages.access_log import FOLLOW_UP
from backend.internships.pages.filters import FollowUpsOfInternship
from backend.internships.serializers import follow_ups as shapes
from backend.participants.access_log import shown
from backend.participants.api.cases import ask_once, is_staff, sender_of

FOR_STAFF = shapes.StaffFollowUpSerializer


@extend_schema_view(
    list=extend_schema(summary="The follow-ups that the sender may read, the first due first; no answers"),
    retrieve=extend_schema(
        summary="One follow-up: to each side what it said itself, to staff both", responses=FOR_STAFF
    ),
)
class FollowUpViewSet(CaseViewSet[FollowUp]):
    """Follow-ups of the internships that the sender may read."""

    serializer_class = shapes.FollowUpSerializer
    filterset_class = FollowUpsOfInternship
    in_full: ClassVar = {
        Persona.STAFF: FOR_STAFF,
        Persona.EMPLOYER: shapes.EmployerFollowUpSerializer,
        Persona.PARTICIPANT: shapes.OwnFollowUpSerializer,
    }
    page = FOLLOW_UP

    def get_queryset(self) -> QuerySet[FollowUp]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        sender = sender_of(self.request)
        if self.action == "list" and is_staff(self.request):
            readable = FollowUp.objects.listed_for(sender)
        else:
            readable = FollowUp.objects.read_by(sender, on=timezone.localdate())
        return readable.select_related("internship").order_by("due_on", "pk")

    @extend_schema(
        summary="How it goes, said by a side", request=shapes.AnswerSerializer, responses=FOR_STAFF
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: UUID) -> Response:
        """Say how it goes, as employer or participant; staff write what they heard."""
        sender = sender_of(request)
        among = FollowUp.objects.read_by(sender, on=timezone.localdate())
        among = among.none() if is_staff(request) else among
        what = {"follow_up_id": pk, "side": sender.persona}
        return self.written(services.answer_follow_up, shapes.AnswerSerializer, among=among, **what)

    @extend_schema(summary="The job coach should call", request=None, responses=FOR_STAFF)
    @action(detail=True, methods=["post"], url_path="want-call")
    def want_call(self, request: Request, pk: UUID) -> Response:
        """Ask the job coach to call, as a participant for whom it goes badly."""
        sender = sender_of(request)
        among = FollowUp.objects.read_by(sender, on=timezone.localdate())
        among = among if sender.persona == Persona.PARTICIPANT else among.none()
        return self.written(services.want_call, among=among, follow_up_id=pk)

    @extend_schema(
        summary="What the coach heard from both, and that it is closed",
        request=shapes.HeardSerializer,
        responses=FOR_STAFF,
    )
    @action(detail=True, methods=["post"])
    def write(self, request: Request, pk: UUID) -> Response:
        """Write down what both sides said and how it was left; `closes` closes it."""
        among, shape = self._decidable(), shapes.HeardSerializer
        return self.written(services.write_follow_up, shape, among=among, follow_up_id=pk)

    @extend_schema(
        summary="What was written is corrected",
        request=shapes.CorrectFollowUpSerializer,
        responses=FOR_STAFF,
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: UUID) -> Response:
        """Correct answers or summary, closed or not; what stood is kept."""
        among, shape = self._decidable(), shapes.CorrectFollowUpSerializer
        return self.written(services.correct_follow_up, shape, among=among, follow_up_id=pk)

    def _decidable(self) -> FollowUpQuerySet:
        return FollowUp.objects.filter(internship__in=Internship.objects.decidable_by(self.request.user))


@extend_schema(
    summary="An extra follow-up is planned", request=shapes.ExtraSerializer, responses={201: FOR_STAFF}
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def add(request: Request, internship_id: UUID) -> Response:
    """Plan an extra follow-up of an internship that goes on."""
    internship = get_object_or_404(Internship.objects.decidable_by(request.user), pk=internship_id)
    what = {"internship_id": internship_id}
    key = ask_once(request, services.add_follow_up, shapes.ExtraSerializer, **what)
    shown(request, [internship.participant_id], page=FOLLOW_UP)
    made = FollowUp.objects.visible_to(request.user).get(pk=key)
    return Response(FOR_STAFF(made).data, status=status.HTTP_201_CREATED)
