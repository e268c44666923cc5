"""The journal of a case."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.participants.enums import ContactChannel
from backend.participants.models.files import Participant, Reader


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the contacts in files that `user` may open."""
        return self.filter(participant__in=Participant.objects.visible_to(user))


class Contact(Identified):
    """A line of the journal: how coach and participant were in contact, and what was agreed to do next.

    `replaced_on` is the day of the last contact before this was written, for whoever takes it back.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="contacts")
    channel = models.CharField(_("how"), max_length=10, choices=ContactChannel)
    happened_on = WorkingDateField(_("day"))
    line = models.CharField(_("one line"), max_length=200, blank=True)
    next_step = models.CharField(_("next step"), max_length=120, blank=True)
    next_on = WorkingDateField(_("next step on"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_on = WorkingDateField(null=True, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering: ClassVar = ["-happened_on", "-recorded_at", "id"]
        indexes: ClassVar = [models.Index(fields=["participant", "-happened_on"], name="contact_latest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(next_step="", next_on__isnull=True)
                | (~Q(next_step="") & Q(next_on__isnull=False, next_on__gte=F("happened_on"))),
                name="contact_next_step_has_day",
                violation_error_code="next_on",
                violation_error_message=_("A next step has words and a day, after the contact."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.happened_on}"
