"""Days and attendance of internships that go on: most is marked, some waits for whoever tries the demo."""

from datetime import date, timedelta
from random import Random

from backend.accounts.models import User
from backend.activities.at_capacity import usual_week_of
from backend.activities.enums import Code
from backend.activities.models import ActivitySession
from backend.activities.services import Said, mark_session, mark_sessions, plan_schedule
from backend.demo.world import moment
from backend.employers.enums import MembershipState
from backend.employers.models import EmployerMembership
from backend.internships.enums import InternshipState
from backend.internships.models import Internship

SHOWN = timedelta(weeks=3)
LEFT_UNMARKED = 0.15
LEFT_FOR, USUALLY_LEFT_FOR = timedelta(days=8), timedelta(days=1)
"""How long a workplace that forgets has marked nothing, and how long the others take."""


def tell_attendance(*, today: date, rng: Random) -> None:
    """Plan the days of every ongoing internship, and let its workplace mark those of the last weeks."""
    related = ("participant__coach", "workplace__employer")
    ongoing = Internship.objects.filter(state=InternshipState.ONGOING).select_related(*related)
    for internship in ongoing.order_by("starts_on", "decision_reference", "pk"):
        if internship.ends_on >= today:
            _plan(internship, today=today)
            _mark(internship, today=today, rng=rng)


def _plan(internship: Internship, *, today: date) -> None:
    first = max(internship.started_on or internship.starts_on, today - SHOWN)
    plan_schedule(
        internship_id=internship.pk,
        valid_from=first,
        days=usual_week_of(internship),
        by=internship.participant.coach,
        at=moment(today, hour=7),
    )


def _mark(internship: Internship, *, today: date, rng: Random) -> None:
    contact = _contact(internship)
    forgets = rng.random() < LEFT_UNMARKED
    until = today - (LEFT_FOR if forgets else USUALLY_LEFT_FOR)
    days = ActivitySession.objects.unmarked().filter(internship=internship, date__lt=until)
    said = [_said(each, rng) for each in days.order_by("date", "starts_at")]
    if contact is None or not said:
        return
    marks = mark_sessions(marks=said, by=contact, at=moment(today, hour=7))
    for mark in marks:
        if mark.code == Code.ABSENT and rng.random() < 0.7:
            code = rng.choice([Code.ACCEPTED, Code.UNDER_REVIEW, Code.ELSEWHERE])
            coach, at = internship.participant.coach, moment(today, hour=8)
            mark_session(session_id=mark.session_id, code=code, by=coach, at=at)


def _contact(internship: Internship) -> User | None:
    members = EmployerMembership.objects.filter(
        employer=internship.workplace.employer, state=MembershipState.ACTIVE
    )
    member = members.select_related("user").order_by("created_at", "pk").first()
    return member.user if member else None


def _said(session: ActivitySession, rng: Random) -> Said:
    code = rng.choices([Code.PRESENT, Code.PARTLY, Code.ABSENT], weights=[17, 1, 2])[0]
    return Said(session.pk, code, minutes=session.net_minutes // 2 if code == Code.PARTLY else None)
