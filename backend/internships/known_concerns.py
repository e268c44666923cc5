"""What coaches know of an employer before they ask anybody: a concern that nobody has handled."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from backend.internships.models import Concern
from backend.matching.rankings.before_asking import known_of_employers


def has_unhandled_concern(employer: OuterRef) -> Exists:
    """Ask whether a concern about an employer is unhandled; never whose it is, and not what about."""
    return Exists(Concern.objects.unhandled().about_employer(employer).order_by())


known_of_employers(
    name="has_unhandled_concern",
    text=_("A concern about the workplace waits to be handled"),
    is_so=has_unhandled_concern,
)
