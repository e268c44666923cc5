"""Concerns in the API: raised by anybody in an internship, handled by coach or manager."""

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
from backend.internships.models import Concern, Internship
from backend.internships.pages.access_log import CONCERN
from backend.internships.pages.filters import OfInternship
from backend.internships.serializers import concerns as shapes
from backend.participants.access_log import shown
from backend.participants.api.cases import ask_once, is_staff, sender_of


@extend_schema_view(
    list=extend_schema(summary="The concerns that the sender follows or has raised, the newest first"),
    retrieve=extend_schema(
        summary="One concern, in the words of whoever raised it", responses=shapes.StaffConcernSerializer
    ),
)
class ConcernViewSet(CaseViewSet[Concern]):
    """Concerns about internships that the sender follows as staff, and the sender's own."""

    serializer_class = shapes.ConcernSerializer
    filterset_class = OfInternship
    in_full: ClassVar = {
        Persona.STAFF: shapes.StaffConcernSerializer,
        Persona.EMPLOYER: shapes.OwnConcernSerializer,
        Persona.PARTICIPANT: shapes.OwnConcernSerializer,
    }
    page = CONCERN

    def get_queryset(self) -> QuerySet[Concern]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        readable = Concern.objects.visible_to(self.request.user).filter(internship__isnull=False)
        if self.action == "list" and is_staff(self.request):
            listed = Internship.objects.listed_for(self.request.user)
            readable = readable.filter(internship__in=listed)
        return readable.select_related("internship", "raised_by").order_by("-raised_at", "pk")

    @extend_schema(
        summary="What was done about it",
        request=shapes.OutcomeSerializer,
        responses=shapes.StaffConcernSerializer,
    )
    @action(detail=True, methods=["post"])
    def handle(self, request: Request, pk: UUID) -> Response:
        """Write down what was done; a concern that has been handled is there no more."""
        sender = sender_of(request)
        theirs = Internship.objects.decidable_by(sender) | Internship.objects.managed_by(sender)
        among = Concern.objects.visible_to(sender).filter(internship__in=theirs)
        return self.written(services.handle_concern, shapes.OutcomeSerializer, among=among, concern_id=pk)


@extend_schema(
    summary="Something is wrong in an internship",
    request=shapes.RaiseSerializer,
    responses={201: shapes.OwnConcernSerializer},
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def raise_concern(request: Request, internship_id: UUID) -> Response:
    """Say that something is wrong; the coach is told, and the workplace sees neither who nor what."""
    sender = sender_of(request)
    readable = Internship.objects.read_by(sender, on=timezone.localdate())
    internship = get_object_or_404(readable, pk=internship_id)
    what = {"internship_id": internship_id}
    key = ask_once(request, services.raise_concern, shapes.RaiseSerializer, **what)
    shown(request, [internship.participant_id], page=CONCERN)
    made = Concern.objects.visible_to(sender).get(pk=key)
    return Response(shapes.OwnConcernSerializer(made).data, status=status.HTTP_201_CREATED)
