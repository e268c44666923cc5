"""The manager's page."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from backend.core.models import ReadEntry
from backend.core.templatetags.ui import day
from backend.internships.enums import InternshipState
from backend.participants.enums import ParticipantState
from backend.reports.figures import Period
from tests.cast import Cast
from tests.factories import (
    AssignmentFactory,
    EmploymentFactory,
    FollowUpFactory,
    InternshipFactory,
    ParticipantFactory,
)
from tests.factories.base import NOW

ADDRESS = "/oversikt/"


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.manager)
    return client


def test_it_says_what_to_do_when_nothing_has_happened(manager: Client) -> None:
    page = manager.get(ADDRESS).content.decode()
    assert "Ingen uppföljning är försenad" in page


@pytest.mark.parametrize("query", ["?first=2026-03-01&last=2026-01-01", "?first=x", "?last=9999-99-99"])
def test_an_impossible_period_is_told_and_a_possible_one_shown(manager: Client, query: str) -> None:
    answer = manager.get(ADDRESS + query)
    assert answer.status_code == 200
    assert "Rätta till det här" in answer.content.decode()


def test_a_protected_identity_is_named_nowhere(cast: Cast, manager: Client) -> None:
    internship = InternshipFactory(
        participant=cast.skye, planned_by=cast.coach, state=InternshipState.ONGOING
    )
    follow_up = FollowUpFactory(internship=internship, due_on=date(2026, 1, 1))
    page = manager.get(ADDRESS).content.decode()
    assert cast.skye.first_name not in page
    assert str(follow_up.pk) not in page


def test_more_rows_take_no_more_queries(
    cast: Cast, manager: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for _round in range(2):
        for _each in range(2):
            someone = ParticipantFactory(unit=cast.unit, coach=cast.coach)
            FollowUpFactory(
                internship=InternshipFactory(
                    participant=someone, planned_by=cast.coach, state=InternshipState.ONGOING
                )
            )
            EmploymentFactory(participant=someone)
        with django_assert_max_num_queries(17) as captured:
            manager.get(ADDRESS)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_days_that_a_figure_covers_are_said(manager: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        page = manager.get(ADDRESS, {"first": "2025-03-13", "last": "2026-03-12"})
    first, *led = page.context["figures"]
    assert first.period == Period(date(2025, 3, 13), date(2026, 3, 12))
    assert {each.period for each in led} == {Period(date(2025, 3, 13), date(2025, 12, 12))}
    assert len({str(each.definition) for each in page.context["figures"]}) == 4


def test_a_period_that_cannot_be_judged_yet_covers_no_day(manager: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        page = manager.get(ADDRESS, {"first": "2026-03-01", "last": "2026-03-12"})
    assert {each.period for each in page.context["figures"][1:]} == {None}


def test_it_says_of_each_unit_who_waits_and_what_began(cast: Cast, manager: Client) -> None:
    InternshipFactory(participant=cast.pia, state=InternshipState.ONGOING, starts_on=date(2026, 2, 2))
    EmploymentFactory(participant=cast.pia, starts_on=date(2026, 3, 2))
    AssignmentFactory(user=cast.manager, unit=cast.other_unit, role="manager")

    with time_machine.travel(NOW, tick=False):
        page = manager.get(ADDRESS)

    ours, theirs = page.context["unit_table"].rows
    assert (ours.label, theirs.label) == ("Arbetsmarknad", "Integration")
    (waiting, _since, *began), (_waiting, longest, *_began) = (
        [cell for _column, cell in row.cells] for row in (ours, theirs)
    )
    assert (waiting, began) == ("1", ["1", "1"])
    assert longest == day(cast.pelle.waiting_since)


def test_a_late_follow_up_names_the_person_and_is_a_look(cast: Cast, manager: Client) -> None:
    internship = InternshipFactory(participant=cast.pia, planned_by=cast.coach, state=InternshipState.ONGOING)
    FollowUpFactory(internship=internship, due_on=date(2026, 1, 1))
    cast.pia.__class__.objects.filter(pk=cast.pia.pk).update(state=ParticipantState.IN_INTERNSHIP)

    page = manager.get(ADDRESS).content.decode()

    assert f"{cast.pia} ·" in page
    assert ReadEntry.objects.filter(subject_id=cast.pia.pk, by=cast.manager).count() == 1
