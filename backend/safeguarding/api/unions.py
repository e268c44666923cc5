"""What unions were asked about workplaces, in the API: to staff alone."""

from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from backend.employers.api_of_organisations import OfOrganisation
from backend.employers.models import Employer, Workplace
from backend.internships.enums import ConsultationOutcome
from backend.internships.models import UnionConsultation
from backend.internships.services import ask_union, record_union_answer
from backend.safeguarding import serializers as shapes

ONE = shapes.UnionQuestionSerializer


class OfWorkplace(filters.FilterSet):
    """Questions about one employer or workplace, with one outcome, or that wait for an answer."""

    employer = filters.UUIDFilter(field_name="workplace__employer_id")
    workplace = filters.UUIDFilter(field_name="workplace_id")
    outcome = filters.ChoiceFilter(choices=ConsultationOutcome.choices)
    waiting = filters.BooleanFilter(field_name="recorded_at", lookup_expr="isnull")


@extend_schema_view(
    list=extend_schema(summary="What unions were asked about the municipality's employers, the newest first"),
    retrieve=extend_schema(summary="One question, and its answer or that there was none in time"),
)
class UnionQuestionViewSet(OfOrganisation):
    """Questions to unions whether a workplace suits; nobody is named, and no employer reads them."""

    serializer_class = ONE
    filterset_class = OfWorkplace

    def get_queryset(self) -> QuerySet[UnionConsultation]:
        """Return what the sender may read as staff."""
        asked = UnionConsultation.objects.visible_to(self.request.user)
        return asked.select_related("workplace", "asked_by")

    @extend_schema(
        summary="Note that a union is asked today", request=shapes.UnionAskSerializer, responses={201: ONE}
    )
    def create(self, request: Request) -> Response:
        """Note the question and until when it can be answered; after that it says itself that none came."""
        said = self._said(shapes.UnionAskSerializer)
        theirs = Workplace.objects.filter(employer__in=Employer.objects.decidable_by(request.user))
        get_object_or_404(theirs, pk=said["workplace_id"])
        return self.answer(self.write(ask_union, **said), status.HTTP_201_CREATED)

    @extend_schema(summary="Note what it answered", request=shapes.UnionAnswerSerializer, responses=ONE)
    @action(detail=True, methods=["post"], url_path="answer", url_name="answer")
    def note_answer(self, request: Request, pk: UUID) -> Response:
        """Note the answer, also one that came late; 409 where one is noted."""
        get_object_or_404(self.get_queryset(), pk=pk)
        said = self._said(shapes.UnionAnswerSerializer)
        return self.answer(self.write(record_union_answer, consultation_id=pk, **said))

    def _said(self, shape: Any) -> dict[str, Any]:
        said = shape(data=self.request.data)
        said.is_valid(raise_exception=True)
        return dict(said.service_arguments())
