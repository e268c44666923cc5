"""What was said beforehand, or afterwards, of not coming."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.activities.enums import AbsenceKind, Capacity
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.internships.models import Internship, Reader


class AbsenceReportQuerySet(models.QuerySet["AbsenceReport"]):
    def read_by(self, user: Reader, *, on: date) -> Self:
        """Keep what `user` may read on `on`, by the internships that are theirs to read then."""
        return self.filter(internship__in=Internship.objects.read_by(user, on=on))

    def standing(self) -> Self:
        """Keep what has not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def touching(self, first: date, last: date) -> Self:
        """Keep what is about any day between `first` and `last`."""
        return self.standing().filter(first_on__lte=last, last_on__gte=first)


class AbsenceReport(Identified):
    """Somebody will be away, or was, as participant or coach has said. It is no mark, and marks nobody."""

    internship = models.ForeignKey(
        Internship, models.CASCADE, null=True, blank=True, related_name="absence_reports"
    )
    first_on = WorkingDateField(_("first day"))
    last_on = WorkingDateField(_("last day"))
    kind = models.CharField(_("what it is about"), max_length=15, choices=AbsenceKind)
    words = models.CharField(_("in a few words"), max_length=200, blank=True)
    capacity = models.CharField(_("said as"), max_length=12, choices=Capacity)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported absence")
        verbose_name_plural = _("reported absences")
        ordering: ClassVar = ["-first_on", "-reported_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(internship__isnull=False), name="absence_has_one_owner"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="absence_period"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="absence_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship_id} {self.first_on}–{self.last_on}"

    def is_about(self, day: date) -> bool:
        """Tell whether it is about `day`."""
        return bool(self.first_on <= day <= self.last_on)
