"""Paid work, and whether it lasts."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.employers.models import Employer
from backend.internships.enums import (
    UNSUBSIDISED,
    AnswerWay,
    EmploymentForm,
    EmploymentTerm,
    JobEndReason,
    JobEvidence,
    RetentionAnswer,
)
from backend.internships.models.placements import SIDE_CHOICES, Internship, Reader
from backend.matching.models import Proposal
from backend.participants.models import Participant


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the jobs in files that `user` may open; employers are told of theirs in `for_employers`."""
        return self.filter(participant__in=Participant.objects.visible_to(user))

    def current_on(self, day: date) -> Self:
        """Keep the jobs that have not ended on `day`, those that are agreed and to come with them."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


_Jobs = models.Manager.from_queryset(EmploymentQuerySet)


class StandingManager(_Jobs["Employment"]):
    """Jobs as they count: one that was recorded by mistake and struck is in no list and no figure."""

    def get_queryset(self) -> EmploymentQuerySet:
        """Return every job but the struck ones."""
        return EmploymentQuerySet(self.model, using=self._db).filter(struck_at__isnull=True)


class Employment(Identified):
    """A paid job, with or without an internship before it."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="employments")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, blank=True, related_name="employments")
    employer_name = models.CharField(_("employer"), max_length=200)
    internship = models.ForeignKey(
        Internship, models.PROTECT, null=True, blank=True, related_name="employments"
    )
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="employments")
    form = models.CharField(_("form of employment"), max_length=20, choices=EmploymentForm)
    title = models.CharField(_("work"), max_length=150)
    percent = models.PositiveSmallIntegerField(_("percent of full time"), default=100)
    term = models.CharField(_("for how long"), max_length=10, choices=EmploymentTerm, blank=True)
    evidence = models.CharField(_("how it is known"), max_length=12, choices=JobEvidence, blank=True)
    starts_on = WorkingDateField(_("first day"))
    ends_on = WorkingDateField(_("last day"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=15, choices=JobEndReason, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    struck_at = models.DateTimeField(_("struck"), null=True, blank=True)

    objects = StandingManager()
    with_struck = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        ordering: ClassVar = ["-starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100),
                name="employment_percent",
                violation_error_code="percent",
                violation_error_message=_("Percent of full time is between 1 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="employment_period",
                violation_error_code="ends_on",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, end_reason="")
                | (Q(ends_on__isnull=False) & ~Q(end_reason="")),
                name="employment_end_explained",
                violation_error_code="end_reason",
                violation_error_message=_("A job that has ended has a last day and a reason."),
            ),
            models.UniqueConstraint(
                fields=["participant", "employer_name", "starts_on"],
                condition=Q(struck_at__isnull=True),
                name="employment_once",
                violation_error_code="job_recorded_already",
                violation_error_message=_("The job is already recorded."),
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(struck_at__isnull=True),
                name="employment_once_a_proposal",
                violation_error_code="job_recorded_already",
                violation_error_message=_("The job is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer_name}"

    @property
    def is_subsidised(self) -> bool:
        """Whether state or municipality pays for it in part."""
        return self.form not in UNSUBSIDISED

    @property
    def is_verified(self) -> bool:
        """Whether somebody else than the participant has said so, or a paper was seen."""
        return bool(self.evidence) and self.evidence != JobEvidence.PARTICIPANT


ASKED_BOTH = timedelta(days=30)
"""So long the other side is asked whether a job lasts when one has answered."""


class RetentionCheckQuerySet(models.QuerySet["RetentionCheck"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the checks of jobs that `user` may know of."""
        return self.filter(employment__in=Employment.objects.visible_to(user))

    def asked_of(self, user: Reader, *, on: date) -> Self:
        """Keep what `user` is asked for one side on `on`: members of their own jobs, participants of theirs.

        Whose identity is protected is asked about at no employer.
        """
        if not isinstance(user, User) or user.persona == Persona.STAFF:
            return self.none()
        due = self.filter(due_on__lte=on, cancelled_at__isnull=True, employment__struck_at__isnull=True)
        if user.persona == Persona.EMPLOYER:
            theirs = due.filter(employment__employer__in=Employer.objects.of(user))
            return theirs.filter(employment__participant__in=Participant.objects.findable())
        return due.filter(employment__in=Employment.objects.visible_to(user))

    def with_disputed(self) -> Self:
        """Say of each as `is_disputed` whether a side has answered otherwise since it was answered.

        The coach's next word settles it.
        """
        otherwise = RetentionReply.objects.filter(
            check_of=OuterRef("pk"), answered_at__gte=OuterRef("answered_at")
        )
        otherwise = otherwise.exclude(answer=RetentionAnswer.UNKNOWN).exclude(answer=OuterRef("answer"))
        is_answered = ~Q(answer="") & Q(cancelled_at__isnull=True)
        return self.annotate(
            is_disputed=Case(When(is_answered, then=Exists(otherwise)), default=Value(False))
        )

    def waiting_for(self, side: str, *, on: date) -> Self:
        """Keep what `side` is still to say on `on`: one side's word does not close the other's mouth.

        The coach's does. What the other side has answered is asked for ASKED_BOTH days.
        """
        is_new = Q(answer="") | Q(due_on__gt=on - ASKED_BOTH)
        open_to_sides = self.filter(is_new, cancelled_at__isnull=True)
        return open_to_sides.exclude(answered_by__persona=Persona.STAFF).exclude(replies__side=side)

    def unanswered(self) -> Self:
        """Keep what nobody has answered and is still to be asked."""
        return self.filter(answer="", cancelled_at__isnull=True)


class RetentionCheck(Identified):
    """Is the person still employed so many months after the start? Who said so, and when."""

    employment = models.ForeignKey(Employment, models.CASCADE, related_name="retention_checks")
    months = models.PositiveSmallIntegerField(_("months"))
    due_on = WorkingDateField(_("due on"))
    answer = models.CharField(_("answer"), max_length=8, choices=RetentionAnswer, blank=True)
    said_by = models.CharField(_("who said so"), max_length=100, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    is_disputed = False
    """Said by `with_disputed`."""

    objects = RetentionCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention check")
        verbose_name_plural = _("retention checks")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employment", "months"], name="retention_once"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="retention_answered_by_somebody",
                violation_error_message=_("An answer has a time and somebody who recorded it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.months} / {self.due_on}"


class RetentionReply(Identified):
    """What one side itself says to whether the job lasts; the coach's own word stands on the check."""

    check_of = models.ForeignKey(RetentionCheck, models.CASCADE, related_name="replies")
    side = models.CharField(max_length=12, choices=SIDE_CHOICES)
    answer = models.CharField(_("answer"), max_length=8, choices=RetentionAnswer)
    way = models.CharField(max_length=5, choices=AnswerWay)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reply about a job")
        verbose_name_plural = _("replies about jobs")
        ordering: ClassVar = ["answered_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_of", "side"], name="retention_reply_once_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.get_answer_display()}"
