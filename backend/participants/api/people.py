"""Participants in the API: the file read by staff and by the person, changed by the coach of the case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import django_filters as filters
from django.db.models import Model
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.accounts.signing_in.permissions import FreshSecondFactor
from backend.core.api.said import Said
from backend.participants import services
from backend.participants.access_log import FILE, LISTED
from backend.participants.api.cases import CaseViewSet, IsCoach, ask_once, is_staff
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant, ParticipantQuerySet
from backend.participants.serializers import contacts, files
from backend.participants.serializers.written import WrittenSerializer

Asked = TypeVar("Asked", bound=Callable[..., Response])
WITH_FACTOR = [IsAuthenticated, FreshSecondFactor]


class OfUnit(filters.FilterSet):
    """What the list of cases can be narrowed by."""

    state = filters.ChoiceFilter(choices=ParticipantState.choices)
    unit = filters.UUIDFilter(field_name="unit_id")

    class Meta:
        model = Participant
        fields: tuple[str, ...] = ()


def _asks(summary: str, shape: type[Said] | None = None, code: int = 200) -> Callable[[Asked], Asked]:
    """Describe an address that changes a file and gives it."""
    return extend_schema(summary=summary, request=shape, responses={code: files.FileSerializer})


@extend_schema_view(
    list=extend_schema(summary="The cases that the sender may list, who waits longest first; no names"),
    retrieve=extend_schema(summary="One file, whole", responses=files.FileSerializer),
)
class ParticipantViewSet(CaseViewSet[Participant]):
    """The files that the sender may open: a unit's for staff, the own for a participant."""

    serializer_class = files.ParticipantSerializer
    filterset_class = OfUnit
    in_full: ClassVar = {
        Persona.STAFF: files.FileSerializer,
        Persona.EMPLOYER: files.OwnFileSerializer,
        Persona.PARTICIPANT: files.OwnFileSerializer,
    }
    page, page_of_list, case = FILE, LISTED, "pk"

    def get_queryset(self) -> ParticipantQuerySet:
        """Return whose files the sender may open; the lists of staff leave out protected identities."""
        reader = self.request.user
        if self.action == "list":
            mine = Participant.objects.visible_to(reader)
            return mine.findable() if is_staff(self.request) else mine
        return Participant.objects.visible_to(reader).with_rows()

    @_asks("Somebody is enrolled", files.EnrolSerializer, status.HTTP_201_CREATED)
    @action(detail=False, methods=["post"], permission_classes=[IsAuthenticated, IsCoach])
    def enrol(self, request: Request) -> Response:
        """Enrol somebody; who seems to be here already is asked about, until `is_another` is sent."""
        key = ask_once(request, services.enrol_participant, files.EnrolSerializer)
        return self.given(self.get_queryset().get(pk=key), status.HTTP_201_CREATED)

    @_asks("The file is changed", files.ChangeSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: UUID) -> Response:
        """Change what is sent; what somebody else has changed since `seen` is not overwritten."""
        return self._ask(services.update_participant, files.ChangeSerializer)

    @_asks("The case goes on, pauses or ends", files.MoveCaseSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: UUID) -> Response:
        """Move the case on the coach's decision; internships and jobs move it by themselves."""
        return self._ask(services.change_state, files.MoveCaseSerializer)

    @_asks("The person is invited to sign in")
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: UUID) -> Response:
        """Send the invitation to the file's e-mail address; again, as long as nobody has come."""
        return self._ask(services.invite_participant)

    @_asks("Skills, experience and wishes are written down", WrittenSerializer)
    @action(detail=True, methods=["post"])
    def write(self, request: Request, pk: UUID) -> Response:
        """Write rows in the person's words, understood as far as the catalogue allows: all or none."""
        return self._ask(_written, WrittenSerializer)

    @_asks("A contact is noted", contacts.RecordContactSerializer)
    @action(detail=True, methods=["post"], url_path="record-contact")
    def record_contact(self, request: Request, pk: UUID) -> Response:
        """Add a line to the journal; the latest day is the file's last contact."""
        return self._ask(services.record_contact, contacts.RecordContactSerializer)

    @_asks("The identity is protected", files.HandlersSerializer)
    @action(detail=True, methods=["post"], permission_classes=WITH_FACTOR)
    def protect(self, request: Request, pk: UUID) -> Response:
        """Hide the person from all but the handlers. Asks for a fresh second factor."""
        return self._ask(services.protect_participant, files.HandlersSerializer)

    @_asks("The protection is lifted", files.ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="lift-protection", permission_classes=WITH_FACTOR)
    def lift_protection(self, request: Request, pk: UUID) -> Response:
        """Let the unit see the person again. Asks for a fresh second factor."""
        return self._ask(services.lift_protection, files.ReasonSerializer)

    def _ask(self, service: Callable[..., Model], shape: type[Said] | None = None) -> Response:
        mine = Participant.objects.decidable_by(self.request.user)
        return self.written(service, shape, among=mine, participant_id=self.kwargs["pk"])


def _written(*, participant_id: UUID, by: User, at: datetime, **rows: Any) -> Participant:
    services.add_written(participant_id=participant_id, by=by, at=at, **rows)
    return Participant.objects.decidable_by(by).get(pk=participant_id)
