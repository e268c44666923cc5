"""What a workplace has answered, for tests that need it said."""

from backend.core.writing import audit
from backend.employers.models import Workplace
from tests.factories.base import NOW


def refuse(workplace: Workplace, *codes: str) -> None:
    """Let the workplace have said that these cannot be arranged there."""
    Workplace.objects.filter(pk=workplace.pk).update(adaptations_refused=list(codes))
    audit.record(workplace, "adaptations_answered", by=None, at=NOW)
