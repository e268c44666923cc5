"""Dated rules, when jobs ran, and the forms of those who were signed out or sent them twice."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.enums import RunState
from backend.core.fields import WorkingDateField
from backend.core.models.logs import Identified

UNSENT_KEPT: Final = timedelta(hours=12)


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
    """When a scheduled job last ran; one row a job, claimed by a conditional update.

    While it runs it holds a lease: when that has ended the run is taken over, for its worker has died.
    """

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    has_failed = models.BooleanField(default=False)
    outcome = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class JobRun(Identified):
    """One run of a job: by the worker, or by hand when `by` is set; a dry run has changed nothing.

    `outcome` is a code and a number ("forgot 12") or what went wrong. `changes` says of a run by hand how
    many messages it queued by kind, and what it wrote in the log: with a dry run, what it would have.
    """

    name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    started_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_dry_run = models.BooleanField(default=False)
    outcome = models.CharField(max_length=100, blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        ordering: ClassVar = ["-started_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["name", "-started_at"], name="job_run_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=RunState.RUNNING, finished_at__isnull=True)
                | (~Q(state=RunState.RUNNING) & Q(finished_at__isnull=False)),
                name="job_run_ended_has_time",
                violation_error_message=_("A run that has ended has a time of ending."),
            ),
            models.CheckConstraint(
                condition=Q(is_dry_run=False) | Q(by__isnull=False),
                name="job_run_dry_by_somebody",
                violation_error_message=_("Somebody asks for a dry run."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at}"


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
