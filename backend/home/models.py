"""What was put aside in My day, and the secret addresses of calendars."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.home.enums import CANNOT_WAIT, Matter
from backend.participants.models import Participant


class SetAside(Identified):
    """A matter that stands in nobody's My day: put off until a day, or done with where it was only news.

    It follows the matter, not who put it aside: a coach who takes a case over sees what was put off.
    `stands` is how the matter stood; when that changes, the row no longer holds.
    """

    matter = models.CharField(_("what it is about"), max_length=10, choices=Matter)
    thing = models.UUIDField()
    stands = models.CharField(max_length=64)
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    until = WorkingDateField(_("put off until"), null=True)
    reason = models.CharField(_("why"), max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = WorkingDateField(_("day"))

    class Meta:
        verbose_name = _("what was put aside")
        verbose_name_plural = _("what was put aside")
        ordering: ClassVar = ["until", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "thing"], name="set_aside_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True, reason="")
                | (Q(until__isnull=False, until__gt=F("on")) & ~Q(reason="")),
                name="set_aside_with_day_and_reason",
                violation_error_message=_("What is put off has a day to come and a reason."),
            ),
            models.CheckConstraint(
                condition=Q(matter__in=[each for each in Matter.values if each not in CANNOT_WAIT]),
                name="set_aside_may_wait",
                violation_error_message=_("This cannot be put off."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.thing}"


class CalendarAddress(Identified):
    """Whoever has the secret part of the address reads this user's calendar; only its digest is kept.

    One a user: a new one takes the old one's place, and without one there is no calendar to read.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        ordering: ClassVar = ["made_at", "id"]

    def __str__(self) -> str:
        return str(self.user_id)
