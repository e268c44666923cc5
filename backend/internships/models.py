"""Internships and what becomes of them: follow-ups, employment, retention."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.lifecycle import Stateful
from backend.core.models import Identified
from backend.employers.enums import PlacementKind
from backend.employers.models import Employer, Opening, Workplace
from backend.internships.enums import (
    ConsultationOutcome,
    DecisionMaker,
    EmploymentForm,
    EndReason,
    FollowUpKind,
    Insurance,
    InternshipState,
    Mood,
    RetentionAnswer,
    Side,
)
from backend.matching.models import Proposal
from backend.participants.models import Participant

Reader = User | AnonymousUser


class PlacementRule(models.Model):
    """How long a kind of placement may last, between two days, and by which statute."""

    kind = models.CharField(_("kind of placement"), max_length=30, choices=PlacementKind)
    longest_days = models.PositiveSmallIntegerField(_("longest time (days)"), null=True, blank=True)
    employer_chooses = models.BooleanField(_("the employer has a say in who gets the place"), default=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    is_checked = models.BooleanField(_("checked against the present text"), default=False)

    class Meta:
        verbose_name = _("placement rule")
        verbose_name_plural = _("placement rules")
        ordering: ClassVar = ["kind", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="placement_rule_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="placement_rule_period",
                violation_error_message=_("A rule must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from}"


class InternshipQuerySet(models.QuerySet["Internship"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep what `user` may know exists.

        Staff by the participant’s file, members what is at their employer, participants their own.
        """
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.EMPLOYER:
            return self.filter(workplace__employer__in=Employer.objects.of(user))
        return self.filter(participant__in=Participant.objects.visible_to(user))

    def decidable_by(self, user: Reader) -> Self:
        """Keep what `user` may plan, start and end as a coach."""
        return self.filter(participant__in=Participant.objects.decidable_by(user))


class Internship(Identified, Stateful):
    """One placement period of one participant at one workplace."""

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="internship"
    )
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="internships")
    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="internships")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="internships")
    coach = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of placement"), max_length=30, choices=PlacementKind)
    state = models.CharField(
        _("state"), max_length=12, choices=InternshipState, default=InternshipState.PLANNED
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"))
    tasks = models.TextField(_("tasks"), max_length=2000)
    supervisor_name = models.CharField(_("supervisor"), max_length=150)
    supervisor_phone = models.CharField(_("supervisor's phone"), max_length=30, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=20, choices=DecisionMaker)
    decision_reference = models.CharField(_("reference of the decision"), max_length=60)
    insurance = models.CharField(_("insurance"), max_length=12, choices=Insurance)
    union_name = models.CharField(_("union asked"), max_length=100, blank=True)
    union_asked_on = models.DateField(_("union asked on"), null=True, blank=True)
    union_outcome = models.CharField(_("the union's answer"), max_length=15, choices=ConsultationOutcome)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by_side = models.CharField(_("whose side"), max_length=12, choices=Side, blank=True)
    end_reason = models.CharField(_("why"), max_length=12, choices=EndReason, blank=True)
    end_note = models.TextField(_("in your own words"), max_length=1000, blank=True)
    created_at = models.DateTimeField()

    objects = InternshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("internship")
        verbose_name_plural = _("internships")
        ordering: ClassVar = ["-starts_on", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "ends_on"], name="internship_state_end")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="internship_period",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1, hours_per_week__lte=40),
                name="internship_hours",
                violation_error_message=_("Hours a week are between 1 and 40."),
            ),
            models.CheckConstraint(
                condition=~Q(decided_by="") & ~Q(decision_reference=""),
                name="internship_has_decision",
                violation_error_message=_(
                    "State who decided on the placement and the reference of the decision."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(insurance=""),
                name="internship_has_insurance",
                violation_error_message=_("State which insurance covers the participant."),
            ),
            models.CheckConstraint(
                condition=~Q(supervisor_name=""),
                name="internship_has_supervisor",
                violation_error_message=_("Name the supervisor."),
            ),
            models.CheckConstraint(
                condition=Q(union_outcome="no_union")
                | (~Q(union_outcome="") & Q(union_asked_on__isnull=False)),
                name="internship_union_consulted",
                violation_error_message=_("State when the union was asked and what it answered."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ended_early") | (~Q(ended_by_side="") & ~Q(end_reason="")),
                name="internship_early_end_explained",
                violation_error_message=_("State which side ended the internship, and why."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["completed", "ended_early"])
                | Q(ended_on__isnull=False, ended_on__gte=F("started_on")),
                name="internship_ended_after_start",
                violation_error_message=_("An internship ends on or after the day it started."),
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(state="ongoing"),
                name="internship_one_at_a_time",
                violation_error_message=_("The participant is already in an internship."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening_id} {self.starts_on}"

    def get_absolute_url(self) -> str:
        """The internship's page, for coach, employer and participant alike."""
        return reverse("internships:internship_detail", args=[self.pk])


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the follow-ups of internships that `user` may know of."""
        return self.filter(internship__in=Internship.objects.visible_to(user))

    def unanswered(self) -> Self:
        """Keep what the coach has not closed yet."""
        return self.filter(closed_at__isnull=True, cancelled_at__isnull=True)

    def overdue(self, day: object) -> Self:
        """Keep what should have been closed before `day`."""
        return self.unanswered().filter(due_on__lt=day)


class FollowUp(Identified):
    """A dated check-in during an internship, answered by employer and participant and closed by the coach."""

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="follow_ups")
    kind = models.CharField(_("kind"), max_length=12, choices=FollowUpKind)
    due_on = models.DateField(_("due on"))
    employer_mood = models.CharField(_("the employer: how it goes"), max_length=6, choices=Mood, blank=True)
    employer_note = models.TextField(_("the employer's words"), max_length=1000, blank=True)
    employer_answered_at = models.DateTimeField(null=True, blank=True)
    employer_answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    participant_mood = models.CharField(
        _("the participant: how it goes"), max_length=6, choices=Mood, blank=True
    )
    participant_note = models.TextField(_("the participant's words"), max_length=1000, blank=True)
    participant_answered_at = models.DateTimeField(null=True, blank=True)
    participant_answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    coach_note = models.TextField(_("the coach's summary"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "kind"], name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_by__isnull=False),
                name="follow_up_closed_by_somebody",
                violation_error_message=_("A follow-up is closed by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the jobs in files that `user` may open; an employer, those that came from its internships."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.EMPLOYER:
            return self.filter(employer__in=Employer.objects.of(user), internship__isnull=False)
        return self.filter(participant__in=Participant.objects.visible_to(user))


class Employment(Identified):
    """A paid job, with or without an internship before it."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="employments")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, blank=True, related_name="employments")
    employer_name = models.CharField(_("employer"), max_length=200)
    internship = models.ForeignKey(
        Internship, models.PROTECT, null=True, blank=True, related_name="employments"
    )
    form = models.CharField(_("form of employment"), max_length=20, choices=EmploymentForm)
    title = models.CharField(_("work"), max_length=150)
    percent = models.PositiveSmallIntegerField(_("percent of full time"), default=100)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        ordering: ClassVar = ["-starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100),
                name="employment_percent",
                violation_error_message=_("Percent of full time is between 1 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="employment_period",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.UniqueConstraint(
                fields=["participant", "employer_name", "starts_on"],
                name="employment_once",
                violation_error_message=_("The job is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer_name}"


class RetentionCheckQuerySet(models.QuerySet["RetentionCheck"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the checks of jobs that `user` may know of."""
        return self.filter(employment__in=Employment.objects.visible_to(user))

    def unanswered(self) -> Self:
        """Keep what nobody has answered."""
        return self.filter(answer="")


class RetentionCheck(Identified):
    """Is the person still employed so many months after the start? Who said so, and when."""

    employment = models.ForeignKey(Employment, models.CASCADE, related_name="retention_checks")
    months = models.PositiveSmallIntegerField(_("months"))
    due_on = models.DateField(_("due on"))
    answer = models.CharField(_("answer"), max_length=8, choices=RetentionAnswer, blank=True)
    said_by = models.CharField(_("who said so"), max_length=100, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

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


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the concerns about internships that `user` follows as staff, and one's own."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.STAFF:
            return self.filter(internship__in=Internship.objects.visible_to(user))
        return self.filter(raised_by=user)


class Concern(Identified):
    """Somebody says that something is wrong in an internship. The workplace does not see who or what."""

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="concerns")
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    text = models.TextField(_("what is wrong"), max_length=2000)
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(_("what was done"), max_length=2000, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering: ClassVar = ["-raised_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True) | (Q(handled_by__isnull=False) & ~Q(outcome="")),
                name="concern_handled_by_somebody",
                violation_error_message=_("Say what was done about the concern."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.internship_id} {self.raised_at:%Y-%m-%d}"
