"""Internships in the API: planned, moved, extended and corrected by the services of the pages."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from backend.accounts.enums import Persona
from backend.core.api.said import Said
from backend.internships import services
from backend.internships.api.cases import CaseViewSet
from backend.internships.enums import WITHOUT_PROPOSAL
from backend.internships.models import Extension, Internship, InternshipQuerySet
from backend.internships.pages.access_log import INTERNSHIP
from backend.internships.pages.filters import WorkplaceFilter
from backend.internships.pages.for_employers import RELATED
from backend.internships.pages.presenting import contact_for_employer, contact_of
from backend.internships.serializers import internships as shapes
from backend.matching.models import Proposal
from backend.matching.serializers.proposals import RenewConsentSerializer
from backend.participants.access_log import shown
from backend.participants.api.cases import ask_once, is_staff, sender_of
from backend.participants.models import Participant

FOR_STAFF = shapes.StaffInternshipSerializer


def _move(summary: str, shape: type[Said]) -> Callable[[Any], Any]:
    """Return what the schema says of a move."""
    return extend_schema(summary=summary, request=shape, responses=FOR_STAFF)


@extend_schema_view(
    list=extend_schema(summary="The internships that the sender follows, the newest start first; no persons"),
    retrieve=extend_schema(
        summary="One internship: to an employer with what was released, to staff with the person",
        responses=FOR_STAFF,
    ),
)
class InternshipViewSet(CaseViewSet[Internship]):
    """Internships at the sender's workplace, of the cases that the sender may open, or of the sender."""

    serializer_class = shapes.InternshipSerializer
    filterset_class = WorkplaceFilter
    in_full: ClassVar = {
        Persona.STAFF: FOR_STAFF,
        Persona.EMPLOYER: shapes.EmployerInternshipSerializer,
        Persona.PARTICIPANT: shapes.OwnInternshipSerializer,
    }
    page, case = INTERNSHIP, "participant_id"

    def get_queryset(self) -> QuerySet[Internship]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        sender = sender_of(self.request)
        if self.action == "list" and is_staff(self.request):
            readable = Internship.objects.listed_for(sender)
        else:
            readable = Internship.objects.read_by(sender, on=timezone.localdate())
        return readable.select_related("opening", *RELATED).order_by("-starts_on", "pk")

    @_move("It begins", shapes.StartSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: UUID) -> Response:
        """Start a planned internship; its follow-ups are planned."""
        return self._moved(services.start_internship, shapes.StartSerializer)

    @_move("It ran as agreed and is over", shapes.CompleteSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, pk: UUID) -> Response:
        """Complete an internship."""
        return self._moved(services.complete_internship, shapes.CompleteSerializer)

    @_move("It ended before its time", shapes.EndEarlySerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        """End an internship early, and say whose circumstances it was and why."""
        return self._moved(services.end_internship_early, shapes.EndEarlySerializer)

    @_move("It is called off before its start", shapes.CancelSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: UUID) -> Response:
        """Call a planned internship off."""
        return self._moved(services.cancel_internship, shapes.CancelSerializer)

    @_move("Nobody came", shapes.NoShowSerializer)
    @action(detail=True, methods=["post"], url_path="no-show")
    def no_show(self, request: Request, pk: UUID) -> Response:
        """End a planned internship to which nobody came."""
        return self._moved(services.record_no_show, shapes.NoShowSerializer)

    @_move("A break begins", shapes.PauseInternshipSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: UUID) -> Response:
        """Pause an internship; follow-ups move past the break."""
        return self._moved(services.pause_internship, shapes.PauseInternshipSerializer)

    @_move("The break ends another day", shapes.ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def change_return(self, request: Request, pk: UUID) -> Response:
        """Write another day on which it is expected to go on."""
        return self._moved(services.change_return, shapes.ReturnSerializer)

    @_move("It goes on after a break", shapes.ResumeSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: UUID) -> Response:
        """Let a paused internship go on."""
        return self._moved(services.resume_internship, shapes.ResumeSerializer)

    @_move("Terms are corrected, or changed by a new decision", shapes.TermsSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: UUID) -> Response:
        """Change what is sent of the terms; what stood is kept."""
        return self._moved(services.correct_terms, shapes.TermsSerializer)

    @extend_schema(
        summary="It is extended, or a manager is asked",
        request=shapes.ExtendSerializer,
        responses={201: shapes.ExtensionSerializer},
    )
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: UUID) -> Response:
        """Write a version of the terms; it holds at once where no gate is in the way."""
        return self._extended(services.extend_internship, shapes.ExtendSerializer)

    @extend_schema(
        summary="The extension that a manager said yes to holds",
        request=None,
        responses={201: shapes.ExtensionSerializer},
    )
    @action(detail=True, methods=["post"], url_path="extend/apply")
    def apply_extension(self, request: Request, pk: UUID) -> Response:
        """Let the version hold that waited for a manager."""
        return self._extended(services.apply_extension)

    @extend_schema(
        summary="The placement stands on a new consent",
        request=RenewConsentSerializer,
        responses=FOR_STAFF,
    )
    @action(detail=True, methods=["post"])
    def consent(self, request: Request, pk: UUID) -> Response:
        """Write down a new consent for a placement to which no proposal led; the earlier one ends."""
        among = self._decidable().filter(way_in__in=WITHOUT_PROPOSAL)
        shape = RenewConsentSerializer
        return self.written(services.renew_placement_consent, shape, among=among, internship_id=pk)

    def _moved(self, service: Callable[..., Model], shape: type[Said]) -> Response:
        return self.written(service, shape, among=self._decidable(), internship_id=self.kwargs["pk"])

    def _extended(self, service: Callable[..., Model], shape: type[Said] | None = None) -> Response:
        internship = get_object_or_404(self._decidable(), pk=self.kwargs["pk"])
        key = ask_once(self.request, service, shape, internship_id=internship.pk)
        shown(self.request, [internship.participant_id], page=INTERNSHIP)
        made = Extension.objects.visible_to(self.request.user).get(pk=key)
        return Response(shapes.ExtensionSerializer(made).data, status=status.HTTP_201_CREATED)

    def _decidable(self) -> InternshipQuerySet:
        return Internship.objects.decidable_by(self.request.user)


class EmergencyContactView(APIView):
    """Whom the participant wants to be rung: read by each side, written by the participant or the coach."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(
        summary="Whom the workplace rings when something happens: to it while the internship goes on",
        responses=shapes.EmergencyContactSerializer,
    )
    def get(self, request: Request, internship_id: UUID) -> Response:
        """Give name and number; both are empty where nobody is named, or the reader may not know."""
        theirs = Internship.objects.read_by(sender_of(request), on=timezone.localdate())
        return self._given(get_object_or_404(theirs.select_related("opening", *RELATED), pk=internship_id))

    @extend_schema(
        summary="The participant, or the coach for them, says whom to ring",
        request=shapes.WriteContactSerializer,
        responses=shapes.EmergencyContactSerializer,
    )
    def post(self, request: Request, internship_id: UUID) -> Response:
        """Write down name and number; both empty takes them away."""
        spoken_for = Participant.objects.spoken_for_by(request.user)
        theirs = Internship.objects.visible_to(request.user).filter(participant__in=spoken_for)
        internship = get_object_or_404(theirs, pk=internship_id)
        what = {"internship_id": internship_id}
        ask_once(request, services.write_emergency_contact, shapes.WriteContactSerializer, **what)
        return self._given(internship)

    def _given(self, internship: Internship) -> Response:
        is_employer = sender_of(self.request).persona == Persona.EMPLOYER
        today = timezone.localdate()
        contact = contact_for_employer(internship, on=today) if is_employer else contact_of(internship)
        if contact or not is_employer:
            shown(self.request, [internship.participant_id], page=INTERNSHIP)
        said = {"name": contact.name, "phone": contact.phone} if contact else {"name": "", "phone": ""}
        return Response(shapes.EmergencyContactSerializer(said).data)


@extend_schema(
    summary="An accepted proposal becomes an internship",
    request=shapes.PlanSerializer,
    responses={201: FOR_STAFF},
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def plan(request: Request, proposal_id: UUID) -> Response:
    """Plan the internship of an accepted proposal; every reason against it is told at once."""
    get_object_or_404(Proposal.objects.handled_by(request.user), pk=proposal_id)
    return _planned(request, services.plan_internship, shapes.PlanSerializer, proposal_id=proposal_id)


@extend_schema(
    summary="Somebody is placed without a proposal",
    request=shapes.PlaceSerializer,
    responses={201: FOR_STAFF},
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def place(request: Request, participant_id: UUID) -> Response:
    """Plan an internship to which no proposal leads, and write down the consent that it stands on."""
    get_object_or_404(Participant.objects.decidable_by(request.user), pk=participant_id)
    what = {"participant_id": participant_id}
    return _planned(request, services.plan_without_proposal, shapes.PlaceSerializer, **what)


def _planned(request: Request, service: Callable[..., Model], shape: type[Said], **what: Any) -> Response:
    key = ask_once(request, service, shape, **what)
    theirs = Internship.objects.visible_to(request.user).select_related("opening", *RELATED)
    internship = theirs.get(pk=key)
    shown(request, [internship.participant_id], page=INTERNSHIP)
    return Response(_in_full(internship).data, status=status.HTTP_201_CREATED)


def _in_full(internship: Internship) -> BaseSerializer[Internship]:
    return FOR_STAFF(internship)
