"""The journal of a case."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.accounts.journal.lines import JournalLine
from backend.core.fields import WorkingDateField
from backend.participants.models.files import Participant, Reader


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the contacts in files that `user` may open."""
        return self.filter(participant__in=Participant.objects.visible_to(user))


class Contact(JournalLine):
    """A line of the journal: how coach and participant were in contact, and what was agreed to do next.

    `replaced_on` is the day of the last contact before this was written, for whoever takes it back.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="contacts")
    replaced_on = WorkingDateField(null=True, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta(JournalLine.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes: ClassVar = [models.Index(fields=["participant", "-happened_on"], name="contact_latest")]
