"""Certificates in the API: issued by the coach, read and downloaded by the person too."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.core.api.files import A_PDF, AsItIs
from backend.core.documents import file_response
from backend.internships import services
from backend.internships.api.cases import CaseViewSet
from backend.internships.models import DOCUMENTS, Certificate, Internship
from backend.internships.pages.access_log import PAPERS
from backend.internships.pages.filters import OfInternship
from backend.internships.serializers import certificates as shapes
from backend.participants.access_log import shown
from backend.participants.api.cases import ask_once, is_staff

LANGUAGE = OpenApiParameter("language", str, OpenApiParameter.PATH, enum=list(DOCUMENTS))


@extend_schema_view(
    list=extend_schema(summary="The certificates that the sender may read, the newest first; no persons"),
    retrieve=extend_schema(
        summary="One edition, with what it says", responses=shapes.ReadCertificateSerializer
    ),
)
class CertificateViewSet(CaseViewSet[Certificate]):
    """Certificates of the sender, or of the cases that staff may open; employers find none here."""

    serializer_class = shapes.CertificateSerializer
    filterset_class = OfInternship
    in_full: ClassVar = dict.fromkeys(Persona, shapes.ReadCertificateSerializer)
    page = PAPERS

    def get_queryset(self) -> QuerySet[Certificate]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        readable = Certificate.objects.visible_to(self.request.user)
        if self.action == "list" and is_staff(self.request):
            listed = Internship.objects.listed_for(self.request.user)
            readable = readable.filter(internship__in=listed)
        return readable.select_related("internship").order_by("-issued_at", "-number", "pk")

    @extend_schema(summary="Its PDF in one language", parameters=[LANGUAGE], responses=A_PDF)
    @action(
        detail=True,
        url_path="document/<slug:language>",
        filterset_class=None,
        content_negotiation_class=AsItIs,
    )
    def document(self, request: Request, pk: UUID, language: str) -> HttpResponse:
        """Give the PDF of an edition, byte for byte as it was made."""
        if language not in DOCUMENTS:
            raise Http404
        certificate = self.get_object()
        self._note([certificate], page=self.page)
        name = _("certificate-%(n)s") % {"n": f"{certificate.number}-{language}"}
        return file_response(certificate.document_in(language), name=name)


@extend_schema(
    summary="The certificate of an internship that is over is issued, or another edition of it",
    request=shapes.IssueSerializer,
    responses={201: shapes.ReadCertificateSerializer},
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def issue(request: Request, internship_id: UUID) -> Response:
    """Issue the certificate in all its languages; the participant is told."""
    internship = get_object_or_404(Internship.objects.decidable_by(request.user), pk=internship_id)
    what = {"internship_id": internship_id}
    key = ask_once(request, services.issue_certificate, shapes.IssueSerializer, **what)
    shown(request, [internship.participant_id], page=PAPERS)
    made = Certificate.objects.visible_to(request.user).get(pk=key)
    return Response(shapes.ReadCertificateSerializer(made).data, status=status.HTTP_201_CREATED)
