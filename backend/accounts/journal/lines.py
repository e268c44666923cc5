"""What every line of a journal says, and what must hold of it."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.accounts.refusals import JournalRefusal
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.core.writing.refusals import Refused


class ContactChannel(TextChoices):
    """How the two were in contact."""

    PHONE = "phone", _("By phone")
    MEETING = "meeting", _("We met")
    MESSAGE = "message", _("Text message")
    EMAIL = "email", _("E-mail")


class JournalLine(Identified):
    """A contact that has happened, and the next step where one was agreed: words and a day, or neither."""

    channel = models.CharField(_("how"), max_length=10, choices=ContactChannel)
    happened_on = WorkingDateField(_("day"))
    line = models.CharField(_("one line"), max_length=200, blank=True)
    next_step = models.CharField(_("next step"), max_length=120, blank=True)
    next_on = WorkingDateField(_("next step on"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["-happened_on", "-recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(next_step="", next_on__isnull=True)
                | (~Q(next_step="") & Q(next_on__isnull=False, next_on__gte=F("happened_on"))),
                name="%(class)s_next_step_has_day",
                violation_error_code="next_on",
                violation_error_message=_("A next step has words and a day, after the contact."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.happened_on}"


def check_line(*, on: date, next_step: str, next_on: date | None, today: date) -> None:
    """Raise Refused for a day to come, and for a next step without a day or one before the contact."""
    if on > today:
        raise Refused(JournalRefusal.CONTACT_TO_COME, about="on")
    if bool(next_step.strip()) != bool(next_on):
        raise Refused(JournalRefusal.HALF_A_NEXT_STEP, about="next_on" if next_step.strip() else "next_step")
    if next_on and next_on < on:
        raise Refused(JournalRefusal.NEXT_BEFORE_CONTACT, about="next_on")
