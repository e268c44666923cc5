"""Versions of an internship's terms in the API: what is wanted, what holds, what a manager has said."""

from typing import ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from backend.accounts.enums import Persona
from backend.internships.api.cases import CaseViewSet
from backend.internships.models import Extension, Internship
from backend.internships.pages.access_log import INTERNSHIP
from backend.internships.pages.filters import OfInternship
from backend.internships.serializers import internships as shapes
from backend.participants.api.cases import is_staff


@extend_schema_view(
    list=extend_schema(summary="The extensions of internships that the sender follows, the newest first"),
    retrieve=extend_schema(
        summary="One extension, with what is in its way and what a manager has decided",
        responses=shapes.ExtensionSerializer,
    ),
)
class ExtensionViewSet(CaseViewSet[Extension]):
    """Extensions of the cases that staff may open; employers and participants read the terms that hold."""

    serializer_class = shapes.ExtensionInListSerializer
    filterset_class = OfInternship
    in_full: ClassVar = dict.fromkeys(Persona, shapes.ExtensionSerializer)
    page = INTERNSHIP

    def get_queryset(self) -> QuerySet[Extension]:
        """Return what the sender may read; lists leave out protected identities."""
        if not is_staff(self.request):
            return Extension.objects.none()
        readable = Extension.objects.visible_to(self.request.user)
        if self.action == "list":
            listed = Internship.objects.listed_for(self.request.user)
            readable = readable.filter(internship__in=listed)
        return readable.select_related("internship").order_by("-wanted_at", "pk")
