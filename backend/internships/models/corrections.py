"""What was written before, kept when it is corrected."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.models import AboutSubject, Identified


class Correction(Identified, AboutSubject):
    """A version: what stood in a row, what was put instead, who did so and why. A trigger refuses changes."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=300)
    was = models.JSONField()
    became = models.JSONField()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="correction_subject")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} {self.at:%Y-%m-%d}"
