"""Attendance on the pages of workplace, coach and participant, in My day, in messages and in the API."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.activities.jobs import ask_about_unmarked
from backend.activities.models import ActivitySession, AttendanceMark, WeeklySchedule
from backend.core import outbox
from backend.core.models import OutboxMessage
from backend.home.day.my_day import coach_day
from backend.internships.models import Internship
from tests.architecture.source import BACKEND
from tests.cast import Cast
from tests.factories import InternshipFactory, ParticipantFactory
from tests.factories.activities import AbsenceReportFactory, MarkFactory, SessionFactory
from tests.factories.base import NOW, TODAY
from tests.told import told

ROLL_CALL = "activities:roll_call"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def internship(cast: Cast) -> Internship:
    return InternshipFactory(
        opening=cast.opening, participant=cast.pia, state="ongoing", starts_on=date(2026, 3, 2)
    )


@pytest.fixture
def session(internship: Internship) -> ActivitySession:
    return SessionFactory(internship=internship)


@pytest.fixture
def at(client: Client) -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


class TestRollCall:
    def test_chooses_nothing_beforehand(self, cast: Cast, session: ActivitySession, at: Callable) -> None:
        page = at(cast.employer_member).get(reverse(ROLL_CALL)).content.decode()
        assert f"code_{session.pk}" in page
        assert "checked" not in page

    def test_takes_everybody_in_one_save(self, cast: Cast, session: ActivitySession, at: Callable) -> None:
        other = SessionFactory(
            internship=InternshipFactory(opening=cast.opening, state="ongoing", starts_on=date(2026, 3, 2))
        )
        said = {
            f"code_{session.pk}": "absent",
            f"code_{other.pk}": "partly",
            f"minutes_{other.pk}": "90",
        }
        at(cast.employer_member).post(reverse(ROLL_CALL), said)
        found = set(AttendanceMark.objects.values_list("code", "minutes", "capacity", "source"))
        assert found == {("absent", None, "organiser", "roll_call"), ("partly", 90, "organiser", "roll_call")}

    def test_marks_the_rest_only_when_it_is_confirmed(
        self, cast: Cast, session: ActivitySession, at: Callable
    ) -> None:
        alice = at(cast.employer_member)
        asked = alice.post(reverse(ROLL_CALL), {"rest": "1"})
        assert asked.status_code == 200
        assert not AttendanceMark.objects.exists()

        alice.post(reverse(ROLL_CALL), {"rest": "1", "confirmed": "1"})
        assert AttendanceMark.objects.get().code == "present"

    def test_keeps_what_was_typed_when_it_is_refused(
        self, cast: Cast, session: ActivitySession, at: Callable
    ) -> None:
        said = {f"code_{session.pk}": "partly", f"minutes_{session.pk}": "999"}
        refused = at(cast.employer_member).post(reverse(ROLL_CALL), said)
        assert refused.status_code == 422
        assert 'value="999"' in refused.content.decode()

    def test_never_tells_why(self, cast: Cast, session: ActivitySession, at: Callable) -> None:
        MarkFactory(session=session, code="sick", certificate="seen", note="Kanarie")
        AbsenceReportFactory(internship=session.internship, words="Kanarie")
        cast.employer_member.language = "en"
        cast.employer_member.save()
        page = at(cast.employer_member).get(reverse(ROLL_CALL)).content.decode()
        assert "Absent" in page
        assert "Has reported absence" in page
        for word in ("Kanarie", "sick", "ertificate", cast.pia.first_name):
            assert word not in page

    def test_leads_to_earlier_days_that_wait(self, cast: Cast, internship: Internship, at: Callable) -> None:
        day = TODAY - timedelta(days=1)
        SessionFactory(internship=internship, date=day)
        alice = at(cast.employer_member)
        assert f"?day={day}" in alice.get(reverse(ROLL_CALL)).content.decode()
        assert alice.get(reverse(ROLL_CALL), {"day": day}).context["form"].sessions

    @pytest.mark.parametrize("day", ["", "x", "2026-02-30", "0000-00-00"])
    def test_of_no_day_is_of_today(self, cast: Cast, at: Callable, day: str) -> None:
        assert at(cast.employer_member).get(reverse(ROLL_CALL), {"day": day}).context["day"] == TODAY

    def test_asks_as_much_for_three_as_for_one(
        self,
        cast: Cast,
        session: ActivitySession,
        at: Callable,
        django_assert_max_num_queries: Callable,
    ) -> None:
        alice = at(cast.employer_member)
        alice.get(reverse(ROLL_CALL))
        for _number in range(3):
            placed = InternshipFactory(
                opening=cast.opening,
                participant=ParticipantFactory(unit=cast.unit),
                state="ongoing",
                starts_on=date(2026, 3, 2),
            )
            SessionFactory(internship=placed)
        with django_assert_max_num_queries(16):
            alice.get(reverse(ROLL_CALL))


class TestTheCoachsPages:
    def test_one_press_plans_an_even_week(self, cast: Cast, internship: Internship, at: Callable) -> None:
        at(cast.coach).post(reverse("activities:schedule_usual", args=[internship.pk]))
        assert WeeklySchedule.objects.get().days.count() == 5
        assert internship.sessions.filter(date=TODAY).exists()

    def test_a_schedule_with_too_many_hours_keeps_what_was_typed(
        self, cast: Cast, internship: Internship, at: Callable
    ) -> None:
        typed = {"valid_from": str(TODAY)}
        for day in range(1, 6):
            typed |= {f"starts_at_{day}": "07:00", f"ends_at_{day}": "16:00"}
        answer = at(cast.coach).post(reverse("activities:schedule_plan", args=[internship.pk]), typed)
        assert answer.status_code == 422
        assert 'value="07:00"' in answer.content.decode()

    def test_show_what_is_not_marked_and_take_the_reason(
        self, cast: Cast, session: ActivitySession, at: Callable
    ) -> None:
        MarkFactory(session=session, code="absent", capacity="organiser", marked_by=cast.employer_member)
        coach = at(cast.coach)
        coach.post(session.get_absolute_url(), {"code": "accepted"})
        assert AttendanceMark.objects.get(number=2).code == "accepted"
        page = coach.get(reverse("activities:attendance", args=[session.internship_id]))
        assert page.context["week"].sessions[0].session == session

    def test_give_an_excel_file(self, cast: Cast, session: ActivitySession, at: Callable) -> None:
        answer = at(cast.coach).get(reverse("activities:attendance_export", args=[session.internship_id]))
        assert answer.status_code in (200, 302)

    @pytest.mark.parametrize("week", ["", "x", "2026-W99", "2026-W11", "9999-W60"])
    def test_any_week_is_a_week(self, cast: Cast, session: ActivitySession, at: Callable, week: str) -> None:
        address = reverse("activities:attendance", args=[session.internship_id])
        assert at(cast.coach).get(address, {"week": week}).status_code == 200


class TestOnesOwn:
    def test_page_shows_the_mark_and_takes_ones_own(
        self, cast: Cast, session: ActivitySession, at: Callable
    ) -> None:
        MarkFactory(session=session, code="absent", capacity="organiser", marked_by=cast.employer_member)
        pia = at(cast.participant_user)
        pia.post(session.get_absolute_url(), {"code": "present"})
        page = pia.get(reverse("activities:my_attendance")).content.decode()
        assert "De säger olika" in page

    def test_absence_is_said_in_one_form(self, cast: Cast, internship: Internship, at: Callable) -> None:
        said = {"first_on": TODAY, "last_on": TODAY, "kind": "cannot_come"}
        address = reverse("activities:absence_report", args=[internship.pk])
        at(cast.participant_user).post(address, said)
        assert internship.absence_reports.get().capacity == "participant"


class TestMyDay:
    def test_has_one_row_an_internship_after_two_working_days(
        self, cast: Cast, internship: Internship
    ) -> None:
        for days in (1, 2):  # Wednesday and Tuesday: the workplace still has time
            SessionFactory(internship=internship, date=TODAY - timedelta(days=days))
        assert coach_day(cast.coach, today=TODAY) == []

        for days in (3, 6):
            SessionFactory(internship=internship, date=TODAY - timedelta(days=days))
        rows = coach_day(cast.coach, today=TODAY)
        assert [(row.url, row.also) for row in rows] == [
            (reverse("activities:attendance", args=[internship.pk]), ("2 dagar",))
        ]


class TestReminders:
    def test_come_after_two_days_to_the_workplace_and_after_five_to_the_coach(
        self, cast: Cast, internship: Internship
    ) -> None:
        SessionFactory(internship=internship, date=TODAY - timedelta(days=1))
        ask_about_unmarked(NOW)
        assert not OutboxMessage.objects.exists()

        ask_about_unmarked(NOW + timedelta(days=1))
        assert told() == {cast.employer_member}
        ask_about_unmarked(NOW + timedelta(days=6))
        assert told() == {cast.employer_member, cast.coach}

    def test_are_one_an_internship_and_stop_when_it_is_marked(
        self, cast: Cast, internship: Internship
    ) -> None:
        sessions = [SessionFactory(internship=internship, date=TODAY - timedelta(days=n)) for n in (2, 3, 6)]
        ask_about_unmarked(NOW)
        ask_about_unmarked(NOW + timedelta(hours=7))
        [message] = OutboxMessage.objects.filter(kind="attendance_unmarked")
        assert outbox.kinds[message.kind].is_due(message)

        for each in sessions:
            MarkFactory(session=each)
        assert not outbox.kinds[message.kind].is_due(message)


class TestTheApi:
    def test_tells_the_workplace_no_reason(self, cast: Cast, session: ActivitySession, at: Callable) -> None:
        MarkFactory(session=session, code="sick", certificate="seen")
        address = reverse("api:session-detail", args=[session.pk])
        theirs = at(cast.employer_member).get(address).json()
        assert theirs["presence"] == "absent"
        assert "sick" not in str(theirs)
        assert at(cast.coach).get(address).json()["code"] == "sick"

    def test_marks_once(self, cast: Cast, session: ActivitySession, at: Callable) -> None:
        address = reverse("api:session-mark", args=[session.pk])
        for _time in range(2):
            answer = at(cast.employer_member).post(address, {"code": "present"}, "application/json")
            assert answer.json()["presence"] == "present"
        assert AttendanceMark.objects.count() == 1


def test_nothing_of_attendance_enters_the_matcher() -> None:
    words = ("attendance", "activities", "absence")
    found = [
        str(path)
        for path in (BACKEND / "matching").rglob("*.py")
        if any(word in path.read_text().lower() for word in words)
    ]
    assert found == []
