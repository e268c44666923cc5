"""What is in the way of merging two employers: each is being looked into, and one review can be open."""

from collections.abc import Iterator

from backend.core.writing.refusals import Reason
from backend.employers.models import Employer
from backend.employers.services.merging.plan import FORBIDS
from backend.safeguarding.models import Review
from backend.safeguarding.refusals import ReviewRefusal


def both_are_reviewed(into: Employer, gone: Employer) -> Iterator[Reason]:
    """Yield why two employers wait with being made one: what each is asked must be decided for itself."""
    if Review.objects.undecided().filter(employer__in=[into.pk, gone.pk]).count() > 1:
        yield Reason(ReviewRefusal.BOTH_OPEN)


FORBIDS.append(both_are_reviewed)
