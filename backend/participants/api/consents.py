"""Consents in the API: read by the person and by staff, taken back by the person or by the coach for them."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.participants.access_log import FILE, LISTED
from backend.participants.api.cases import CaseViewSet, is_staff
from backend.participants.api.contacts import OfParticipant
from backend.participants.models import Consent, Participant
from backend.participants.serializers import consents as shapes
from backend.participants.services import withdraw_consent

FULL = shapes.FullConsentSerializer


@extend_schema_view(
    list=extend_schema(
        summary="The consents in the files that the sender may open, the newest first; no names"
    ),
    retrieve=extend_schema(summary="One consent, with what it lets be told", responses=FULL),
)
class ConsentViewSet(CaseViewSet[Consent]):
    """Consents in the files that the sender may open; an employer finds none."""

    serializer_class = shapes.ConsentSerializer
    filterset_class = OfParticipant
    in_full: ClassVar = dict.fromkeys(Persona, FULL)
    page, page_of_list, case = FILE, LISTED, "participant_id"

    def get_queryset(self) -> QuerySet[Consent]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        reader = self.request.user
        readable = Consent.objects.visible_to(reader)
        if self.action == "list" and is_staff(self.request):
            readable = readable.filter(participant__in=Participant.objects.listed_for(reader))
        return readable.with_receiver().prefetch_related("items")

    @extend_schema(summary="A consent is taken back", request=None, responses=FULL)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        """Take it back at once, as the person or as the coach for them: nothing more is told."""
        spoken_for = Participant.objects.spoken_for_by(request.user)
        among = self.get_queryset().filter(participant__in=spoken_for)
        return self.written(withdraw_consent, among=among, consent_id=pk)
