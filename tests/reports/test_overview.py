"""The manager's page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from backend.internships.enums import InternshipState
from tests.cast import Cast
from tests.factories import EmploymentFactory, FollowUpFactory, InternshipFactory, ParticipantFactory

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
        with django_assert_max_num_queries(11) as captured:
            manager.get(ADDRESS)
        counts.append(len(captured))
    assert counts[0] == counts[1]
