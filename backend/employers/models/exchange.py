"""What came from elsewhere: which ad an opening was made of, and files that wait to be imported."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.employers.models.openings import Opening

SHEETS_KEPT: Final = timedelta(hours=24)


class ImportedAd(models.Model):
    """The ad elsewhere that an opening was made of, so that it is not made twice."""

    opening = models.OneToOneField(
        Opening, models.CASCADE, primary_key=True, related_name="imported_ad", editable=False
    )
    outside_id = models.CharField(_("the ad's id at its source"), max_length=100, db_index=True)
    apply_by = WorkingDateField(_("last day to apply"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported ad")
        verbose_name_plural = _("imported ads")

    def __str__(self) -> str:
        return self.outside_id


class HandedInSheetQuerySet(models.QuerySet["HandedInSheet"]):
    def of(self, user: Any, *, at: datetime) -> Self:
        """Keep the files that `user` handed in, and that are still kept."""
        return self.filter(owner=user.pk, at__gt=at - SHEETS_KEPT)


class HandedInSheet(Identified):
    """A file that somebody is importing: sealed, that person's alone, and deleted after a day."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)
    content = models.TextField()

    objects = HandedInSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("handed-in sheet")
        verbose_name_plural = _("handed-in sheets")
        ordering: ClassVar = ["-at", "id"]

    def __str__(self) -> str:
        return str(self.pk)
