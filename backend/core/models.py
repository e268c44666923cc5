"""Tables that every app writes to through core's functions: audit, reads, outbox, rules, runs."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.enums import MessageState
from backend.core.fields import WorkingDateField

UNSENT_KEPT: Final = timedelta(hours=12)


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


class OutboxMessage(Identified, AboutSubject):
    """Something to be told: written with the change it tells of, delivered after commit.

    It names an audience, a role in the case, and nobody: who holds the role is asked when it is delivered.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    audience = models.CharField(max_length=30)
    path = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="outbox_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False),
                name="outbox_sent_has_time",
                violation_error_message=_("A sent message has a time of sending."),
            )
        ]

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """A message as it reached one receiver: readable in the app from the first attempt, mailed once."""

    id = models.UUIDField(primary_key=True, editable=False)
    message = models.ForeignKey(OutboxMessage, models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deliveries")
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering: ClassVar = ["-created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["recipient", "-created_at"], name="delivery_recipient")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "recipient"], name="delivered_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class KeptEmail(models.Model):
    """An e-mail as it left the house, kept where no mail server is (demo and development)."""

    message_id = models.CharField(max_length=200, unique=True)
    to = models.TextField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.subject


class DatedRule(models.Model):
    """A number or list that the law or the municipality sets, with the days between which it holds."""

    key = models.CharField(max_length=60)
    value = models.JSONField()
    valid_from = WorkingDateField()
    valid_to = WorkingDateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["key", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="rule_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="rule_period",
                violation_error_message=_("A rule must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"


class ScheduledRun(models.Model):
    """When a scheduled job last ran; one row a job, claimed by a conditional update."""

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class UnsentFormQuerySet(models.QuerySet["UnsentForm"]):
    def waiting_for(self, user: Any, *, at: datetime) -> Self:
        """Keep what waits for `user` alone, and has not waited too long."""
        return self.filter(owner=user.pk, at__gt=at - UNSENT_KEPT)


class UnsentForm(Identified):
    """What somebody typed whose session had ended when it was sent; encrypted, theirs alone, for hours."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.CharField(max_length=500)
    content = models.TextField()
    at = models.DateTimeField(db_index=True)

    objects = UnsentFormQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.address} {self.at}"


class SentForm(models.Model):
    """A form, or a request of the API, that was taken: the second time it comes it is answered, not done.

    Written in the transaction of what the form does, so that of two that come at once one waits and is told.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    answer = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["by", "key"], name="sent_form_once")]

    def __str__(self) -> str:
        return self.key
