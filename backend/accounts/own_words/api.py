"""What a municipality's mails say, in the API: read, tried, written and given back by its administrators."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db.models import Model
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.models import Municipality, User
from backend.accounts.own_words import services
from backend.accounts.own_words.pages import MailPage, all_mails
from backend.core.api import made_once
from backend.core.api.said import Said
from backend.core.models import OwnWords


class MailLanguageSerializer(serializers.Serializer[Any]):
    """A language, and whether the municipality has words of its own in it."""

    code = serializers.CharField()
    has_own = serializers.BooleanField()


class MailKindSerializer(serializers.Serializer[Any]):
    """A kind of mail: what it is called and to whom it goes."""

    kind = serializers.CharField(source="name")
    title = serializers.CharField()
    receivers = serializers.ListField(child=serializers.CharField())
    languages = serializers.SerializerMethodField()

    def get_languages(self, listed: Any) -> list[dict[str, Any]]:
        """Return each language, and whether it is changed."""
        return [{"code": code, "has_own": is_own} for code, _name, is_own in listed.languages]


class MailWordsSerializer(Said):
    """The subject, and the text between greeting and link; a name in braces stands for what is filled in."""

    subject = serializers.CharField(max_length=OwnWords.LONGEST_SUBJECT)
    text = serializers.CharField(max_length=OwnWords.LONGEST_TEXT)


class WholeMailSerializer(serializers.Serializer[Any]):
    """A whole mail as it would be sent, with examples filled in; participants get another subject."""

    subject = serializers.CharField()
    to_participants = serializers.CharField()
    body = serializers.CharField()


class MailSerializer(serializers.Serializer[Any]):
    """What one kind of mail says in one language; `own` is null where it says what the programme says."""

    programmes = MailWordsSerializer()
    own = MailWordsSerializer(allow_null=True)
    offers = serializers.ListField(child=serializers.CharField())
    mail = WholeMailSerializer()


@extend_schema(summary="Every kind of mail that the programme sends", responses=MailKindSerializer(many=True))
@api_view(["GET"])
@permission_classes([IsAuthenticated])
def mails(request: Request, municipality_id: UUID) -> Response:
    """Give the kinds, those first that have words of the municipality's own."""
    return Response(MailKindSerializer(all_mails(_theirs(request, municipality_id)), many=True).data)


class MailView(APIView):
    """One kind of mail in one language."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(summary="What a mail says", responses=MailSerializer)
    def get(self, request: Request, municipality_id: UUID, kind: str, language: str) -> Response:
        """Give the programme's words, the municipality's own if any, and the whole mail."""
        page = _page(request, municipality_id, kind, language)
        return _given(page)

    @extend_schema(
        summary="A mail says something else", request=MailWordsSerializer, responses=MailSerializer
    )
    def post(self, request: Request, municipality_id: UUID, kind: str, language: str) -> Response:
        """Let mails say this from now on; what was written before stays in the history."""
        page = _page(request, municipality_id, kind, language)
        _ask_once(request, services.write_words, page, **_said(request))
        return _given(page)


@extend_schema(
    summary="How a mail would be in other words", request=MailWordsSerializer, responses=WholeMailSerializer
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def preview(request: Request, municipality_id: UUID, kind: str, language: str) -> Response:
    """Give the whole mail in the words that were sent; nothing is kept."""
    page = _page(request, municipality_id, kind, language)
    words = services.checked(page.kind, language=language, **_said(request))
    return Response(WholeMailSerializer(page.mail_in(words, on=timezone.localdate())).data)


@extend_schema(summary="A mail says what the programme says again", request=None, responses=MailSerializer)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def end(request: Request, municipality_id: UUID, kind: str, language: str) -> Response:
    """Go back to the programme's words."""

    def end_words(**what: Any) -> Model:
        services.end_words(**what)
        return page.municipality

    page = _page(request, municipality_id, kind, language)
    _ask_once(request, end_words, page)
    return _given(page)


def _theirs(request: Request, municipality_id: UUID) -> Municipality:
    return get_object_or_404(Municipality.objects.run_by(cast("User", request.user)), pk=municipality_id)


def _page(request: Request, municipality_id: UUID, kind: str, language: str) -> MailPage:
    municipality = _theirs(request, municipality_id)
    try:
        return MailPage(municipality, services.known_kind(kind, language), language)
    except OwnWords.DoesNotExist as error:
        raise Http404 from error


def _said(request: Request) -> dict[str, Any]:
    sent = MailWordsSerializer(data=request.data)
    sent.is_valid(raise_exception=True)
    return sent.service_arguments()


def _ask_once(request: Request, service: Callable[..., Model], page: MailPage, **words: str) -> None:
    by, at = cast("User", request.user), timezone.now()
    key = {"municipality_id": page.municipality.pk, "kind": page.kind.name, "language": page.language}
    made_once(request, lambda: service(**key, **words, by=by, at=at))


def _given(page: MailPage) -> Response:
    now = MailPage(page.municipality, page.kind, page.language)
    held = {
        "programmes": now.programmes._asdict(),
        "own": now.own._asdict() if now.own.text else None,
        "offers": now.kind.offers,
        "mail": now.mail_in(now.own, on=timezone.localdate()),
    }
    return Response(MailSerializer(held).data)
