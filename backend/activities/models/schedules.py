"""On which days and hours somebody is at the workplace, in dated versions."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.activities.enums import Weekday
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.internships.models import Internship


class WeeklyScheduleQuerySet(models.QuerySet["WeeklySchedule"]):
    def standing(self) -> Self:
        """Keep the versions that hold on some day: another has not taken the place of the whole."""
        return self.filter(superseded_at=None)

    def on(self, day: date) -> Self:
        """Keep the version that holds on `day`."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class WeeklySchedule(Identified):
    """The days and hours of a week, from a day on until another version holds."""

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="schedules")
    valid_from = WorkingDateField(_("holds from"))
    valid_to = WorkingDateField(_("holds until"), null=True, blank=True)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = WeeklyScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering: ClassVar = ["-valid_from", "-planned_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["internship", "valid_from"],
                condition=Q(superseded_at=None),
                name="schedule_one_a_day",
                violation_error_message=_("There is a schedule from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="schedule_period",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship_id} {self.valid_from}"


class ScheduleDay(Identified):
    """One weekday of a schedule, in local time."""

    schedule = models.ForeignKey(WeeklySchedule, models.CASCADE, related_name="days")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    break_minutes = models.PositiveSmallIntegerField(_("break in minutes"), default=0)

    class Meta:
        verbose_name = _("day of a schedule")
        verbose_name_plural = _("days of a schedule")
        ordering: ClassVar = ["weekday", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schedule", "weekday"], name="schedule_day_once"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="schedule_day_weekday"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="schedule_day_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"
