"""Placements."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core import rules
from backend.core.fields import HoursField, PhoneField, WorkingDateField
from backend.core.models import Identified
from backend.core.ui.addresses import address
from backend.core.writing.lifecycle import Stateful
from backend.employers.enums import PlacementKind
from backend.employers.models import Employer, Opening, Workplace
from backend.internships.enums import (
    NEVER_BEGAN,
    OPEN_INTERNSHIPS,
    UNDER_WAY,
    WITHOUT_PROPOSAL,
    Basis,
    ConsultationOutcome,
    EndReason,
    Insurance,
    InternshipState,
    Programme,
    Side,
    WayIn,
)
from backend.internships.models.plans import Plan
from backend.matching.models import Proposal
from backend.participants.enums import ParticipantState
from backend.participants.models import Consent, Participant

if TYPE_CHECKING:
    from backend.internships.models.pauses import InternshipPause

Reader = User | AnonymousUser
SIDE_CHOICES = [
    (Persona.EMPLOYER.value, _("The employer")),
    (Persona.PARTICIPANT.value, _("The participant")),
]
"""The two sides that are asked."""
EMPLOYER_READS_ENDED = "employer_reads_ended_days"
"""The dated rule of how many days an internship that has ended stays with its employer."""


class InternshipQuerySet(models.QuerySet["Internship"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep what `user` may know exists.

        Staff by the participant’s file, participants their own, members what is planned or goes on at their
        employer; `read_by` adds what has ended lately.
        """
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.EMPLOYER:
            return self._at_employer_of(user).filter(state__in=OPEN_INTERNSHIPS)
        return self.filter(participant__in=Participant.objects.visible_to(user))

    def read_by(self, user: Reader, *, on: date) -> Self:
        """Keep what `user` may read on `on`: of what has ended, an employer's members only what is recent.

        The dated rule says for how many days.
        """
        if isinstance(user, AnonymousUser) or user.persona != Persona.EMPLOYER:
            return self.visible_to(user)
        kept_from = on - timedelta(days=rules.value_on(EMPLOYER_READS_ENDED, on))
        lately = Q(ended_on__gte=kept_from) | Q(ended_on=None, ends_on__gte=kept_from)
        return self._at_employer_of(user).filter(Q(state__in=OPEN_INTERNSHIPS) | lately)

    def ended_at_employer_of(self, user: User) -> Self:
        """Keep what has ended at an employer that `user` speaks for: what can be evaluated there."""
        return self._at_employer_of(user).exclude(ended_on=None)

    def _at_employer_of(self, user: User) -> Self:
        """Keep what is at an employer that `user` speaks for; never a protected identity."""
        theirs = self.filter(workplace__employer__in=Employer.objects.of(user))
        return theirs.filter(participant__in=Participant.objects.findable())

    def listed_for(self, user: Reader) -> Self:
        """Keep what may stand in lists, counts and exports that `user` reads."""
        return self.visible_to(user).filter(participant__in=Participant.objects.findable())

    def open(self) -> Self:
        """Keep what is planned or under way: its proposal is placed."""
        return self.filter(state__in=OPEN_INTERNSHIPS)

    def in_question(self, day: date) -> Self:
        """Keep what is planned or ongoing and cannot simply go on (see internships.safeguards.going_on)."""
        holding = Consent.objects.in_force(day)
        has_consent = Q(proposal__consent__in=holding) | Q(proposal=None, consent__in=holding)
        has_consent |= Q(way_in=WayIn.EARLIER, consent=None)
        is_received = Q(workplace__employer__in=Employer.objects.in_good_standing(day))
        has_job = Q(participant__state=ParticipantState.EMPLOYED)
        is_found = Q(participant__in=Participant.objects.findable())
        return self.open().filter(~has_consent | ~is_received | ~is_found | has_job)

    def decidable_by(self, user: Reader) -> Self:
        """Keep what `user` may plan, start and end as a coach."""
        return self.filter(participant__in=Participant.objects.decidable_by(user))

    def managed_by(self, user: Reader) -> Self:
        """Keep what `user` may decide on as manager of the participant's unit."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.visible_to(user).filter(participant__unit__in=user.unit_ids(Role.MANAGER))

    def awaiting_manager(self) -> Self:
        """Keep what a manager has to decide about: what cannot start, and in what a gate arose since.

        Before the start the union objects or a gate is in the way; while it goes on a gate was noticed after
        the newest decision.
        """
        is_held = Q(union_outcome=ConsultationOutcome.OBJECTION) | ~Q(gates=[])
        held = is_held & Q(state=InternshipState.PLANNED, decided_last=None)
        is_undecided = Q(decided_last=None) | Q(decided_last__lt=F("gates_noticed_at"))
        noticed = Q(state__in=UNDER_WAY, gates_noticed_at__isnull=False) & is_undecided
        return self.alias(decided_last=Max("decisions__decided_at")).filter(held | noticed)


class Internship(Identified, Plan, Stateful):
    """One placement period of one participant at one workplace."""

    way_in = models.CharField(_("how it came about"), max_length=10, choices=WayIn, default=WayIn.PROPOSAL)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="internships")
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, blank=True, related_name="internships")
    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="internships")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="internships")
    # What the employer may be told where there is no proposal; see `standing_consent`.
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="internships")
    agreed_with = models.CharField(_("who said yes"), max_length=100, blank=True)
    agreed_on = WorkingDateField(_("when they said yes"), null=True, blank=True)
    work = models.CharField(_("what the work is called"), max_length=120, blank=True)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of placement"), max_length=30, choices=PlacementKind)
    state = models.CharField(
        _("state"), max_length=12, choices=InternshipState, default=InternshipState.PLANNED
    )
    starts_on = WorkingDateField(_("first day"))
    ends_on = WorkingDateField(_("last day"))
    hours_per_week = HoursField(_("hours a week"))
    schedule = models.CharField(_("days and times"), max_length=300, blank=True)
    supervisor_name = models.CharField(_("supervisor"), max_length=150)
    supervisor_phone = PhoneField(_("supervisor's phone"), blank=True)
    basis = models.CharField(_("what it rests on"), max_length=20, choices=Basis)
    basis_by = models.CharField(_("who decided"), max_length=100, blank=True)
    decision_reference = models.CharField(_("reference of the decision"), max_length=60)
    basis_from = WorkingDateField(_("the decision holds from"), null=True, blank=True)
    basis_until = WorkingDateField(_("the decision holds until"), null=True, blank=True)
    programme = models.CharField(_("programme"), max_length=12, choices=Programme, default=Programme.NONE)
    insurance = models.CharField(_("insurance"), max_length=12, choices=Insurance)
    union_name = models.CharField(_("union asked"), max_length=100, blank=True)
    union_asked_on = WorkingDateField(_("union asked on"), null=True, blank=True)
    union_outcome = models.CharField(_("the union's answer"), max_length=15, choices=ConsultationOutcome)
    backdated_why = models.CharField(_("why it began before it was written"), max_length=300, blank=True)
    started_on = WorkingDateField(_("started on"), null=True, blank=True)
    ended_on = WorkingDateField(_("ended on"), null=True, blank=True)
    ended_by_side = models.CharField(_("whose side"), max_length=12, choices=Side, blank=True)
    end_reason = models.CharField(_("why"), max_length=12, choices=EndReason, blank=True)
    end_note = models.TextField(_("in your own words"), max_length=1000, blank=True)
    gates = models.JSONField(default=list, blank=True)
    # When a gate arose that had not been there when it was planned or extended.
    gates_noticed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField()

    objects = InternshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("internship")
        verbose_name_plural = _("internships")
        ordering: ClassVar = ["-starts_on", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "ends_on"], name="internship_state_end")]
        constraints: ClassVar = [
            *Plan.Meta.constraints,
            models.CheckConstraint(
                condition=Q(basis_until__isnull=True) | Q(basis_until__gte=F("basis_from")),
                name="internship_basis_period",
                violation_error_code="basis_until",
                violation_error_message=_("A decision cannot stop holding before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="internship_period",
                violation_error_code="ends_on",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1, hours_per_week__lte=40),
                name="internship_hours",
                violation_error_code="hours_per_week",
                violation_error_message=_("Hours a week are between 1 and 40."),
            ),
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(decision_reference=""),
                name="internship_has_decision",
                violation_error_code="decision_reference",
                violation_error_message=_(
                    "State who decided on the placement and the reference of the decision."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(insurance=""),
                name="internship_has_insurance",
                violation_error_code="insurance",
                violation_error_message=_("State which insurance covers the participant."),
            ),
            models.CheckConstraint(
                condition=~Q(supervisor_name=""),
                name="internship_has_supervisor",
                violation_error_code="supervisor_name",
                violation_error_message=_("Name the supervisor."),
            ),
            models.CheckConstraint(
                condition=Q(union_outcome="no_union")
                | (~Q(union_outcome="") & Q(union_asked_on__isnull=False)),
                name="internship_union_consulted",
                violation_error_code="union_asked_on",
                violation_error_message=_("State when the union was asked and what it answered."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ended_early") | (~Q(ended_by_side="") & ~Q(end_reason="")),
                name="internship_early_end_explained",
                violation_error_code="end_reason",
                violation_error_message=_("State which side ended the internship, and why."),
            ),
            models.CheckConstraint(
                condition=~Q(state="no_show") | ~Q(ended_by_side=""),
                name="internship_no_show_explained",
                violation_error_code="side",
                violation_error_message=_("State whose side it was that nobody came."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["completed", "ended_early"])
                | Q(ended_on__isnull=False, ended_on__gte=F("started_on")),
                name="internship_ended_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("An internship ends on or after the day it started."),
            ),
            models.CheckConstraint(
                condition=Q(way_in=WayIn.PROPOSAL, proposal__isnull=False, opening__isnull=False)
                | Q(way_in=WayIn.EARLIER, proposal__isnull=True)
                | Q(way_in__in=WITHOUT_PROPOSAL, proposal__isnull=True, consent__isnull=False),
                name="internship_has_way_in",
                violation_error_code="no_way_in",
                violation_error_message=_("State how the person came to the workplace."),
            ),
            models.CheckConstraint(
                condition=~Q(way_in=WayIn.BY_PHONE) | (~Q(agreed_with="") & Q(agreed_on__isnull=False)),
                name="internship_who_said_yes",
                violation_error_code="agreed_with",
                violation_error_message=_("State who said yes at the workplace, and when."),
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=~Q(state__in=NEVER_BEGAN),
                name="internship_once_a_proposal",
                violation_error_code="already_planned",
                violation_error_message=_("The internship is already planned."),
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(state__in=UNDER_WAY),
                name="internship_one_at_a_time",
                violation_error_code="in_another_internship",
                violation_error_message=_("The participant is already in an internship."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workplace_id} {self.starts_on}"

    def get_absolute_url(self) -> str:
        """The internship's page, for coach, employer and participant alike."""
        return address("internships:internship_detail", self.pk)

    @property
    def pause(self) -> "InternshipPause | None":
        """The pause that it is in now; None unless it is paused."""
        if self.state != InternshipState.PAUSED:
            return None
        return next((each for each in self.pauses.all() if each.resumed_on is None), None)

    @property
    def standing_consent(self) -> Consent | None:
        """The consent on which it stands what the employer is told, by the proposal or its own."""
        return self.proposal.consent if self.proposal else self.consent

    @property
    def title(self) -> str:
        """What the work is called, as the opening says or the coach wrote; else the kind of placement."""
        named = self.work or (self.opening.title if self.opening else "")
        return named or str(self.get_kind_display())

    @property
    def coach(self) -> User:
        """Who answers for the case now, whoever planned."""
        return self.participant.coach
