"""Reviews of employers in the API: what they rest on to staff alone, question and decision to both sides."""

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
from rest_framework.serializers import BaseSerializer

from backend.core.api.said import Said
from backend.employers.api_of_organisations import OfEmployer, OfOrganisation
from backend.employers.models import Employer
from backend.participants.api.cases import is_staff
from backend.safeguarding import serializers as shapes
from backend.safeguarding import services
from backend.safeguarding.enums import ReviewState
from backend.safeguarding.models import Review

FOR_STAFF, FOR_EMPLOYER = shapes.StaffReviewSerializer, shapes.OwnReviewSerializer


class OfEmployerInState(OfEmployer):
    """Reviews of one employer, or in one state."""

    state = filters.ChoiceFilter(choices=ReviewState.choices)


@extend_schema_view(
    list=extend_schema(summary="The reviews that the sender may know of, the newest first"),
    retrieve=extend_schema(
        summary="One review: to an employer what it is asked and what was decided, to staff what it rests on",
        responses=FOR_STAFF,
    ),
)
class ReviewViewSet(OfOrganisation):
    """Reviews of the municipality's employers, and to an employer those in which it has been asked."""

    serializer_class = shapes.ReviewSerializer
    filterset_class = OfEmployerInState

    def get_queryset(self) -> QuerySet[Review]:
        """Return what the sender may read."""
        readable = Review.objects.visible_to(self.request.user)
        return readable.select_related("employer", "measure", "replied_by", "decided_by")

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """Return the fields that fit the reader; a list is the same for all."""
        if self.action == "list":
            return shapes.ReviewSerializer
        return FOR_STAFF if is_staff(self.request) else FOR_EMPLOYER

    @extend_schema(
        summary="Begin to look into an employer, for concerns or for what staff have seen",
        request=shapes.ReviewOpenSerializer,
        responses={201: FOR_STAFF},
    )
    def create(self, request: Request) -> Response:
        """Open a review; the managers are told."""
        said = self.sent(shapes.ReviewOpenSerializer, Employer.objects.decidable_by(request.user))
        return self.answer(self.write(services.open_review, **said), status.HTTP_201_CREATED)

    @extend_schema(
        summary="Add what else it rests on",
        request=shapes.ReviewEvidenceSerializer,
        responses=FOR_STAFF,
    )
    @action(detail=True, methods=["post"])
    def evidence(self, request: Request, pk: UUID) -> Response:
        """Add concerns and what staff have seen, while nothing is decided."""
        theirs = Review.objects.filter(employer__in=Employer.objects.decidable_by(request.user))
        return self._done(services.add_evidence, shapes.ReviewEvidenceSerializer, theirs)

    @extend_schema(
        summary="Ask the employer to reply", request=shapes.ReviewAskSerializer, responses=FOR_STAFF
    )
    @action(detail=True, methods=["post"], url_path="ask-reply")
    def ask_reply(self, request: Request, pk: UUID) -> Response:
        """Ask in words written for the employer, who reads these and nothing that the review rests on."""
        return self._done(services.ask_reply, shapes.ReviewAskSerializer, self._managed())

    @extend_schema(
        summary="The employer replies", request=shapes.ReviewReplySerializer, responses=FOR_EMPLOYER
    )
    @action(detail=True, methods=["post"])
    def reply(self, request: Request, pk: UUID) -> Response:
        """Reply for the employer, also after the day as long as nothing is decided."""
        theirs = Review.objects.answered_for_by(request.user)
        return self._done(services.reply_to_review, shapes.ReviewReplySerializer, theirs)

    @extend_schema(
        summary="Decide on a measure or none", request=shapes.ReviewDecideSerializer, responses=FOR_STAFF
    )
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: UUID) -> Response:
        """Decide, with reasons that the employer reads; 409 before it was heard."""
        return self._done(services.decide_review, shapes.ReviewDecideSerializer, self._managed())

    @extend_schema(
        summary="There was nothing in it", request=shapes.ReviewDismissSerializer, responses=FOR_STAFF
    )
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: UUID) -> Response:
        """Lay the review aside; an employer that was asked is told."""
        return self._done(services.dismiss_review, shapes.ReviewDismissSerializer, self._managed())

    @extend_schema(
        summary="The employer asks for another decision",
        request=shapes.ReviewAppealSerializer,
        responses=FOR_EMPLOYER,
    )
    @action(detail=True, methods=["post"])
    def appeal(self, request: Request, pk: UUID) -> Response:
        """Ask that somebody else looks at the decision; the measure holds meanwhile."""
        theirs = Review.objects.answered_for_by(request.user)
        return self._done(services.appeal, shapes.ReviewAppealSerializer, theirs)

    @extend_schema(
        summary="The decision stands, or the employer is right",
        request=shapes.AppealDecideSerializer,
        responses=FOR_STAFF,
    )
    @action(detail=True, methods=["post"], url_path="decide-appeal")
    def decide_appeal(self, request: Request, pk: UUID) -> Response:
        """Decide about the appeal; 422 for whoever made the decision, where somebody else can."""
        return self._done(services.decide_appeal, shapes.AppealDecideSerializer, self._managed())

    def _managed(self) -> QuerySet[Review]:
        return Review.objects.managed_by(self.request.user)

    def _done(self, service: Any, shape: type[Said], among: QuerySet[Review]) -> Response:
        """Ask `service` about the review of the address, if it is `among` these, and give it as it is now."""
        review = get_object_or_404(among, pk=self.kwargs["pk"])
        said = shape(data=self.request.data)
        said.is_valid(raise_exception=True)
        return self.answer(self.write(service, review_id=review.pk, **said.service_arguments()))
