"""What is stated of the union is what was noted when it was asked about the workplace."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils.formats import date_format

from backend.core.writing.refusals import Reason
from backend.internships.enums import ConsultationOutcome
from backend.internships.models import UnionConsultation
from backend.internships.safeguards.refusals import PlacementRefusal


def against_the_union(
    workplace: UUID, asked_on: date | None, outcome: str, *, today: date
) -> Iterator[Reason]:
    """Yield why what is stated is not so: it objected on the day, or can still answer."""
    if asked_on is None:
        return
    asked = UnionConsultation.objects.filter(workplace=workplace, asked_on=asked_on)
    day = date_format(asked_on, "j F Y")
    if (
        outcome != ConsultationOutcome.OBJECTION
        and asked.filter(outcome=ConsultationOutcome.OBJECTION).exists()
    ):
        yield Reason(PlacementRefusal.UNION_SAID_OTHERWISE, {"asked": day}, "union_outcome")
    if outcome == ConsultationOutcome.NO_ANSWER:
        open_one = asked.waiting().filter(answer_by__gte=today).order_by("-answer_by").first()
        if open_one:
            last = date_format(open_one.answer_by, "j F Y")
            yield Reason(PlacementRefusal.UNION_HAS_TIME_LEFT, {"asked": day, "last": last}, "union_outcome")
