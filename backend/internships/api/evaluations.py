"""Evaluations in the API: answered by each side for itself, gone through by the coach."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.internships import services
from backend.internships.api.cases import CaseViewSet
from backend.internships.models import Evaluation, EvaluationQuerySet, Internship
from backend.internships.pages.access_log import EVALUATION
from backend.internships.pages.filters import OfInternship
from backend.internships.serializers import evaluations as shapes
from backend.participants.api.cases import is_staff

IN_FULL = shapes.FullEvaluationSerializer


@extend_schema_view(
    list=extend_schema(summary="The evaluations that the sender may read, the newest first; no answers"),
    retrieve=extend_schema(summary="One evaluation: what is asked, and what was said", responses=IN_FULL),
)
class EvaluationViewSet(CaseViewSet[Evaluation]):
    """Evaluations of the sender's side, and to staff those of the cases that they may open."""

    serializer_class = shapes.EvaluationSerializer
    filterset_class = OfInternship
    in_full: ClassVar = dict.fromkeys(Persona, IN_FULL)
    page = EVALUATION

    def get_queryset(self) -> QuerySet[Evaluation]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        readable = Evaluation.objects.visible_to(self.request.user)
        if self.action == "list" and is_staff(self.request):
            listed = Internship.objects.listed_for(self.request.user)
            readable = readable.filter(internship__in=listed)
        related = readable.select_related("internship").prefetch_related("skills")
        return related.order_by("-asked_at", "side", "pk")

    @extend_schema(summary="How it was", request=shapes.VerdictSerializer, responses=IN_FULL)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: UUID) -> Response:
        """Say how it was, for the sender's side; the coach of the case writes down what a side told."""
        among = self._decidable() if is_staff(request) else self.get_queryset()
        what = {"evaluation_id": pk}
        return self.written(services.answer_evaluation, shapes.VerdictSerializer, among=among, **what)

    @extend_schema(summary="It has been gone through", request=shapes.LookSerializer, responses=IN_FULL)
    @action(detail=True, methods=["post"])
    def look(self, request: Request, pk: UUID) -> Response:
        """Note that the coach has gone through it; the skills in `taken` become evidence."""
        among, shape = self._decidable(), shapes.LookSerializer
        return self.written(services.look_at_evaluation, shape, among=among, evaluation_id=pk)

    @extend_schema(summary="It is asked no more", request=None, responses=IN_FULL)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: UUID) -> Response:
        """Ask one side no more, who could not be reached."""
        return self.written(services.leave_evaluation, among=self._decidable(), evaluation_id=pk)

    def _decidable(self) -> EvaluationQuerySet:
        theirs = Internship.objects.decidable_by(self.request.user)
        return Evaluation.objects.visible_to(self.request.user).filter(internship__in=theirs)
