"""The two logs, what stands beside them, and what every row has."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class Identified(models.Model):
    """A row whose key cannot be guessed, so that an address tells nothing of other rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class AboutSubject(models.Model):
    """A row about one row of any other table, by label (`app.model`) and key.

    No foreign key: what is written about a person's case must survive the disposal of the case itself.
    """

    subject_type = models.CharField(max_length=100)
    subject_id = models.UUIDField()

    class Meta:
        abstract = True


class SubjectQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, *subjects: models.Model) -> Self:
        """Keep the rows about any of `subjects`."""
        wanted = Q(pk__in=[])
        for subject in subjects:
            wanted |= Q(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        return self.filter(wanted)

    def about_any(self, rows: "models.QuerySet[Any]") -> Self:
        """Keep the rows about any of `rows`, asked in the same query."""
        keys = rows.order_by().values("pk")
        return self.filter(subject_type=rows.model._meta.label_lower, subject_id__in=keys)


class AuditEntry(AboutSubject):
    """Who did what to which row, when, from which state to which, why. Only ever added to.

    `why` is a code with words of its own; what somebody wrote is a WrittenReason beside the row.
    """

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    why = models.CharField(max_length=60, blank=True)
    changes = models.JSONField(default=dict)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"

    @property
    def said(self) -> str:
        """What somebody wrote for the reason, while it is kept."""
        written: WrittenReason | None = getattr(self, "written", None)
        return written.text if written else ""


class WrittenReason(models.Model):
    """The words that somebody gave as the reason of a change.

    They may tell of a person, so they stand outside the log, where they can be deleted while it stays whole.
    """

    entry = models.OneToOneField(AuditEntry, models.CASCADE, primary_key=True, related_name="written")
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.entry)


class ReadEntry(AboutSubject):
    """Somebody was shown a person's data: who, when, on which page; without a name, by a command.

    Only ever added to (triggers refuse the rest).
    """

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    page = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id", "-at"], name="read_subject")]

    def __str__(self) -> str:
        return f"{self.page} {self.subject_type} {self.subject_id}"
