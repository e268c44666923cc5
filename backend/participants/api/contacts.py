"""The journal of a case in the API."""

from typing import ClassVar
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.participants.access_log import FILE, LISTED
from backend.participants.api.cases import CaseViewSet, ask_once, is_staff
from backend.participants.models import Contact, Participant
from backend.participants.serializers import contacts as shapes
from backend.participants.services import remove_contact


class OfParticipant(filters.FilterSet):
    """Rows of one case."""

    participant = filters.UUIDFilter(field_name="participant_id")


@extend_schema_view(
    list=extend_schema(
        summary="When there was contact in the cases that the sender may open, the newest first"
    ),
    retrieve=extend_schema(summary="One contact, whole", responses=shapes.FullCaseContactSerializer),
)
class ContactViewSet(CaseViewSet[Contact]):
    """Contacts in the files that the sender may open."""

    serializer_class = shapes.CaseContactSerializer
    filterset_class = OfParticipant
    in_full: ClassVar = dict.fromkeys(Persona, shapes.FullCaseContactSerializer)
    page, page_of_list, case = FILE, LISTED, "participant_id"

    def get_queryset(self) -> QuerySet[Contact]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        reader = self.request.user
        readable = Contact.objects.visible_to(reader)
        if self.action == "list" and is_staff(self.request):
            readable = readable.filter(participant__in=Participant.objects.listed_for(reader))
        return readable.select_related("recorded_by")

    @extend_schema(
        summary="A contact that was noted by mistake is taken back", request=None, responses={204: None}
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: UUID) -> Response:
        """Take it back; the last contact of the case is what it would be without it."""
        ask_once(request, remove_contact, contact_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)
