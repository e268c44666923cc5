"""Plans of the demo: what is prepared for some, and two whom no proposal led to their place."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from backend.demo.trades import Trade
from backend.demo.world import moment
from backend.employers.models import Employer, Workplace
from backend.employers.services import obstacles
from backend.internships.enums import WayIn
from backend.internships.services import plan_without_proposal
from backend.matching.going_on import who_wait
from backend.matching.models import Proposal
from backend.participants.models import Participant

WEEK = timedelta(weeks=1)
PREPARED_EVERY = 3


def prepared(number: int, trade: Trade) -> dict[str, Any]:
    """Return what is prepared of a placement; of most only what must be."""
    if number % PREPARED_EVERY:
        return {}
    return {
        "tasks_constructed": "Rita en karta över var sakerna står.\nFöra en lista över det som tar slut.",
        "goals": "\n".join(trade.skills[:3]),
        "equipment": "arbetskläder och skor",
        "equipment_by": "employer",
        "emergency_name": "Receptionen",
        "emergency_phone": "031-390 06 10",
    }


def place_without_proposals(*, today: date) -> None:
    """Plan one internship that was agreed by phone, and one of a pupil whose school had a place."""
    by_phone = {"way_in": WayIn.BY_PHONE, "agreed_with": "Berit Lind", "agreed_on": today - WEEK}
    risks = {
        "is_minor": True,
        "risk_words": "Heta ytor och knivar: eleven arbetar vid kallskänken. Inga tunga lyft. Aldrig ensam.",
        "risk_assessed_on": today - WEEK,
        "risk_assessed_by": "Handledaren och skyddsombudet",
    }
    work_practice = {"kind": "arbetspraktik", "basis": "arbetsformedlingen", "insurance": "state"}
    school = {"kind": "apl", "basis": "education", "insurance": "school", "way_in": WayIn.OWN_PLACE}
    _place(today=today, **work_practice, **by_phone, work="Vaktmästare", goals="Gräsklippning\nSnickra")
    _place(today=today, **school, **risks, work="Köksbiträde", goals="Livsmedelshygien")


def _place(*, today: date, **terms: Any) -> None:
    """Place the first pair that the rules allow."""
    starts_on, last = today + 2 * WEEK, today + 8 * WEEK
    terms |= {
        "starts_on": starts_on,
        "ends_on": last,
        "hours_per_week": 20,
        "tasks": "Hjälpa till med det som görs varje dag.",
        "supervisor_name": "Berit Lind",
        "basis_by": "Enligt beslutet",
        "decision_reference": f"D-{today:%y%m%d}",
        "basis_from": today,
        "basis_until": today + 26 * WEEK,
        "union_name": "Facklig part på orten",
        "union_asked_on": today - WEEK,
        "union_outcome": "no_objection",
    }
    put_forward = Proposal.objects.open().values("participant")
    people = who_wait(Participant.objects.filter(user=None)).exclude(pk__in=put_forward)
    good = Employer.objects.in_good_standing(today)
    there = Workplace.objects.filter(employer__in=good).select_related("employer")
    for workplace in there.order_by("sort_key", "pk"):
        if obstacles(employer=workplace.employer, on=today):
            continue
        for person in people.order_by("-enrolled_on", "pk")[:3]:
            try:
                with transaction.atomic():
                    planned = plan_without_proposal(
                        participant_id=person.pk,
                        workplace_id=workplace.pk,
                        item_keys=["first_name"],
                        means="in_person",
                        by=person.coach,
                        at=moment(today - timedelta(days=1)),
                        **terms,
                    )
                    if planned.gates:
                        raise ValidationError("asked")
            except ValidationError:  # a safeguard refuses: a concern, say; or a manager would be asked
                continue
            return
