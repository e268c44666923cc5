"""When nobody goes to an internship for some time."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.internships.enums import PauseReason
from backend.internships.models.placements import Internship


class InternshipPause(Identified):
    """Days in an internship on which nobody is expected: from its first day to the day before the return."""

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="pauses")
    from_on = WorkingDateField(_("first day of the pause"))
    back_on = WorkingDateField(_("expected back on"))
    reason = models.CharField(_("why"), max_length=16, choices=PauseReason)
    paused_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    paused_at = models.DateTimeField()
    resumed_on = WorkingDateField(_("back on"), null=True, blank=True)
    resumed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering: ClassVar = ["from_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(back_on__gt=F("from_on")),
                name="pause_period",
                violation_error_code="back_on",
                violation_error_message=_("The day of the return comes after the first day of the pause."),
            ),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True, resumed_by__isnull=True)
                | Q(resumed_on__gt=F("from_on"), resumed_by__isnull=False),
                name="pause_resumed_after",
                violation_error_code="resumed_on",
                violation_error_message=_("The day of the return comes after the first day of the pause."),
            ),
            models.UniqueConstraint(
                fields=["internship"],
                condition=Q(resumed_on__isnull=True),
                name="pause_one_at_a_time",
                violation_error_message=_("The internship is paused already."),
            ),
        ]

    @property
    def last_on(self) -> date:
        """The last day on which nobody is expected: the day before the return, as far as it is known."""
        back: date = self.resumed_on or self.back_on
        return back - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.from_on} – {self.resumed_on or self.back_on}"
