"""Own choices about messages, and a municipality's quiet hours, in the API."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.models import Municipality, User
from backend.accounts.own_messages import serializers as shapes
from backend.accounts.own_messages import services
from backend.core.api import made_once
from backend.core.api.said import Said
from backend.core.models import MessageChoice, QuietHours
from backend.core.outbox import kinds_for

CHOSEN = shapes.MessageChoiceSerializer


class ChoiceView(APIView):
    """What the sender gets by mail, and how often."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(summary="What the sender has chosen about messages", responses=CHOSEN)
    def get(self, request: Request) -> Response:
        """Give the pace, the kinds that can be turned off, and the number for SMS, if any."""
        return _chosen(request)

    @extend_schema(
        summary="The sender chooses what is mailed and how often",
        request=shapes.ChooseMessagesSerializer,
        responses=CHOSEN,
    )
    def post(self, request: Request) -> Response:
        """Keep the pace and the kinds that are not mailed; what is turned off stands in the app."""
        said = _said(request, shapes.ChooseMessagesSerializer)
        _ask_once(request, services.choose_messages, **said)
        return _chosen(request)


@extend_schema(
    summary="A code is sent to a mobile number by SMS", request=shapes.NumberSerializer, responses=CHOSEN
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def send_phone_code(request: Request) -> Response:
    """Send a code, to show that the number is the sender's own."""
    said, sender = _said(request, shapes.NumberSerializer), _sender(request)

    def send(*, by: User, at: Any) -> Model:
        services.send_phone_code(**said, by=by, at=at)
        return sender

    _ask_once(request, send)
    return _chosen(request)


@extend_schema(summary="The code from the SMS is typed", request=shapes.PhoneCodeSerializer, responses=CHOSEN)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def confirm_phone(request: Request) -> Response:
    """Take the code, and with it the number; each try counts, also one that is sent again with its key."""
    said = _said(request, shapes.PhoneCodeSerializer)
    services.confirm_phone(**said, by=_sender(request), at=timezone.now())
    return _chosen(request)


@extend_schema(summary="Everything comes by mail again", request=None, responses=CHOSEN)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def stop_sms(request: Request) -> Response:
    """Send no more SMS."""
    _ask_once(request, services.stop_sms)
    return _chosen(request)


class QuietHoursView(APIView):
    """The hours of a municipality in which nothing is sent that can wait."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(
        summary="The quiet hours of a municipality, the newest first",
        responses=shapes.QuietHoursSerializer(many=True),
    )
    def get(self, request: Request, municipality_id: UUID) -> Response:
        """Give what has been set, to its administrators; where nothing is, it is from 21 until 7."""
        return self._given(request, municipality_id)

    @extend_schema(
        summary="Quiet hours are set from a day on",
        request=shapes.SetQuietHoursSerializer,
        responses=shapes.QuietHoursSerializer(many=True),
    )
    def post(self, request: Request, municipality_id: UUID) -> Response:
        """Set them, as its administrator; those of the same day are replaced."""
        get_object_or_404(Municipality.objects.run_by(_sender(request)), pk=municipality_id)
        said = _said(request, shapes.SetQuietHoursSerializer)
        _ask_once(request, services.set_quiet_hours, municipality_id=municipality_id, **said)
        return self._given(request, municipality_id)

    def _given(self, request: Request, municipality_id: UUID) -> Response:
        reader = _sender(request)
        theirs = get_object_or_404(Municipality.objects.run_by(reader), pk=municipality_id)
        held = QuietHours.objects.filter(municipality_key=theirs.pk).order_by("-valid_from")
        return Response(shapes.QuietHoursSerializer(held, many=True).data)


def _sender(request: Request) -> User:
    return cast("User", request.user)


def _said(request: Request, shape: type[Said]) -> dict[str, Any]:
    sent = shape(data=request.data)
    sent.is_valid(raise_exception=True)
    return sent.service_arguments()


def _ask_once(request: Request, service: Callable[..., Model], **what: Any) -> None:
    sender, at = _sender(request), timezone.now()
    made_once(request, lambda: service(**what, by=sender, at=at))


def _chosen(request: Request) -> Response:
    reader = _sender(request)
    choice = MessageChoice.objects.filter(user=reader).first() or MessageChoice(user=reader)
    kinds = [
        {"name": kind.name, "subject": str(kind.subject), "is_mailed": kind.name not in choice.off}
        for kind in kinds_for(reader.persona)
        if kind.may_be_off
    ]
    paces = services.paces_for(reader)
    said = {"pace": choice.pace, "paces": paces, "kinds": kinds, "sms_number": choice.sms_number}
    return Response(CHOSEN(said).data)
