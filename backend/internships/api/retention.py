"""Whether jobs last, in the API: said by each side for itself, settled by the coach."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.internships import services
from backend.internships.api.cases import CaseViewSet
from backend.internships.models import RetentionCheck
from backend.internships.pages.access_log import RETENTION
from backend.internships.pages.filters import ChecksOfJob
from backend.internships.serializers import employments as shapes
from backend.participants.api.cases import is_staff, sender_of
from backend.participants.models import Participant


@extend_schema_view(
    list=extend_schema(summary="The questions whether jobs last, the first due first; no answers"),
    retrieve=extend_schema(
        summary="One question: to each side what it said itself, to staff all",
        responses=shapes.StaffCheckSerializer,
    ),
)
class RetentionCheckViewSet(CaseViewSet[RetentionCheck]):
    """Questions about the jobs in the files that staff may open, and those that the sender is asked."""

    serializer_class = shapes.CheckSerializer
    filterset_class = ChecksOfJob
    in_full: ClassVar = {
        Persona.STAFF: shapes.StaffCheckSerializer,
        Persona.EMPLOYER: shapes.AskedCheckSerializer,
        Persona.PARTICIPANT: shapes.AskedCheckSerializer,
    }
    page, case = RETENTION, "employment.participant_id"

    def get_queryset(self) -> QuerySet[RetentionCheck]:
        """Return what the sender may read or is asked; the lists of staff leave out protected identities."""
        if not is_staff(self.request):
            rows = RetentionCheck.objects.asked_of(self.request.user, on=timezone.localdate())
        else:
            rows = RetentionCheck.objects.visible_to(self.request.user)
        if self.action == "list" and is_staff(self.request):
            listed = Participant.objects.visible_to(self.request.user).findable()
            rows = rows.filter(employment__participant__in=listed)
        return rows.select_related("employment").prefetch_related("replies").order_by("due_on", "pk")

    @extend_schema(
        summary="The coach writes whether it lasts",
        request=shapes.AnswerCheckSerializer,
        responses=shapes.StaffCheckSerializer,
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: UUID) -> Response:
        """Write down whether the person is still employed, and who said so."""
        theirs = Participant.objects.decidable_by(sender_of(request))
        among = RetentionCheck.objects.visible_to(request.user).filter(employment__participant__in=theirs)
        return self.written(services.answer_retention, shapes.AnswerCheckSerializer, among=among, check_id=pk)

    @extend_schema(
        summary="A side says whether it lasts",
        request=shapes.ReplyAboutJobSerializer,
        responses=shapes.AskedCheckSerializer,
    )
    @action(detail=True, methods=["post"])
    def reply(self, request: Request, pk: UUID) -> Response:
        """Say for one's own side whether the job goes on."""
        among = RetentionCheck.objects.asked_of(request.user, on=timezone.localdate())
        shape = shapes.ReplyAboutJobSerializer
        return self.written(services.reply_about_job, shape, among=among, check_id=pk)

    def _note(self, rows: Iterable[RetentionCheck], *, page: str) -> None:
        """Note nothing where one side is asked: the question tells of no person."""
        if is_staff(self.request):
            super()._note(rows, page=page)
