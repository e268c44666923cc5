"""Agreements in the API: read and signed by each of the three for itself."""

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
from backend.internships.api.cases import CaseViewSet, is_staff, sender_of
from backend.internships.models import Agreement, Internship
from backend.internships.pages.access_log import AGREEMENT
from backend.internships.pages.agreements import RELATED
from backend.internships.pages.filters import OfInternship
from backend.internships.serializers import agreements as shapes

OF_INTERNSHIP = tuple(f"internship__{each}" for each in RELATED)


@extend_schema_view(
    list=extend_schema(summary="The versions of agreements that the sender may read, the newest first"),
    retrieve=extend_schema(
        summary="One version in words, and who has signed it", responses=shapes.ReadAgreementSerializer
    ),
)
class AgreementViewSet(CaseViewSet[Agreement]):
    """Agreements about the internships that the sender may read."""

    serializer_class = shapes.AgreementSerializer
    filterset_class = OfInternship
    in_full: ClassVar = dict.fromkeys(Persona, shapes.ReadAgreementSerializer)
    page = AGREEMENT

    def get_queryset(self) -> QuerySet[Agreement]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        readable = Agreement.objects.read_by(sender_of(self.request), on=timezone.localdate())
        if self.action == "list" and is_staff(self.request):
            listed = Internship.objects.listed_for(self.request.user)
            readable = readable.filter(internship__in=listed)
        related = readable.select_related(*OF_INTERNSHIP).prefetch_related("signatures__by")
        return related.order_by("-made_at", "-number", "pk")

    @extend_schema(
        summary="The sender signs for its party", request=None, responses=shapes.ReadAgreementSerializer
    )
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: UUID) -> Response:
        """Sign the version for the employer, as the participant, or as coach for the municipality."""
        among = Agreement.objects.signable_by(request.user, on=timezone.localdate())
        return self.written(services.sign_agreement, among=among, agreement_id=pk)
