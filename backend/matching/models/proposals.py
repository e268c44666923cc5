"""Proposals, the record of which rankings were shown to whom, and what coaches say of them."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.models import Identified
from backend.core.ui.addresses import address
from backend.core.writing.lifecycle import Stateful
from backend.employers.enums import OpeningKind
from backend.employers.models import Employer, Opening
from backend.matching.enums import (
    AWAITING_EMPLOYER,
    DECIDED_BY_EMPLOYER,
    HOLDS_PLACE,
    NOT_YET_TOLD,
    OPEN_STATES,
    SEEN_BY_EMPLOYER,
    TAKEN_STATES,
    BanReason,
    ChoiceKind,
    DeclineReason,
    ProposalState,
    Verdict,
)
from backend.matching.placed import placed_elsewhere
from backend.participants.models import Consent, Participant

Reader = User | AnonymousUser


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep what `user` may know exists.

        Staff see the proposals of participants whose files they may open; an employer's members those that
        were sent to them, but for protected identities (participants.telling says what may still be read
        there); participants their own, once they have been asked or proposed.
        """
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.EMPLOYER:
            mine = Employer.objects.of(user)
            sent = self.filter(opening__workplace__employer__in=mine, sent_at__isnull=False)
            return sent.filter(participant__in=Participant.objects.findable())
        theirs = self.filter(participant__in=Participant.objects.visible_to(user))
        if user.persona == Persona.PARTICIPANT:
            never_asked = Q(sent_at=None, asked_at=None)
            return theirs.exclude(never_asked)
        return theirs

    def listed_for(self, user: Reader) -> Self:
        """Keep what may stand in lists and exports: nothing about a protected identity."""
        return self.visible_to(user).filter(participant__in=Participant.objects.findable())

    def decidable_by(self, user: Reader) -> Self:
        """Keep what `user` may answer on the employer's behalf; supervisors read, but do not answer."""
        if isinstance(user, AnonymousUser) or user.persona != Persona.EMPLOYER:
            return self.none()
        writable = Employer.objects.writable_by(user)
        return self.visible_to(user).filter(opening__workplace__employer__in=writable)

    def handled_by(self, user: Reader) -> Self:
        """Keep what `user` may send or withdraw as a coach."""
        return self.filter(participant__in=Participant.objects.decidable_by(user))

    def arranged_by(self, user: Reader) -> Self:
        """Keep those about which `user` may meet: their coach, who answers for the employer, the person."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.EMPLOYER:
            return self.decidable_by(user)
        if user.persona == Persona.PARTICIPANT:
            return self.visible_to(user)
        return self.handled_by(user)

    def times_offered_by(self, user: Reader) -> Self:
        """Keep those for which `user` may propose times to meet: as their coach, or for the employer."""
        is_person = not isinstance(user, AnonymousUser) and user.persona == Persona.PARTICIPANT
        return self.none() if is_person else self.arranged_by(user)

    def open(self) -> Self:
        """Keep where somebody has something left to do."""
        return self.filter(state__in=OPEN_STATES)

    def awaiting_employer(self) -> Self:
        """Keep what the employer has not decided."""
        return self.filter(state__in=AWAITING_EMPLOYER)

    def placing(self) -> Self:
        """Keep those whose person has an internship planned or ongoing, and needs no other place."""
        return self.filter(state=ProposalState.PLACED, opening__kind=OpeningKind.INTERNSHIP)

    def has_place(self) -> Q:
        """Return the condition on a participant of having a place planned or going on, in whatever way."""
        return Q(pk__in=self.placing().order_by().values("participant")) | placed_elsewhere()

    def that_can_go_on(self, day: date) -> Self:
        """Keep what is open and can lead to a placement as things are on `day` (see matching.going_on)."""
        people = Participant.objects.matchable().findable().exclude(Proposal.objects.has_place())
        has_place = Q(holds_place=True) | Q(opening__in=Opening.objects.open_on(day))
        good = Employer.objects.in_good_standing(day)
        is_told = Q(state__in=NOT_YET_TOLD) | Q(consent__in=Consent.objects.in_force(day))
        return self.open().filter(
            has_place, is_told, participant__in=people, opening__workplace__employer__in=good
        )

    def stalled(self, day: date) -> Self:
        """Keep what is open and cannot go on as things are on `day`."""
        return self.open().exclude(pk__in=Proposal.objects.that_can_go_on(day).values("pk"))

    def awaiting_first_answer(self, day: date) -> Self:
        """Keep what the employer has not answered at all on `day`, and can still say yes to."""
        return self.that_can_go_on(day).filter(state=ProposalState.SENT)


class Proposal(Identified, Stateful):
    """A coach puts one participant forward for one opening."""

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="proposals")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="proposals")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    consent = models.OneToOneField(Consent, models.PROTECT, null=True, blank=True, related_name="proposal")
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.DRAFT)
    message = models.TextField(_("message to the employer"), max_length=2000, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason, blank=True)
    decline_note = models.CharField(_("in your own words"), max_length=500, blank=True)
    answer_note = models.CharField(_("words with the answer"), max_length=500, blank=True)
    explanation = models.JSONField(
        default=dict, help_text=_("Why the match was suggested, as it was shown then.")
    )
    asked_items = models.JSONField(default=list, help_text=_("What the participant is asked to release."))
    holds_place = models.BooleanField(
        default=False, help_text=_("Whether one of the opening's places is taken by this proposal.")
    )
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering: ClassVar = ["-created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "state_changed_at"], name="proposal_state_age")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opening", "participant"],
                condition=Q(state__in=TAKEN_STATES),
                name="proposal_open_once",
                violation_error_code="already_proposed",
                violation_error_message=_("The participant is already proposed for this opening."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SEEN_BY_EMPLOYER) | Q(consent__isnull=False, sent_at__isnull=False),
                name="proposal_sent_with_consent",
                violation_error_message=_(
                    "Nothing is sent to an employer without the participant's consent."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.DECLINED) | ~Q(decline_reason=""),
                name="proposal_declined_with_reason",
                violation_error_message=_("Say why, so that the next proposal fits better."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED_BY_EMPLOYER)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="proposal_decided_by_somebody",
                violation_error_message=_("A decision has a time and somebody who made it."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.ASKED) | Q(asked_at__isnull=False),
                name="proposal_asked_has_time",
                violation_error_message=_("A question to the participant has a time."),
            ),
            models.CheckConstraint(
                # After an internship that ran to its end the place is used up, not free.
                condition=Q(state__in=HOLDS_PLACE, holds_place=True)
                | Q(state=ProposalState.FINISHED)
                | Q(~Q(state__in=[*HOLDS_PLACE, ProposalState.FINISHED]), holds_place=False),
                name="proposal_holds_place",
                violation_error_message=_("An accepted proposal holds a place, an open one does not."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} → {self.opening_id}"

    def get_absolute_url(self) -> str:
        """The proposal's page, for coach, employer and participant alike."""
        return address("matching:proposal_detail", self.pk)

    @property
    def coach(self) -> User:
        """Who answers for the case now, whoever proposed."""
        return self.participant.coach

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether a coach can take it back now; what is placed follows its internship or its job."""
        return self.state in OPEN_STATES


ABOUT = ("opening", "participant", "board")
"""A ranking is for an opening, for a participant, or for an opening on the allocation board."""


class RankingShown(Identified):
    """A ranking that a coach was shown: kept so that it can be audited for fairness.

    `rows` holds [key, percent] in the order shown, `near` those of the near misses that stood below,
    `removed` how many each hard condition took away.
    """

    about = models.CharField(max_length=12, choices=[(each, each) for each in ABOUT])
    subject_id = models.UUIDField(db_index=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    rows = models.JSONField()
    near = models.JSONField(default=list)
    removed = models.JSONField(default=dict)
    index_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [models.Index(fields=["-at"], name="ranking_shown_at")]

    def __str__(self) -> str:
        return f"{self.about} {self.subject_id}"


class AllocationChoice(Identified):
    """A pair is to be kept on, or off, the allocation board of whoever has the case; it follows the case."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=3, choices=ChoiceKind)
    reason = models.CharField(max_length=10, choices=BanReason, blank=True)
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opening", "participant"],
                name="allocation_choice_once",
                violation_error_message=_("A pair is either kept or not wanted."),
            ),
            models.CheckConstraint(condition=Q(kind__in=ChoiceKind.values), name="allocation_choice_kind"),
            models.CheckConstraint(
                condition=Q(reason="") | Q(kind=ChoiceKind.BAN, reason__in=BanReason.values),
                name="allocation_choice_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.participant_id} → {self.opening_id}"


class Judgement(Identified):
    """What a coach says of a participant in the light of an opening: did the row deserve its place?"""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=12, choices=Verdict)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opening", "participant", "by"],
                name="judgement_once",
                violation_error_message=_("You have judged this row already."),
            ),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="judgement_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.participant_id} → {self.opening_id}"
