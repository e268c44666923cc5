"""A user's own calendar at a secret address: what concerns her, nobody's name, nothing once revoked."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from backend.accounts.models import User
from backend.home.calendar.address import make_calendar_address, revoke_calendar_address
from backend.home.models import CalendarAddress
from backend.internships.enums import InternshipState
from backend.matching.enums import ProposalState, VisitState
from tests.cast import Cast
from tests.factories import FollowUpFactory, InternshipFactory, ProposalFactory, VisitFactory
from tests.factories.base import NOW, TODAY


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(cast: Cast) -> None:
    """Pia meets the bakery, and has a placement there with a follow-up."""
    proposal = ProposalFactory(
        opening=cast.opening, participant=cast.pia, proposed_by=cast.coach, state=ProposalState.INTERVIEW
    )
    VisitFactory(proposal=proposal, state=VisitState.BOOKED)
    placement = InternshipFactory(
        opening=cast.opening, participant=cast.pia, planned_by=cast.coach, state=InternshipState.ONGOING
    )
    FollowUpFactory(internship=placement, due_on=TODAY + timedelta(days=20))


def read(token: str) -> Any:
    return Client().get(reverse("home:calendar_feed", args=[token]))


def titles(user: User) -> list[str]:
    answer = read(make_calendar_address(by=user, at=NOW))
    return sorted(str(each["SUMMARY"]) for each in Calendar.from_ical(answer.content).walk("VEVENT"))


HERS = ["Möte om praktik", "Praktik börjar", "Praktik slutar", "Uppföljning"]


@pytest.mark.usefixtures("case")
class TestWhatItHolds:
    def test_is_the_readers_own(self, cast: Cast) -> None:
        for reader in (cast.participant_user, cast.coach, cast.employer_member):
            assert titles(reader) == HERS

    def test_is_nothing_of_others(self, cast: Cast) -> None:
        others = (cast.other_participant_user, cast.other_coach, cast.other_employer, cast.manager)
        assert [titles(each) for each in others] == [[]] * len(others)

    def test_names_nobody(self, cast: Cast) -> None:
        body = read(make_calendar_address(by=cast.coach, at=NOW)).content.decode()
        assert cast.pia.first_name not in body
        assert cast.pia.last_name not in body

    def test_of_a_protected_identity_is_nothing(self, cast: Cast) -> None:
        type(cast.pia).objects.filter(pk=cast.pia.pk).update(is_protected=True)
        cast.pia.handlers.add(cast.coach)
        assert titles(cast.coach) == []

    def test_is_for_the_readers_program_alone(self, cast: Cast) -> None:
        answer = read(make_calendar_address(by=cast.coach, at=NOW))
        assert "private" in answer["Cache-Control"]
        assert answer["Content-Type"].startswith("text/calendar")


class TestTheAddress:
    def test_is_shown_once_and_kept_as_a_digest(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.coach)
        page = client.post(reverse("home:calendar_renew"), follow=True).content.decode()
        found = re.search(r"/kalender/([0-9a-f]{32})\.ics", page)
        assert found
        assert read(found[1]).status_code == 200
        assert CalendarAddress.objects.get().digest != found[1]
        assert "/kalender/" not in client.get(reverse("home:my_calendar")).content.decode()

    def test_made_anew_makes_the_old_one_none(self, cast: Cast) -> None:
        old, new = (make_calendar_address(by=cast.coach, at=NOW) for _each in range(2))
        assert [read(each).status_code for each in (old, new)] == [404, 200]

    def test_revoked_is_as_if_it_had_never_been(self, cast: Cast) -> None:
        token = make_calendar_address(by=cast.coach, at=NOW)
        revoke_calendar_address(by=cast.coach, at=NOW)
        answers = [read(each) for each in (token, "f" * 32)]
        assert [each.status_code for each in answers] == [404, 404]

    def test_of_a_closed_account_leads_nowhere(self, cast: Cast) -> None:
        token = make_calendar_address(by=cast.coach, at=NOW)
        User.objects.filter(pk=cast.coach.pk).update(is_active=False)
        assert read(token).status_code == 404
