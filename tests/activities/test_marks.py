"""Who was there: three voices, versions, and no word of why to the workplace."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backend.activities.enums import Code
from backend.activities.hours import Hours, hours_between, hours_of
from backend.activities.models import AbsenceReport, ActivitySession, AttendanceMark
from backend.activities.services import (
    Said,
    call_off_session,
    mark_session,
    mark_sessions,
    report_absence,
    take_up_session,
    withdraw_absence,
)
from backend.core.models import AuditEntry, OutboxMessage
from backend.internships.models import Internship
from backend.participants.models import Participant
from tests.cast import Cast
from tests.factories import InternshipFactory
from tests.factories.activities import MarkFactory, SessionFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told


@pytest.fixture
def internship(cast: Cast) -> Internship:
    return InternshipFactory(
        opening=cast.opening, participant=cast.pia, state="ongoing", starts_on=date(2026, 3, 2)
    )


@pytest.fixture
def session(internship: Internship) -> ActivitySession:
    return SessionFactory(internship=internship)


def mark(session: ActivitySession, code: str, *, by: Any, **more: Any) -> AttendanceMark:
    return mark_session(session_id=session.pk, code=code, by=by, at=NOW, **more)


def now(session: ActivitySession) -> ActivitySession:
    return ActivitySession.objects.with_marks().get(pk=session.pk)


class TestWhoMaySayWhat:
    @pytest.mark.parametrize("code", [each for each in Code if each not in ("present", "partly", "absent")])
    def test_the_workplace_gives_no_reasons(self, cast: Cast, session: ActivitySession, code: str) -> None:
        with refused_for("attendance_code_of_others"):
            mark(session, code, by=cast.employer_member, certificate="seen", note="Så är det")
        assert not AttendanceMark.objects.exists()

    @pytest.mark.parametrize("code", ["accepted", "not_accepted", "under_review", "sick"])
    def test_the_participant_does_not_assess_herself(
        self, cast: Cast, session: ActivitySession, code: str
    ) -> None:
        with refused_for("attendance_code_of_others"):
            mark(session, code, by=cast.participant_user)

    def test_strangers_find_nothing(self, cast: Cast, session: ActivitySession) -> None:
        for stranger in (cast.other_employer, cast.other_coach, cast.other_participant_user, cast.manager):
            with pytest.raises(ActivitySession.DoesNotExist):
                mark(session, "present", by=stranger)

    def test_a_protected_identity_is_not_marked_by_the_workplace(
        self, cast: Cast, session: ActivitySession
    ) -> None:
        Participant.objects.filter(pk=cast.pia.pk).update(is_protected=True)
        with pytest.raises(ActivitySession.DoesNotExist):
            mark(session, "present", by=cast.employer_member)

    def test_the_database_refuses_a_reason_of_the_workplace(self, session: ActivitySession) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            MarkFactory(session=session, code="accepted", capacity="organiser")


class TestWhen:
    def test_from_the_start_and_not_before(self, cast: Cast, internship: Internship) -> None:
        to_come = SessionFactory(internship=internship, date=TODAY + timedelta(days=1))
        with refused_for("attendance_not_started"):
            mark(to_come, "present", by=cast.employer_member)

    def test_not_when_it_is_called_off(self, cast: Cast, session: ActivitySession) -> None:
        call_off_session(session_id=session.pk, state="off_by_organiser", by=cast.employer_member, at=NOW)
        with refused_for("attendance_session_off"):
            mark(session, "present", by=cast.coach)
        take_up_session(session_id=session.pk, by=cast.coach, at=NOW)
        assert mark(session, "present", by=cast.coach).number == 1

    def test_what_is_marked_is_not_called_off(self, cast: Cast, session: ActivitySession) -> None:
        mark(session, "present", by=cast.employer_member)
        with refused_for("session_marked"):
            call_off_session(session_id=session.pk, state="off_by_unit", by=cast.coach, at=NOW)

    def test_the_workplace_calls_off_for_itself_alone(self, cast: Cast, session: ActivitySession) -> None:
        with refused_for("session_off_by_other"):
            call_off_session(
                session_id=session.pk, state="off_by_participant", by=cast.employer_member, at=NOW
            )


class TestVersions:
    def test_the_same_again_is_no_new_row(self, cast: Cast, session: ActivitySession) -> None:
        first = mark(session, "absent", by=cast.employer_member)
        assert mark(session, "absent", by=cast.employer_member) == first
        assert AttendanceMark.objects.count() == 1
        assert AuditEntry.objects.about(session).count() == 1

    def test_a_correction_says_why_and_keeps_what_stood(self, cast: Cast, session: ActivitySession) -> None:
        first = mark(session, "absent", by=cast.employer_member)
        with refused_for("attendance_no_why"):
            mark(session, "present", by=cast.employer_member)

        second = mark(session, "present", by=cast.employer_member, why="Kom senare")

        assert (second.number, second.replaces, second.reason_for_change) == (2, first, "Kom senare")
        assert now(session).standing == second

    def test_the_coach_gives_an_absence_its_reason_which_corrects_nobody(
        self, cast: Cast, session: ActivitySession
    ) -> None:
        mark(session, "absent", by=cast.employer_member)
        reason = mark(session, "accepted", by=cast.coach)

        assert now(session).standing == reason
        # The workplace, which knows of no reasons, still says the same.
        assert mark(session, "absent", by=cast.employer_member) == reason

    def test_another_assessment_says_why(self, cast: Cast, session: ActivitySession) -> None:
        mark(session, "accepted", by=cast.coach)
        with refused_for("attendance_no_why"):
            mark(session, "not_accepted", by=cast.coach, note="Se samtalet")

    def test_the_participants_word_stands_beside_and_overwrites_nothing(
        self, cast: Cast, session: ActivitySession
    ) -> None:
        theirs = mark(session, "absent", by=cast.employer_member)
        own = mark(session, "present", by=cast.participant_user)

        found = now(session)
        assert (found.standing, found.own, found.is_disputed) == (theirs, own, True)


class TestParts:
    @pytest.mark.parametrize("minutes", [None, 0, 360, 400])
    def test_a_part_of_the_day_is_fewer_minutes(
        self, cast: Cast, session: ActivitySession, minutes: int | None
    ) -> None:
        with refused_for("attendance_no_minutes"):
            mark(session, "partly", by=cast.employer_member, minutes=minutes)

    def test_the_database_holds_it_too(self, session: ActivitySession) -> None:
        for wrong in ({"code": "partly", "minutes": 360}, {"code": "present", "minutes": 5}):
            with pytest.raises(IntegrityError), transaction.atomic():
                MarkFactory(session=session, **wrong)

    def test_what_is_not_accepted_rests_on_something(self, cast: Cast, session: ActivitySession) -> None:
        with refused_for("attendance_no_note"):
            mark(session, "not_accepted", by=cast.coach)

    def test_reported_sick_says_if_a_certificate_was_seen(self, cast: Cast, session: ActivitySession) -> None:
        with refused_for("attendance_no_certificate"):
            mark(session, "sick", by=cast.coach)
        assert mark(session, "sick", by=cast.coach, certificate="not_yet_due").certificate == "not_yet_due"


class TestARollCall:
    def test_is_all_or_nothing(self, cast: Cast, internship: Internship, session: ActivitySession) -> None:
        other = SessionFactory(internship=internship, date=TODAY - timedelta(days=1))
        said = [Said(session.pk, "present"), Said(other.pk, "partly")]
        with refused_for("attendance_no_minutes"):
            mark_sessions(marks=said, by=cast.employer_member, at=NOW)
        assert not AttendanceMark.objects.exists()

    def test_of_nobody_is_refused(self, cast: Cast) -> None:
        with refused_for("attendance_nothing_marked"):
            mark_sessions(marks=[], by=cast.employer_member, at=NOW)


class TestHours:
    def test_are_the_sum_of_their_parts(self, cast: Cast, internship: Internship) -> None:
        for number, code in enumerate(Code):
            minutes = 100 if code == Code.PARTLY else None
            certificate = "seen" if code == Code.SICK else ""
            SessionFactory(internship=internship, date=TODAY - timedelta(days=number)).marks.create(
                number=1,
                code=code,
                minutes=minutes,
                certificate=certificate,
                note="Se samtalet",
                session_minutes=360,
                capacity="coach",
                source="coach",
                marked_by=cast.coach,
                marked_at=NOW,
            )
        SessionFactory(internship=internship, date=TODAY - timedelta(days=20))
        SessionFactory(internship=internship, date=TODAY + timedelta(days=1))
        SessionFactory(internship=internship, date=TODAY - timedelta(days=21), state="holiday")

        found = hours_between(internship, date(2026, 1, 1), date(2026, 12, 31), at=NOW)

        assert found == Hours(
            planned=11 * 360,
            attended=460,
            accepted=720,
            not_accepted=360,
            under_review=260 + 360 + 360,
            elsewhere=360,
            no_day=720,
            unmarked=360,
            to_come=360,
            off=360,
        )
        parts = ("attended", "accepted", "not_accepted", "under_review", "elsewhere", "no_day", "unmarked")
        assert sum(getattr(found, part) for part in parts) == found.planned

    def test_what_is_not_marked_is_not_absence(self, session: ActivitySession) -> None:
        assert hours_of([now(session)], at=NOW) == Hours(planned=360, unmarked=360)

    def test_what_only_the_participant_says_is_not_marked(self, cast: Cast, session: ActivitySession) -> None:
        mark(session, "present", by=cast.participant_user)
        assert hours_of([now(session)], at=NOW).unmarked == 360
        assert session in ActivitySession.objects.unmarked()


class TestReportedAbsence:
    def report(self, cast: Cast, internship: Internship, **more: Any) -> AbsenceReport:
        said = {
            "first_on": TODAY,
            "last_on": TODAY,
            "kind": "cannot_come",
            "by": cast.participant_user,
            **more,
        }
        return report_absence(internship_id=internship.pk, at=NOW, **said)

    def test_is_no_mark_and_tells_workplace_and_coach(
        self, cast: Cast, internship: Internship, session: ActivitySession
    ) -> None:
        self.report(cast, internship)
        assert now(session).standing is None
        assert told(kind="absence_reported") == {cast.employer_member, cast.coach}

    def test_may_come_late_and_then_tells_nobody(self, cast: Cast, internship: Internship) -> None:
        day = TODAY - timedelta(days=3)
        assert self.report(cast, internship, first_on=day, last_on=day).reported_at == NOW
        assert not OutboxMessage.objects.filter(kind="absence_reported").exists()

    def test_can_be_taken_back_once_and_stays_to_be_seen(self, cast: Cast, internship: Internship) -> None:
        report = self.report(cast, internship)
        withdraw_absence(report_id=report.pk, by=cast.participant_user, at=NOW)
        with refused_for("absence_withdrawn"):
            withdraw_absence(report_id=report.pk, by=cast.coach, at=NOW)
        assert AbsenceReport.objects.get().withdrawn_by == cast.participant_user

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"last_on": TODAY - timedelta(days=1)}, "absence_ends_before_start"),
            ({"last_on": TODAY + timedelta(days=31)}, "absence_too_long"),
            ({"first_on": date(2026, 3, 1)}, "absence_outside_placement"),
            ({"kind": ""}, "absence_without_kind"),
        ],
    )
    def test_is_refused_for_what_cannot_be_meant(
        self, cast: Cast, internship: Internship, more: dict[str, Any], code: str
    ) -> None:
        with refused_for(code):
            self.report(cast, internship, **more)

    def test_is_not_the_workplaces_to_write(self, cast: Cast, internship: Internship) -> None:
        with pytest.raises(Internship.DoesNotExist):
            self.report(cast, internship, by=cast.employer_member)


def test_a_case_with_marks_can_be_deleted(cast: Cast, session: ActivitySession) -> None:
    mark(session, "absent", by=cast.employer_member)
    mark(session, "present", by=cast.employer_member, why="Fel rad")
    session.internship.delete()
    assert not AttendanceMark.objects.exists()
