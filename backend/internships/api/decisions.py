"""What a unit's manager decides, in the API: about a placement, an extension, or beside a concern."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.internships import services
from backend.internships.models import Concern, Extension, Internship, ManagerDecision
from backend.internships.pages.access_log import CONCERN, INTERNSHIP
from backend.internships.serializers.decisions import DecideSerializer, DecisionSerializer
from backend.participants.access_log import shown
from backend.participants.api.cases import ask_once


def _decision(summary: str) -> Callable[[Any], Any]:
    """Return what the schema says of a decision."""
    return extend_schema(summary=summary, request=DecideSerializer, responses={201: DecisionSerializer})


@_decision("A manager decides whether a placement may start or go on")
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def decide_placement(request: Request, internship_id: UUID) -> Response:
    """Say yes or no, with reasons, where the union objects or a gate is in the way."""
    about = get_object_or_404(Internship.objects.managed_by(request.user), pk=internship_id)
    shown(request, [about.participant_id], page=INTERNSHIP)
    return _decided(request, services.decide_objection, about, internship_id=internship_id)


@_decision("A manager decides about an extension that waits")
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def decide_extension(request: Request, extension_id: UUID) -> Response:
    """Say yes or no, with reasons; the coach lets it hold after a yes."""
    theirs = Extension.objects.managed_by(request.user).select_related("internship")
    about = get_object_or_404(theirs, pk=extension_id)
    shown(request, [about.internship.participant_id], page=INTERNSHIP)
    return _decided(request, services.decide_extension, about, extension_id=extension_id)


@_decision("A manager decides whether people may be placed where a concern has not been handled")
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def decide_concern(request: Request, concern_id: UUID) -> Response:
    """Say yes or no, with reasons."""
    theirs = Concern.objects.filter(internship__in=Internship.objects.managed_by(request.user))
    about = get_object_or_404(theirs.select_related("internship"), pk=concern_id)
    shown(request, [about.placement.participant_id], page=CONCERN)
    return _decided(request, services.decide_concern, about, concern_id=concern_id)


def _decided(
    request: Request,
    service: Callable[..., ManagerDecision],
    about: Internship | Extension | Concern,
    **what: Any,
) -> Response:
    key = ask_once(request, service, DecideSerializer, **what)
    made = about.decisions.select_related("decided_by").get(pk=key)
    return Response(DecisionSerializer(made).data, status=status.HTTP_201_CREATED)
