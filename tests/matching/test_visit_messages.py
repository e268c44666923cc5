"""What is told of meetings: to whom, with which file for a calendar, and never of whom."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar

from backend.accounts.models import User
from backend.core import outbox
from backend.matching.enums import CancelReason, Chooser, ProposalState
from backend.matching.models import Proposal, Visit
from backend.matching.services import cancel_visit, choose_time, move_visit, offer_times
from tests.cast import Cast
from tests.factories import ProposalFactory
from tests.factories.base import NOW

LATER = NOW + timedelta(minutes=5)
MONDAY = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def visit(cast: Cast) -> Visit:
    proposal: Proposal = ProposalFactory(
        opening=cast.opening, participant=cast.pia, proposed_by=cast.coach, state=ProposalState.INTERVIEW
    )
    what = {"proposal_id": proposal.pk, "kind": "interview", "minutes": 30}
    return offer_times(times=[MONDAY, MONDAY + timedelta(days=1)], **what, by=cast.coach, at=NOW)


@pytest.fixture
def book(cast: Cast, visit: Visit) -> Callable[[], Visit]:
    def booked() -> Visit:
        time = Visit.objects.get(pk=visit.pk).times_now()[0]
        return choose_time(visit_id=visit.pk, time_id=time.pk, by=cast.coach, at=LATER)

    return booked


def mails(at: datetime = LATER) -> list[Any]:
    mail.outbox.clear()
    outbox.deliver_due(at=at)
    return list(mail.outbox)


def to(user: User, sent: list[Any]) -> Any:
    [found] = [each for each in sent if each.to == [user.email]]
    return found


def event_in(message: Any) -> tuple[str, Any]:
    """Return method and event of the file that a mail brings along."""
    [part] = message.attachments
    assert (part.get_content_type(), part.get_param("method")) != ("text/calendar", None)
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    [event] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


class TestToldTo:
    def test_whoever_chooses_alone_is_asked(self, cast: Cast, visit: Visit) -> None:
        assert [each.to for each in mails()] == [[cast.participant_user.email]]

    def test_the_employer_when_it_chooses(self, cast: Cast, visit: Visit) -> None:
        Visit.objects.filter(pk=visit.pk).update(chooser=Chooser.EMPLOYER)
        assert [each.to for each in mails()] == [[cast.employer_member.email]]

    def test_a_time_is_told_to_all_three(self, cast: Cast, book: Callable[[], Visit]) -> None:
        book()
        told = {each.to[0] for each in mails()}
        assert told == {cast.employer_member.email, cast.participant_user.email, cast.coach.email}

    def test_of_what_was_never_booked_an_employer_who_was_not_asked_is_not_told(
        self, cast: Cast, visit: Visit
    ) -> None:
        cancel_visit(visit_id=visit.pk, reason=CancelReason.NOT_NEEDED, by=cast.coach, at=LATER)
        assert {each.to[0] for each in mails()} == {cast.participant_user.email, cast.coach.email}


class TestFiles:
    def test_a_booking_can_be_taken_into_a_calendar(self, cast: Cast, book: Callable[[], Visit]) -> None:
        visit = book()
        method, event = event_in(to(cast.employer_member, mails()))

        assert (method, event["SEQUENCE"]) == ("REQUEST", 1)
        assert str(event["UID"]).startswith(str(visit.pk))
        assert str(event["SUMMARY"]) == "Möte om praktik"
        assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
        assert event["DTSTART"].dt == MONDAY
        assert event["DTEND"].dt == MONDAY + timedelta(minutes=30)
        assert visit.proposal.opening.workplace.name in str(event["LOCATION"])
        assert visit.proposal.get_absolute_url() in str(event["DESCRIPTION"])

    def test_a_move_strikes_it_and_the_next_booking_is_newer(
        self, cast: Cast, book: Callable[[], Visit], visit: Visit
    ) -> None:
        book()
        first = event_in(to(cast.coach, mails()))[1]
        again = {"times": [MONDAY + timedelta(days=2)], "minutes": 60}
        move_visit(visit_id=visit.pk, **again, by=cast.employer_member, at=LATER)
        moved = mails()
        assert {each.to[0] for each in moved} == {
            cast.coach.email,
            cast.employer_member.email,
            cast.participant_user.email,
        }
        method, struck = event_in(to(cast.participant_user, moved))
        book()
        newest = event_in(to(cast.coach, mails()))[1]

        assert (method, str(struck["STATUS"]), struck["DTSTART"].dt) == ("CANCEL", "CANCELLED", MONDAY)
        assert first["UID"] == struck["UID"] == newest["UID"]
        assert [each["SEQUENCE"] for each in (first, struck, newest)] == [1, 2, 3]
        assert newest["DTSTART"].dt == MONDAY + timedelta(days=2)

    def test_a_cancelled_one_is_struck(self, cast: Cast, book: Callable[[], Visit], visit: Visit) -> None:
        book()
        cancel_visit(visit_id=visit.pk, reason=CancelReason.EMPLOYER, by=cast.coach, at=LATER)
        sent = [each for each in mails() if each.to == [cast.employer_member.email]]
        assert [event_in(each)[0] for each in sent] == ["CANCEL"]

    def test_times_that_are_only_proposed_bring_no_file(self, cast: Cast, visit: Visit) -> None:
        assert [each.attachments for each in mails()] == [[]]

    def test_nothing_names_anybody(self, cast: Cast, book: Callable[[], Visit]) -> None:
        book()
        for each in mails():
            words = each.subject + each.body + each.message().as_string()
            payload = "".join(part.get_payload(decode=True).decode() for part in each.attachments)
            assert cast.pia.last_name not in words + payload
            assert cast.pia.first_name not in each.subject + each.body + payload


class TestReminder:
    def test_comes_on_the_working_day_before(self, cast: Cast, book: Callable[[], Visit]) -> None:
        book()
        mails()
        friday = datetime(2026, 3, 13, 7, 0, tzinfo=UTC)
        assert mails(friday - timedelta(minutes=1)) == []
        assert {each.to[0] for each in mails(friday)} == {
            cast.employer_member.email,
            cast.participant_user.email,
        }

    def test_does_not_come_once_the_time_has_moved(
        self, cast: Cast, book: Callable[[], Visit], visit: Visit
    ) -> None:
        book()
        again = {"times": [MONDAY + timedelta(days=30)], "minutes": 30}
        move_visit(visit_id=visit.pk, **again, by=cast.coach, at=LATER)
        book()
        mails()
        assert mails(MONDAY) == []
