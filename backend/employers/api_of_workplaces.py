"""Workplaces in the API: where they are, how it is there and what can be arranged, by the pages' services."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from backend.employers import services
from backend.employers.api_of_organisations import OfOrganisation
from backend.employers.models import Employer, Workplace
from backend.employers.serializers_of_workplaces import (
    AnswersSerializer,
    OwnWorkplaceSerializer,
    WorkplaceAddedSerializer,
    WorkplaceChangedSerializer,
)

ONE = OwnWorkplaceSerializer


@extend_schema_view(
    list=extend_schema(summary="The workplaces of the employers that the sender may know of"),
    retrieve=extend_schema(summary="One workplace: how it is there, and which needs that meets"),
)
class WorkplaceViewSet(OfOrganisation):
    """Workplaces of the sender's employers, and to staff those of their municipality."""

    serializer_class = ONE

    def get_queryset(self) -> QuerySet[Workplace]:
        """Return what the sender may know of."""
        return Workplace.objects.visible_to(self.request.user).select_related("employer")

    @extend_schema(summary="Add a workplace", request=WorkplaceAddedSerializer, responses={201: ONE})
    def create(self, request: Request) -> Response:
        """Add an address where an employer receives people."""
        theirs = Employer.objects.writable_by(request.user).select_related("municipality")
        employer = theirs.get(pk=self.sent(WorkplaceAddedSerializer, theirs)["employer_id"])
        said = self._said(WorkplaceAddedSerializer).arguments_near(employer)
        made = self.write(services.add_workplace, employer=employer, **said)
        return self.answer(made, status.HTTP_201_CREATED)

    @extend_schema(summary="Say anew where it is", request=WorkplaceChangedSerializer, responses=ONE)
    def update(self, request: Request, pk: UUID) -> Response:
        """Change the address and how to get there; what is left out is taken away."""
        employer = self._own().employer
        said = self._said(WorkplaceChangedSerializer).arguments_near(employer)
        return self.answer(self.write(services.update_workplace, workplace_id=pk, **said))

    @extend_schema(
        summary="Say how it is there, and what is not so", request=AnswersSerializer, responses=ONE
    )
    @action(detail=True, methods=["post"])
    def facts(self, request: Request, pk: UUID) -> Response:
        """Keep what is so and what is not; null takes an answer back, what is left out stays."""
        return self._answered(services.answer_facts)

    @extend_schema(
        summary="Say what can be arranged there, and what cannot", request=AnswersSerializer, responses=ONE
    )
    @action(detail=True, methods=["post"])
    def adaptations(self, request: Request, pk: UUID) -> Response:
        """Keep what can be arranged for every opening there; null takes an answer back."""
        return self._answered(services.answer_adaptations)

    def _answered(self, service: Any) -> Response:
        workplace, said = self._own(), self._said(AnswersSerializer)
        return self.answer(self.write(service, workplace_id=workplace.pk, **said.service_arguments()))

    def _own(self) -> Workplace:
        """Return the workplace of the address if the sender may write it; else there is none."""
        theirs = Workplace.objects.writable_by(self.request.user).select_related("employer__municipality")
        workplace: Workplace = get_object_or_404(theirs, pk=self.kwargs["pk"])
        return workplace

    def _said(self, shape: Any) -> Any:
        said = shape(data=self.request.data)
        said.is_valid(raise_exception=True)
        return said
