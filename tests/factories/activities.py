from datetime import date, time
from typing import Any

import factory
from factory.django import DjangoModelFactory

from backend.activities.enums import Capacity, Code, SessionState, Source
from backend.activities.models import (
    AbsenceReport,
    ActivitySession,
    AttendanceMark,
    ScheduleDay,
    WeeklySchedule,
)
from tests.factories.base import NOW, TODAY
from tests.factories.internships import InternshipFactory


class SessionFactory(DjangoModelFactory):
    """A session from eight to half past two; `marked_as` lets `by` have said so as coach."""

    class Meta:
        model = ActivitySession

    internship = factory.SubFactory(InternshipFactory, state="ongoing", starts_on=date(2026, 3, 2))
    date = TODAY
    starts_at = time(8, 0)
    ends_at = time(14, 30)
    break_minutes = 30
    net_minutes = 360
    state = SessionState.PLANNED
    state_changed_at = NOW

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> ActivitySession:
        said = {name: values.pop(name, "") for name in ("marked_as", "certificate", "note")}
        capacity = values.pop("capacity", Capacity.COACH)
        by = values.pop("by", None)
        session: ActivitySession = super()._create(model_class, *args, **values)
        if said["marked_as"]:
            MarkFactory(
                session=session,
                code=said["marked_as"],
                certificate=said["certificate"],
                note=said["note"],
                capacity=capacity,
                **({"marked_by": by} if by else {}),
            )
        return session


class MarkFactory(DjangoModelFactory):
    class Meta:
        model = AttendanceMark

    session = factory.SubFactory(SessionFactory)
    number = 1
    code = Code.PRESENT
    session_minutes = factory.SelfAttribute("session.net_minutes")
    capacity = Capacity.COACH
    source = factory.LazyAttribute(lambda o: Source(o.capacity))
    marked_by = factory.SelfAttribute("session.internship.participant.coach")
    marked_at = NOW


class AbsenceReportFactory(DjangoModelFactory):
    class Meta:
        model = AbsenceReport

    internship = factory.SubFactory(InternshipFactory, state="ongoing", starts_on=date(2026, 3, 2))
    first_on = TODAY
    last_on = TODAY
    kind = "cannot_come"
    capacity = Capacity.COACH
    reported_by = factory.SelfAttribute("internship.participant.coach")
    reported_at = NOW


class ScheduleFactory(DjangoModelFactory):
    """Monday to Friday, eight to half past two."""

    class Meta:
        model = WeeklySchedule

    internship = factory.SubFactory(InternshipFactory, state="ongoing", starts_on=date(2026, 3, 2))
    valid_from = factory.SelfAttribute("internship.starts_on")
    planned_by = factory.SelfAttribute("internship.participant.coach")
    planned_at = NOW

    @factory.post_generation
    def days(self: WeeklySchedule, create: bool, given: Any, **_more: Any) -> None:
        hours = {"starts_at": time(8, 0), "ends_at": time(14, 30), "break_minutes": 30}
        ScheduleDay.objects.bulk_create(
            ScheduleDay(schedule=self, weekday=weekday, **hours) for weekday in range(1, 6)
        )
