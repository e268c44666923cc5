"""Ads at the API: everybody reads the jobs, and who writes for an employer sends theirs."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.timezone import localdate
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.employers.exchange.ads.importing import import_ads
from backend.employers.exchange.ads.reading import ads_in
from backend.employers.exchange.ads.writing import answer_of, jobs_as_ads
from backend.employers.exchange.bringing_in import Outcome, count
from backend.employers.models import Employer


class SliceSerializer(serializers.Serializer[Any]):
    """Which of the ads are asked for, as JobSearch is asked."""

    limit = serializers.IntegerField(min_value=0, max_value=100, default=10)
    offset = serializers.IntegerField(min_value=0, max_value=100_000, default=0)


class TotalSerializer(serializers.Serializer[Any]):
    """How many there are."""

    value = serializers.IntegerField()


@extend_schema_serializer(many=False)
class AdsSerializer(serializers.Serializer[Any]):
    """Ads as JobSearch gives them."""

    total = TotalSerializer()
    positions = serializers.IntegerField()
    hits = serializers.ListField(child=serializers.DictField())


class AdsSentSerializer(serializers.Serializer[Any]):
    """An answer of JobSearch with the ads that shall become drafts."""

    hits = serializers.ListField(child=serializers.JSONField(), max_length=1_000)


class ResultSerializer(serializers.Serializer[Any]):
    """What became of one ad."""

    number = serializers.IntegerField()
    title = serializers.CharField(allow_blank=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    words = serializers.ListField(child=serializers.CharField())
    opening = serializers.UUIDField(allow_null=True)


class ImportedSerializer(serializers.Serializer[Any]):
    """How many became drafts, were here already and were left out, and each with why."""

    new = serializers.IntegerField()
    there = serializers.IntegerField()
    refused = serializers.IntegerField()
    rows = ResultSerializer(many=True)


class AdViewSet(viewsets.ViewSet):
    """Published jobs as Arbetsförmedlingen's JobSearch gives ads, and ads that become drafts."""

    def get_permissions(self) -> list[BasePermission]:
        """Ask for a signed-in user before anything is written."""
        return [AllowAny() if self.request.method in SAFE_METHODS else IsAuthenticated()]

    @extend_schema(
        operation_id="ads_search",
        summary="Published jobs as ads of JobSearch; internships are never among them",
        parameters=[SliceSerializer],
        responses={200: AdsSerializer},
    )
    def list(self, request: Request) -> Response:
        """Give the newest jobs."""
        asked = SliceSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        first, most = asked.validated_data["offset"], asked.validated_data["limit"]
        jobs = jobs_as_ads(on=localdate())
        return Response(answer_of(jobs[first : first + most], total=jobs.count(), at=timezone.now()))

    @extend_schema(
        summary="Make drafts of ads, each once; with ?trial=true only say what would become of each",
        parameters=[OpenApiParameter("trial", bool)],
        request=AdsSentSerializer,
        responses={200: ImportedSerializer},
    )
    def create(self, request: Request) -> Response:
        """Take ads of an employer in whose name the sender may write. The same id is never made twice."""
        if not Employer.objects.writable_by(request.user).exists():
            raise Http404
        is_trial = request.query_params.get("trial") in ("true", "1")
        by: Any = request.user
        results = import_ads(ads=ads_in(request.data), by=by, at=timezone.now(), is_trial=is_trial)
        return Response({**count(results), "rows": ResultSerializer(results, many=True).data})
