"""What all resources around an internship do alike."""

from typing import ClassVar, TypeVar

from django.db.models import Model

from backend.internships.pages.access_log import IN_LISTS
from backend.participants.api import cases

Row = TypeVar("Row", bound=Model)


class CaseViewSet(cases.CaseViewSet[Row]):
    """Rows of internships; a look at a list is written down as one at a list of internships."""

    page_of_list: ClassVar[str] = IN_LISTS
