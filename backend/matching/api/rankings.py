"""Rankings in the API: who fits an opening, and which openings fit somebody."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.employers.models import Opening
from backend.matching.access_log import IN_RANKING
from backend.matching.rankings.ranking import rank_for_opening, rank_for_participant
from backend.participants.access_log import shown
from backend.participants.api.cases import IsCoach, sender_of
from backend.participants.models import Participant


@extend_schema(summary="Who fits an opening, and why", responses=OpenApiTypes.OBJECT)
@api_view(["GET"])
@permission_classes([IsAuthenticated, IsCoach])
def candidates(request: Request, opening_id: UUID) -> Response:
    """Give the ranking of an opening with its reasons, and note down who was shown."""
    user, at = sender_of(request), timezone.now()
    opening = get_object_or_404(Opening.objects.decidable_by(user), pk=opening_id)
    ranked = rank_for_opening(opening, by=user, at=at)
    shown(request, (match.subject for match in (*ranked.matches, *ranked.near)), page=IN_RANKING)
    return Response(ranked.as_data())


@extend_schema(summary="Which openings fit a participant, and why", responses=OpenApiTypes.OBJECT)
@api_view(["GET"])
@permission_classes([IsAuthenticated, IsCoach])
def openings_for(request: Request, participant_id: UUID) -> Response:
    """Give the ranked openings of a participant with the reasons, and note down the look."""
    user, at = sender_of(request), timezone.now()
    people = Participant.objects.matched_by(user)
    participant = get_object_or_404(people, pk=participant_id)
    shown(request, [participant], page=IN_RANKING)
    return Response(rank_for_participant(participant, by=user, at=at).as_data())
