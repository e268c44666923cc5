"""A gate that arises while an internship goes on is the manager's to decide about, once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.employers.enums import PlacementKind
from backend.home.day.my_day import coach_day, manager_day
from backend.internships.enums import InternshipState
from backend.internships.jobs import look_for_gates
from backend.internships.models import Internship, PlacementRule
from backend.internships.services import decide_objection, end_internship_early, start_internship
from tests.cast import Cast
from tests.factories import InternshipFactory
from tests.factories.base import NOW, TODAY
from tests.told import told

DAY = timedelta(days=1)


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    planned = InternshipFactory(
        opening=cast.opening, participant=cast.pia, starts_on=TODAY, ends_on=TODAY + 60 * DAY
    )
    return start_internship(internship_id=planned.pk, started_on=TODAY, by=cast.coach, at=NOW)


@pytest.fixture
def noticed(cast: Cast, ongoing: Internship) -> Internship:
    """An internship about which it is recorded afterwards that the person had long been at the employer."""
    InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        kind=PlacementKind.SPRAKPRAKTIK,
        state=InternshipState.COMPLETED,
        starts_on=date(2025, 9, 1),
        ends_on=date(2026, 1, 30),
    )
    assert look_for_gates(NOW + DAY) == "noticed 1"
    return Internship.objects.get(pk=ongoing.pk)


def decide(cast: Cast, internship: Internship, *, allows: bool) -> None:
    decide_objection(
        internship_id=internship.pk, allows=allows, reason="Därför.", by=cast.manager, at=NOW + 2 * DAY
    )


def test_nothing_arises_where_nothing_is(ongoing: Internship) -> None:
    assert look_for_gates(NOW + DAY) == "noticed 0"
    assert Internship.objects.get(pk=ongoing.pk).gates_noticed_at is None


def test_it_is_asked_of_the_manager_once(cast: Cast, noticed: Internship) -> None:
    assert noticed.gates == ["too_long_at_employer"]
    assert told(kind="decision_wanted") == {cast.manager}
    assert look_for_gates(NOW + 2 * DAY) == "noticed 0"
    assert AuditEntry.objects.filter(action="gates_noticed").count() == 1
    assert [str(row.thing) for row in manager_day(cast.manager, today=TODAY)] == [str(noticed.pk)]


def test_what_the_manager_lets_pass_goes_on(cast: Cast, noticed: Internship) -> None:
    decide(cast, noticed, allows=True)

    assert not Internship.objects.awaiting_manager().exists()
    assert look_for_gates(NOW + 3 * DAY) == "noticed 0"
    assert not any("beslutat" in str(row.reason) for row in coach_day(cast.coach, today=TODAY + 3 * DAY))


def test_what_may_not_go_on_is_the_coachs_to_end(cast: Cast, noticed: Internship) -> None:
    decide(cast, noticed, allows=False)

    (row,) = [row for row in coach_day(cast.coach, today=TODAY + 3 * DAY) if row.thing == noticed.pk]
    assert "Chefen har beslutat att den avslutas" in (str(row.reason), *map(str, row.also))
    end_internship_early(
        internship_id=noticed.pk,
        side="coach",
        reason="other",
        ended_on=TODAY + 3 * DAY,
        by=cast.coach,
        at=NOW + 3 * DAY,
    )
    assert not Internship.objects.awaiting_manager().exists()


def test_a_rule_that_comes_later_is_judged_by_at_the_start_of_the_placement(ongoing: Internship) -> None:
    PlacementRule.objects.filter(kind=ongoing.kind).update(valid_from=TODAY + DAY)
    assert look_for_gates(NOW + 2 * DAY) == "noticed 0"


def test_the_pages_say_so(cast: Cast, noticed: Internship) -> None:
    client = Client()
    client.force_login(cast.manager)
    page: Any = client.get(reverse("internships:objection_decide", args=[noticed.pk])).content.decode()
    assert "Den fortsätter som avtalat tills du har beslutat" in page
    client.force_login(cast.coach)
    assert "Väntar på chefens beslut" in client.get(noticed.get_absolute_url()).content.decode()
