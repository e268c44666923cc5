"""Sessions and schedules in the API: planned, called off and taken up by the services of the pages."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.activities.models import AbsenceReport, AttendanceMark, WeeklySchedule
from backend.core.models import AuditEntry
from tests.factories.activities import MarkFactory, SessionFactory
from tests.factories.base import NOW, TODAY
from tests.internships.calling import client_of, get, post, refused, twice
from tests.permissions.world import Everything

DAY = timedelta(days=1)
MORNING: dict[str, Any] = {"weekday": 1, "starts_at": "08:00", "ends_at": "12:00"}
LATER = {**MORNING, "starts_at": "13:00", "ends_at": "15:00"}
STRANGERS = ("other_coach", "other_employer", "other_participant_user")


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class TestSessions:
    def test_a_mark_sent_twice_is_one(self, everything: Everything) -> None:
        for _time in range(2):
            said = {"code": "present", "key": "5b1f"}
            answer = post(everything.cast.employer_member, "session-mark", everything.unmarked, **said)
            assert answer.json()["presence"] == "present"
        assert AttendanceMark.objects.filter(session=everything.unmarked).count() == 1

    @pytest.mark.parametrize("who", ["coach", "employer_member"])
    def test_one_is_called_off_and_taken_up_once(self, everything: Everything, who: str) -> None:
        sender, session = getattr(everything.cast, who), everything.unmarked
        off = {"state": "off_by_organiser"}
        for _time in range(2):
            answer = post(sender, "session-call-off", session, key="5b1f", **off)
            assert (answer.status_code, answer.json()["state"]) == (200, "off_by_organiser")
        answer = post(sender, "session-call-off", session, **off)
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")

        once = AuditEntry.objects.about(session).count()
        assert post(sender, "session-take-up", session).json()["state"] == "planned"
        assert post(sender, "session-take-up", session).status_code == 409
        assert AuditEntry.objects.about(session).count() == once + 1

    def test_one_that_is_marked_stays(self, everything: Everything) -> None:
        off = {"state": "off_by_organiser"}
        answer = post(everything.cast.coach, "session-call-off", everything.session, **off)
        assert (answer.status_code, answer.json()["code"]) == (422, "session_marked")

    def test_strangers_find_none_and_participants_call_nothing_off(self, everything: Everything) -> None:
        session, off = everything.unmarked, {"state": "off_by_organiser"}
        for who in (*STRANGERS, "manager", "participant_user"):
            assert post(getattr(everything.cast, who), "session-call-off", session, **off).status_code == 404
            assert post(getattr(everything.cast, who), "session-take-up", everything.off).status_code == 404
        for who in STRANGERS:
            assert (
                post(getattr(everything.cast, who), "session-mark", session, code="present").status_code
                == 404
            )
            assert get(getattr(everything.cast, who), "session-list").json()["count"] == 0

    def test_a_list_is_narrowed_by_days_and_internship(self, everything: Everything) -> None:
        coach, of = everything.cast.coach, {"internship": everything.internship.pk}
        assert get(coach, "session-list", **of).json()["count"] == 3
        assert get(coach, "session-list", first=TODAY, last=TODAY, **of).json()["count"] == 1
        assert get(coach, "session-list", first="0024-01-01").status_code == 422

    def test_the_number_of_queries_is_constant(self, everything: Everything) -> None:
        counted = []
        for number in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert get(everything.cast.coach, "session-list").status_code == 200
            counted.append(len(queries))
            MarkFactory(session=SessionFactory(internship=everything.own_place, date=TODAY - number * DAY))
        assert counted[0] == counted[1]


class TestSchedules:
    def test_a_week_is_planned_once(self, everything: Everything) -> None:
        coach, internship = everything.cast.coach, everything.internship
        week = {"valid_from": internship.starts_on, "days": [MORNING]}
        WeeklySchedule.objects.all().delete()
        first, second = (post(coach, "schedule_plan", internship, key="5b1f", **week) for _time in range(2))
        assert (first.status_code, first.json()["days"][0]["weekday"]) == (201, 1)
        assert second.json() == first.json()
        schedule = WeeklySchedule.objects.get()
        for who in ("coach", "manager", "employer_member", "participant_user"):
            reader = getattr(everything.cast, who)
            assert get(reader, "schedule-detail", schedule).json()["days"] == first.json()["days"]

    @pytest.mark.parametrize(
        ("days", "why"),
        [
            ([], "schedule_without_days"),
            ([MORNING, LATER], "schedule_day_twice"),
            ([{**MORNING, "ends_at": "07:00"}], "schedule_ends_before_start"),
            ([{**MORNING, "break_minutes": 240}], "schedule_break_too_long"),
            ([{**MORNING, "break_minutes": 241}], "max_value"),
            ([{**MORNING, "weekday": 8}], "invalid_choice"),
        ],
    )
    def test_one_that_cannot_be_is_refused(self, everything: Everything, days: Any, why: str) -> None:
        week = {"valid_from": everything.internship.starts_on, "days": days}
        answer = post(everything.cast.coach, "schedule_plan", everything.internship, **week)
        assert (answer.status_code, answer.json()["code"]) == (422, why)
        assert WeeklySchedule.objects.get() == everything.schedule

    def test_strangers_find_none_and_nobody_but_the_coach_plans(self, everything: Everything) -> None:
        week = {"valid_from": everything.internship.starts_on, "days": [MORNING]}
        for who in (*STRANGERS, "manager", "employer_member", "participant_user"):
            sender = getattr(everything.cast, who)
            assert post(sender, "schedule_plan", everything.internship, **week).status_code == 404
        for who in STRANGERS:
            assert (
                get(getattr(everything.cast, who), "schedule-detail", everything.schedule).status_code == 404
            )
            assert get(getattr(everything.cast, who), "schedule-list").json()["count"] == 0


class TestTheRollCall:
    def test_is_taken_of_all_or_of_none(self, everything: Everything) -> None:
        alice, first = everything.cast.employer_member, everything.unmarked
        marks = [{"session": str(first.pk), "code": "present"}, {"session": str(everything.off.pk)}]
        marks[1]["code"] = "absent"
        address = reverse("api:session-mark-several")
        answer = client_of(alice).post(address, {"marks": marks}, "application/json")
        assert (answer.status_code, answer.json()["code"]) == (422, "attendance_session_off")
        assert answer.json()["field"].endswith(str(everything.off.pk))
        assert not AttendanceMark.objects.filter(session=first).exists()

        for _time in range(2):
            headers = {"Idempotency-Key": "5b1f"}
            sent = {"marks": marks[:1]}
            answer = client_of(alice).post(address, sent, "application/json", headers=headers)
            assert [each["presence"] for each in answer.json()] == ["present"]
            assert "code" not in answer.json()[0]
        assert AttendanceMark.objects.filter(session=first).count() == 1

    def test_strangers_mark_nobody(self, everything: Everything) -> None:
        sent = {"marks": [{"session": str(everything.unmarked.pk), "code": "present"}]}
        for name in STRANGERS:
            client = client_of(getattr(everything.cast, name))
            answer = client.post(reverse("api:session-mark-several"), sent, "application/json")
            assert answer.status_code == 404
        assert not AttendanceMark.objects.filter(session=everything.unmarked).exists()


class TestAbsences:
    AWAY: dict[str, Any] = {"first_on": TODAY, "last_on": TODAY, "kind": "cannot_come", "words": "Tandläkare"}

    @pytest.mark.parametrize("who", ["coach", "participant_user"])
    def test_is_reported_once_and_taken_back(self, everything: Everything, who: str) -> None:
        sender, internship = getattr(everything.cast, who), everything.internship
        first_day = {"first_on": internship.starts_on, "last_on": internship.starts_on}
        made = twice(sender, "absence_report", internship, **{**self.AWAY, **first_day})
        report = AbsenceReport.objects.get(pk=made["id"])
        at_work = get(everything.cast.employer_member, "absence-detail", report)
        assert at_work.json()["first_on"] == internship.starts_on.isoformat()
        assert "Tandläkare" not in at_work.content.decode()
        assert "kind" not in at_work.json()

        assert twice(sender, "absence-withdraw", report)["withdrawn_at"] is not None
        assert refused(sender, "absence-withdraw", report) == "absence_withdrawn"
        assert get(everything.cast.employer_member, "absence-detail", report).status_code == 404

    def test_days_that_cannot_be_are_refused(self, everything: Everything) -> None:
        backwards = {**self.AWAY, "last_on": TODAY - DAY}
        code = refused(everything.cast.coach, "absence_report", everything.internship, **backwards)
        assert code == "absence_ends_before_start"

    def test_strangers_and_workplaces_report_nothing(self, everything: Everything) -> None:
        for name in (*STRANGERS, "employer_member", "manager"):
            sender = getattr(everything.cast, name)
            assert post(sender, "absence_report", everything.internship, **self.AWAY).status_code == 404
            assert post(sender, "absence-withdraw", everything.absence).status_code == 404
        for name in STRANGERS:
            assert (
                get(getattr(everything.cast, name), "absence-detail", everything.absence).status_code == 404
            )
            assert get(getattr(everything.cast, name), "absence-list").json()["count"] == 0
