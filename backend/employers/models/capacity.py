"""On which days lasting places are offered, and when for a time they are not, or less."""

from datetime import date, time
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.employers.enums import ExceptionKind
from backend.employers.models.openings import Capacity
from backend.skills.enums import Weekday

MINUTES_OF_DAY = 24 * 60


class CapacityDay(Identified):
    """A weekday on which somebody can be received: between two times, or for so long.

    `minutes` is what one person can be there, the break left out.
    """

    capacity = models.ForeignKey(Capacity, models.CASCADE, related_name="days")
    weekday = models.CharField(_("weekday"), max_length=1, choices=Weekday)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes a person"))

    class Meta:
        verbose_name = _("day of lasting places")
        verbose_name_plural = _("days of lasting places")
        ordering: ClassVar = ["weekday"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["capacity", "weekday"],
                name="capacity_day_once",
                violation_error_message=_("A weekday stands there once."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="capacity_day_times",
                violation_error_message=_("The day must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MINUTES_OF_DAY),
                name="capacity_day_minutes",
                violation_error_message=_("A day has some time, and not more than a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.weekday


class CapacityExceptionQuerySet(models.QuerySet["CapacityException"]):
    def standing(self) -> Self:
        """Keep what nobody has taken back."""
        return self.filter(withdrawn_at=None)


class CapacityException(Identified):
    """Days on which lasting places are not what they are otherwise; taken back, it stays to be read."""

    capacity = models.ForeignKey(Capacity, models.CASCADE, related_name="exceptions")
    kind = models.CharField(_("what is different"), max_length=10, choices=ExceptionKind)
    first_on = WorkingDateField(_("first day"))
    last_on = WorkingDateField(_("last day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CapacityExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering: ClassVar = ["first_on", "written_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="capacity_exception_period",
                violation_error_code="last_on",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) & ~Q(kind=ExceptionKind.HOURS)
                | Q(kind=ExceptionKind.HOURS, starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="capacity_exception_times",
                violation_error_code="ends_at",
                violation_error_message=_("State from and to: the day must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="capacity_exception_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_on}–{self.last_on}"

    @property
    def stands(self) -> bool:
        """Whether nobody has taken it back."""
        return self.withdrawn_at is None

    @property
    def times(self) -> tuple[time, time] | None:
        """Between which times people can come, where that is what is different."""
        return (self.starts_at, self.ends_at) if self.starts_at and self.ends_at else None

    def is_about(self, day: date) -> bool:
        """Tell whether it holds on `day`."""
        return bool(self.stands and self.first_on <= day <= self.last_on)
