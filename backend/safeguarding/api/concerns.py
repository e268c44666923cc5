"""Concerns about employers, without an internship, in the API: written and read by staff alone."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from backend.employers.api_of_organisations import OfOrganisation
from backend.employers.models import Employer
from backend.internships.models import Concern
from backend.internships.services import close_concern, tell_of_workplace
from backend.safeguarding import serializers as shapes

ONE = shapes.EmployerConcernSerializer


@extend_schema_view(
    list=extend_schema(summary="What is said to be wrong at the municipality's employers, the newest first"),
    retrieve=extend_schema(summary="One concern about an employer"),
)
class EmployerConcernViewSet(OfOrganisation):
    """Concerns about employers and workplaces; those about internships stand under `concerns`."""

    serializer_class = ONE

    def get_queryset(self) -> QuerySet[Concern]:
        """Return what the sender may read as staff."""
        theirs = Concern.objects.filter(employer__in=Employer.objects.decidable_by(self.request.user))
        return theirs.order_by("-raised_at", "pk")

    @extend_schema(
        summary="Note what staff have been told",
        request=shapes.ConcernNoteSerializer,
        responses={201: ONE},
    )
    def create(self, request: Request) -> Response:
        """Note a concern; the workplace sees neither who nor what."""
        said = self.sent(shapes.ConcernNoteSerializer, Employer.objects.decidable_by(request.user))
        return self.answer(self.write(tell_of_workplace, **said), status.HTTP_201_CREATED)

    @extend_schema(summary="What was done about it", request=shapes.ConcernDoneSerializer, responses=ONE)
    @action(detail=True, methods=["post"])
    def handle(self, request: Request, pk: UUID) -> Response:
        """Write down what was done; one that has been handled is handled no more."""
        get_object_or_404(self.get_queryset(), pk=pk)
        said = shapes.ConcernDoneSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        return self.answer(self.write(close_concern, concern_id=pk, **said.service_arguments()))
