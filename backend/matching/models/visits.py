"""Meetings before an employer answers: the times that are proposed, and the one that was chosen."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.models import Identified
from backend.core.writing.lifecycle import Stateful
from backend.matching.enums import (
    OPEN_VISITS,
    WITH_TIME,
    CancelReason,
    Chooser,
    VisitKind,
    VisitPlace,
    VisitState,
)
from backend.matching.models.proposals import Proposal, Reader
from backend.participants.models import Participant

MOST_TIMES = 5


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the meetings about proposals that `user` may know of."""
        return self.filter(proposal__in=Proposal.objects.visible_to(user))

    def listed_for(self, user: Reader) -> Self:
        """Keep what may stand in calendars and lists of `user`: nothing about a protected identity."""
        return self.filter(proposal__in=Proposal.objects.listed_for(user))

    def concerning(self, user: User) -> Self:
        """Keep of what staff may read the meetings of their own cases; for the others all concern them."""
        return self.filter(proposal__participant__coach=user) if user.persona == Persona.STAFF else self

    def arranged_by(self, user: Reader) -> Self:
        """Keep what `user` may move or cancel."""
        return self.filter(proposal__in=Proposal.objects.arranged_by(user))

    def still_open(self) -> Self:
        """Keep what is proposed or booked."""
        return self.filter(state__in=OPEN_VISITS)

    def booked(self) -> Self:
        """Keep what is booked."""
        return self.filter(state=VisitState.BOOKED)

    def of_person(self, participant: Participant) -> Self:
        """Keep the meetings of one person, whatever they are about."""
        return self.filter(proposal__participant=participant)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Keep what takes some of the same time; what ends when the other begins does not."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Visit(Identified, Stateful):
    """Employer and participant meet before the employer answers: a talk, or a trial day.

    `round` counts how often times were proposed, `sequence` what calendars have been told: it grows whenever
    the meeting is booked, moved or cancelled, so that a calendar knows the newest. When it has been moved or
    cancelled, `starts_at` and `ends_at` say when it was to be.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="visits")
    kind = models.CharField(_("what it is"), max_length=10, choices=VisitKind)
    state = models.CharField(_("state"), max_length=10, choices=VisitState, default=VisitState.PROPOSED)
    chooser = models.CharField(_("who chooses"), max_length=12, choices=Chooser)
    place = models.CharField(_("where"), max_length=10, choices=VisitPlace, default=VisitPlace.WORKPLACE)
    place_words = models.CharField(_("how to get there, number or link"), max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    sequence = models.PositiveSmallIntegerField(default=0)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    chosen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField(_("why"), max_length=20, choices=CancelReason, blank=True)
    created_at = models.DateTimeField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering: ClassVar = ["-created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "starts_at"], name="visit_state_starts")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(state__in=OPEN_VISITS),
                name="visit_open_once",
                violation_error_message=_("A meeting is proposed already. Move that one instead."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_TIME)
                | Q(starts_at__isnull=False, ends_at__isnull=False, chosen_by__isnull=False),
                name="visit_booked_has_time",
                violation_error_message=_("A booked meeting has a time and somebody who chose it."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="visit_ends_after_it_starts",
                violation_error_message=_("A meeting ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.CANCELLED, cancel_reason__in=CancelReason.values)
                | (~Q(state=VisitState.CANCELLED) & Q(cancel_reason="")),
                name="visit_cancelled_with_reason",
                violation_error_message=_("Say why, so that the others know."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.proposal_id}"

    @property
    def was_booked(self) -> bool:
        """Whether calendars have been told of it."""
        return self.sequence > 0

    def is_chosen_by(self, user: User) -> bool:
        """Whether it is the turn of `user`'s side to choose; the coach may for either."""
        return user.persona in (Persona.STAFF, self.chooser)

    def is_over(self, at: datetime) -> bool:
        """Whether a booked meeting has been, at `at`."""
        return self.state == VisitState.BOOKED and self.ends_at is not None and self.ends_at <= at

    def times_now(self) -> "models.QuerySet[VisitTime]":
        """Return the times that can be chosen."""
        return self.times.filter(round=self.round).order_by("starts_at")


class VisitTime(Identified):
    """One of the times that were proposed; those of earlier rounds are kept."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="times")
    round = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("proposed time")
        verbose_name_plural = _("proposed times")
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "round", "starts_at"],
                name="visit_time_once",
                violation_error_message=_("Propose at least one time, and at most five that differ."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="visit_time_ends_after_it_starts",
                violation_error_message=_("A meeting ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} {self.visit_id}"
