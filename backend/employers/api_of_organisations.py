"""Who speaks for an employer, and what colleagues note of it, in the API: the pages' scopes and services.

An invitation is accepted on the page behind its link alone: whoever holds that proves the address.
"""

from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api import made_once
from backend.employers import services
from backend.employers.models import (
    Employer,
    EmployerContact,
    EmployerInvitation,
    EmployerMembership,
    Redundancy,
)
from backend.employers.serializers_of_organisations import (
    EmployerContactNotedSerializer,
    EmployerContactSerializer,
    EmployerInvitationSerializer,
    EmployerInvitedSerializer,
    OwnMembershipSerializer,
    RedundanciesCorrectedSerializer,
    RedundanciesNotedSerializer,
    RedundanciesTakenBackSerializer,
    RedundancySerializer,
)


class OfEmployer(filters.FilterSet):
    """Rows of one employer."""

    employer = filters.UUIDFilter(field_name="employer_id")


class OfOrganisation(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """Rows about employers, written by the services of the pages."""

    permission_classes = (IsAuthenticated,)
    lookup_value_converter = "uuid"
    filterset_class = OfEmployer

    def write(self, service: Any, **what: Any) -> str:
        """Ask `service`; return the key of what it gives. Sent again with the same key it is done once."""
        sender, at = self.request.user, timezone.now()
        return made_once(self.request, lambda: service(**what, by=sender, at=at))

    def answer(self, pk: str | UUID, code: int = status.HTTP_200_OK) -> Response:
        """Give the row with a key."""
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=code)

    def said(self, shape: Any) -> dict[str, Any]:
        """Return what was sent about a row."""
        said = shape(data=self.request.data)
        said.is_valid(raise_exception=True)
        arguments: dict[str, Any] = said.service_arguments()
        return arguments

    def sent(self, shape: Any, among: QuerySet[Employer]) -> dict[str, Any]:
        """Return what was sent about an employer. Raises Http404 where it is none of `among`."""
        arguments = self.said(shape)
        if not among.filter(pk=arguments["employer_id"]).exists():
            raise Http404
        return arguments


@extend_schema_view(
    list=extend_schema(summary="Who has been asked to speak for the employers that the sender administers"),
    retrieve=extend_schema(summary="One invitation"),
)
class EmployerInvitationViewSet(OfOrganisation):
    """Invitations to speak for an employer; the links are in the mails alone."""

    serializer_class = EmployerInvitationSerializer

    def get_queryset(self) -> QuerySet[EmployerInvitation]:
        """Return what the sender may send anew or take back."""
        return EmployerInvitation.objects.decidable_by(self.request.user).order_by("-sent_at", "pk")

    @extend_schema(
        summary="Ask somebody to speak for an employer: a link goes to the address",
        request=EmployerInvitedSerializer,
        responses={201: EmployerInvitationSerializer},
    )
    def create(self, request: Request) -> Response:
        """Mail a link that serves once; whom one waits for already gets a new one."""
        said = self.sent(EmployerInvitedSerializer, Employer.objects.administered_by(request.user))
        return self.answer(self.write(services.invite_member, **said), status.HTTP_201_CREATED)

    @extend_schema(
        summary="A new link; the one of before opens nothing",
        request=None,
        responses=EmployerInvitationSerializer,
    )
    @action(detail=True, methods=["post"])
    def resend(self, request: Request, pk: UUID) -> Response:
        """Mail a new link; 409 for one that is accepted or taken back."""
        return self.answer(self.write(services.invite_again, invitation_id=pk))

    @extend_schema(summary="Take it back", request=None, responses=EmployerInvitationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        """Take the invitation back: its link opens nothing."""
        return self.answer(self.write(services.withdraw_invitation, invitation_id=pk))


@extend_schema_view(
    list=extend_schema(summary="For which employers the sender speaks, has spoken or has asked to"),
    retrieve=extend_schema(summary="One of the sender's memberships"),
)
class OwnMembershipViewSet(OfOrganisation):
    """The sender's own memberships."""

    serializer_class = OwnMembershipSerializer

    def get_queryset(self) -> QuerySet[EmployerMembership]:
        """Return the sender's own."""
        own = EmployerMembership.objects.filter(user=self.request.user.pk)
        return own.select_related("employer").order_by("pk")

    @extend_schema(
        summary="Speak for the employer no more; what was written stays with it",
        request=None,
        responses=OwnMembershipSerializer,
    )
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: UUID) -> Response:
        """Leave; 422 for the last who administers it."""
        return self.answer(self.write(services.leave_employer, membership_id=pk))


@extend_schema_view(
    list=extend_schema(summary="The journal of the municipality's employers, the newest first"),
    retrieve=extend_schema(summary="One contact with an employer"),
)
class EmployerContactViewSet(OfOrganisation):
    """Contacts of the staff with employers; no employer reads them."""

    serializer_class = EmployerContactSerializer

    def get_queryset(self) -> QuerySet[EmployerContact]:
        """Return what the sender may read as staff."""
        return EmployerContact.objects.visible_to(self.request.user).select_related("recorded_by")

    @extend_schema(
        summary="Note a contact with an employer, and what comes next",
        request=EmployerContactNotedSerializer,
        responses={201: EmployerContactSerializer},
    )
    def create(self, request: Request) -> Response:
        """Write one line of the journal."""
        said = self.sent(EmployerContactNotedSerializer, Employer.objects.decidable_by(request.user))
        return self.answer(self.write(services.record_employer_contact, **said), status.HTTP_201_CREATED)

    @extend_schema(
        summary="A contact that was noted by mistake is taken back", request=None, responses={204: None}
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: UUID) -> Response:
        """Take the line back."""
        self.write(services.remove_employer_contact, contact_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(
    list=extend_schema(summary="Who was given notice at the municipality's employers, the newest first"),
    retrieve=extend_schema(summary="Redundancies at one employer"),
)
class RedundancyViewSet(OfOrganisation):
    """Redundancies that staff have noted, also what was taken back; no employer reads them."""

    serializer_class = RedundancySerializer

    def get_queryset(self) -> QuerySet[Redundancy]:
        """Return what the sender may read as staff."""
        return Redundancy.objects.visible_to(self.request.user).select_related("noted_by")

    @extend_schema(
        summary="Note that people at an employer were given notice",
        request=RedundanciesNotedSerializer,
        responses={201: RedundancySerializer},
    )
    def create(self, request: Request) -> Response:
        """Note it; nobody is named."""
        said = self.sent(RedundanciesNotedSerializer, Employer.objects.decidable_by(request.user))
        return self.answer(self.write(services.record_redundancies, **said), status.HTTP_201_CREATED)

    @extend_schema(
        summary="Put otherwise what was noted wrongly",
        request=RedundanciesCorrectedSerializer,
        responses={201: RedundancySerializer},
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: UUID) -> Response:
        """Note it anew; the first one is kept and counts no more. 409 where it holds no more."""
        said = self.said(RedundanciesCorrectedSerializer)
        written = self.write(services.correct_redundancies, redundancy_id=pk, **said)
        return self.answer(written, status.HTTP_201_CREATED)

    @extend_schema(
        summary="Take back what was noted by mistake",
        request=RedundanciesTakenBackSerializer,
        responses=RedundancySerializer,
    )
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: UUID) -> Response:
        """Take it back, with what was wrong; 409 where it holds no more."""
        said = self.said(RedundanciesTakenBackSerializer)
        return self.answer(self.write(services.take_back_redundancies, redundancy_id=pk, **said))
