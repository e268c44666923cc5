"""Agreements in the API: drawn up, read, downloaded, verified, and signed by each of the three for itself."""

from collections.abc import Callable
from typing import ClassVar, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.enums import Persona
from backend.core.api.files import A_PAPER, A_PDF, AsItIs
from backend.core.documents import file_response
from backend.core.models import StoredFile
from backend.core.writing.refusals import Refused
from backend.internships import services
from backend.internships.api.cases import CaseViewSet
from backend.internships.enums import Party
from backend.internships.models import Agreement, AgreementQuerySet, Internship, SigningCode
from backend.internships.pages.access_log import AGREEMENT
from backend.internships.pages.agreements import RELATED, may_read_document, verified
from backend.internships.pages.filters import OfInternship
from backend.internships.refusals import AgreementRefusal
from backend.internships.serializers import agreements as shapes
from backend.participants.access_log import shown
from backend.participants.api.cases import ask_once, is_staff, sender_of

OF_INTERNSHIP = tuple(f"internship__{each}" for each in RELATED)
READ = shapes.ReadAgreementSerializer
PARTY = OpenApiParameter("party", str, OpenApiParameter.PATH, enum=Party.values)


@extend_schema_view(
    list=extend_schema(summary="The versions of agreements that the sender may read, the newest first"),
    retrieve=extend_schema(summary="One version in words, and who has signed it", responses=READ),
)
class AgreementViewSet(CaseViewSet[Agreement]):
    """Agreements about the internships that the sender may read."""

    serializer_class = shapes.AgreementSerializer
    filterset_class = OfInternship
    in_full: ClassVar = dict.fromkeys(Persona, READ)
    page = AGREEMENT

    def get_queryset(self) -> QuerySet[Agreement]:
        """Return what the sender may read; the lists of staff leave out protected identities."""
        readable = Agreement.objects.read_by(sender_of(self.request), on=timezone.localdate())
        if self.action == "list" and is_staff(self.request):
            listed = Internship.objects.listed_for(self.request.user)
            readable = readable.filter(internship__in=listed)
        related = readable.select_related(*OF_INTERNSHIP).prefetch_related("signatures__by")
        return related.order_by("-made_at", "-number", "pk")

    @extend_schema(summary="The sender signs for its party", request=None, responses=READ)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: UUID) -> Response:
        """Sign the version for the employer, as the participant, or as coach for the municipality."""
        return self.written(services.sign_agreement, among=self._signable(), agreement_id=pk)

    @extend_schema(
        summary="The coach hands in the paper that somebody has signed",
        request={"multipart/form-data": shapes.PaperSerializer},
        responses=READ,
    )
    @action(detail=True, methods=["post"], url_path="sign-on-paper", parser_classes=[MultiPartParser])
    def sign_on_paper(self, request: Request, pk: UUID) -> Response:
        """Keep a photo or scan as it is, with who has signed it and when."""
        among = Agreement.objects.decidable_by(request.user)
        return self.written(services.sign_on_paper, shapes.PaperSerializer, among=among, agreement_id=pk)

    @extend_schema(
        summary="A code for signing is mailed to the sender",
        request=None,
        responses={201: shapes.SigningCodeSerializer},
    )
    @action(detail=True, methods=["post"], url_path="signing-code")
    def signing_code(self, request: Request, pk: UUID) -> Response:
        """Mail a code to whoever signs for employer or participant; earlier ones open nothing any more."""
        self._find_to_sign()
        key = ask_once(request, services.send_signing_code, agreement_id=pk)
        reader = sender_of(request)
        code = SigningCode.objects.filter(user=reader).get(pk=key)
        return Response(shapes.SigningCodeSerializer(code).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="The code is typed", request=shapes.TypedSerializer, responses=shapes.SigningCodeSerializer
    )
    @action(detail=True, methods=["post"], url_path="signing-code/open")
    def open_by_code(self, request: Request, pk: UUID) -> Response:
        """Take the newest code; each try counts, also one that is sent again with its key."""
        self._find_to_sign()
        typed = shapes.TypedSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        said = typed.service_arguments()
        code = services.open_by_code(agreement_id=pk, **said, by=sender_of(request), at=timezone.now())
        return Response(shapes.SigningCodeSerializer(code).data)

    @extend_schema(
        summary="The sender signs by the code that was typed",
        request=shapes.BySigningCodeSerializer,
        responses=READ,
    )
    @action(detail=True, methods=["post"], url_path="sign-by-code")
    def sign_by_code(self, request: Request, pk: UUID) -> Response:
        """Sign the version that the code has opened, once."""
        among = self._signable_by_code()
        get_object_or_404(among, pk=pk)
        sent = shapes.BySigningCodeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        reader = sender_of(request)
        theirs = SigningCode.objects.filter(user=reader, agreement=pk)
        code = get_object_or_404(theirs, pk=sent.validated_data["signing_code"])
        return self.written(services.sign_by_code, among=among, code_id=code.pk)

    @extend_schema(summary="The PDF that is signed", responses=A_PDF)
    @action(detail=True, content_negotiation_class=AsItIs)
    def document(self, request: Request, pk: UUID) -> HttpResponse:
        """Give the PDF of a version, byte for byte as it was made."""
        return self._given_file(services.document_of, name=_("agreement-%(n)s"))

    @extend_schema(summary="Its English translation, which says that it is one", responses=A_PDF)
    @action(detail=True, content_negotiation_class=AsItIs)
    def translation(self, request: Request, pk: UUID) -> HttpResponse:
        """Give the translation of a version, which nobody signs."""
        return self._given_file(services.translation_of, name="agreement-%(n)s-en")

    @extend_schema(summary="A paper that was handed in", parameters=[PARTY], responses=A_PAPER)
    @action(detail=True, url_path="paper/<slug:party>", content_negotiation_class=AsItIs)
    def paper(self, request: Request, pk: UUID, party: str) -> HttpResponse:
        """Give the paper that a party has signed; the person's hand is on it, so no employer gets it."""
        if sender_of(request).persona == Persona.EMPLOYER:
            raise Http404
        agreement = self.get_object()
        on_paper = agreement.signatures.select_related("paper").exclude(paper=None)
        signature = get_object_or_404(on_paper, party=party)
        self._note([agreement], page=self.page)
        return file_response(
            cast("StoredFile", signature.paper), name=_("signed-%(n)s") % {"n": agreement.number}
        )

    @extend_schema(
        summary="Whether what is kept is byte for byte what was signed",
        responses=shapes.VerifiedSerializer(many=True),
    )
    @action(detail=True, pagination_class=None, filterset_class=None)
    def verification(self, request: Request, pk: UUID) -> Response:
        """Say of each signature whether the document has the hash that was signed."""
        agreement = self.get_object()
        self._note([agreement], page=self.page)
        found = verified(agreement, sender_of(request))
        return Response(shapes.VerifiedSerializer(found, many=True).data)

    def _given_file(self, file_of: Callable[..., StoredFile | None], *, name: str) -> HttpResponse:
        agreement, reader = self.get_object(), sender_of(self.request)
        if not may_read_document(agreement, agreement.internship, reader, on=timezone.localdate()):
            raise Http404
        self._note([agreement], page=self.page)
        file = file_of(agreement_id=agreement.pk, at=timezone.now())
        if file is None:
            raise Refused(AgreementRefusal.NO_PDF)
        return file_response(file, name=name % {"n": agreement.number})

    def _signable(self) -> AgreementQuerySet:
        return Agreement.objects.signable_by(self.request.user, on=timezone.localdate())

    def _signable_by_code(self) -> AgreementQuerySet:
        """Return what the sender signs for employer or participant: staff have two factors and no code."""
        return self._signable().none() if is_staff(self.request) else self._signable()

    def _find_to_sign(self) -> None:
        get_object_or_404(self._signable_by_code(), pk=self.kwargs["pk"])


@extend_schema(
    summary="The agreement of an internship that has none is drawn up", request=None, responses={201: READ}
)
@api_view(["POST"])
@permission_classes([IsAuthenticated])
def draw_up(request: Request, internship_id: UUID) -> Response:
    """Draw it up from the terms; employer and participant are asked to sign."""
    internship = get_object_or_404(Internship.objects.decidable_by(request.user), pk=internship_id)
    key = ask_once(request, services.draw_up_agreement, internship_id=internship_id)
    shown(request, [internship.participant_id], page=AGREEMENT)
    theirs = Agreement.objects.decidable_by(request.user).select_related(*OF_INTERNSHIP)
    made = theirs.prefetch_related("signatures__by").get(pk=key)
    return Response(READ(made, context={"request": request}).data, status=status.HTTP_201_CREATED)
