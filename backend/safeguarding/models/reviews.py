"""A review of an employer: what is looked into, what the employer says, and what a manager decides."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.core.ui.addresses import address
from backend.core.writing.lifecycle import Stateful
from backend.employers.models import Employer, Measure
from backend.internships.models import Concern
from backend.safeguarding.enums import FOR_MANAGER, UNDECIDED, EvidenceKind, ReviewState, Signal

Reader = User | AnonymousUser


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep what `user` may know of: staff their municipality's; an employer's contacts, once asked."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.STAFF:
            return self.filter(employer__in=Employer.objects.visible_to(user))
        return self.filter(employer__in=Employer.objects.writable_by(user), asked_at__isnull=False)

    def answered_for_by(self, user: Reader) -> Self:
        """Keep what `user` may reply to, and have decided anew, in the name of an employer that was asked."""
        theirs = Employer.objects.of(user) & Employer.objects.writable_by(user)
        return self.filter(employer__in=theirs, asked_at__isnull=False)

    def managed_by(self, user: Reader) -> Self:
        """Keep what `user` may decide as a manager or an administrator of the municipality."""
        return self.filter(employer__in=Employer.objects.managed_by(user))

    def undecided(self) -> Self:
        """Keep those in which nothing has been decided."""
        return self.filter(state__in=UNDECIDED)

    def awaiting_manager(self) -> Self:
        """Keep those that wait for a manager."""
        return self.filter(state__in=FOR_MANAGER)

    def with_others(self) -> Self:
        """Keep those that wait for somebody else, or for nobody any more."""
        return self.exclude(state__in=FOR_MANAGER)

    def for_lists(self) -> Self:
        """Read with each what a row of a list says of it."""
        return self.select_related("employer").prefetch_related("evidence")


class Review(Identified, Stateful):
    """An employer is looked into. It reads what is alleged in words written for it, never who said so."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="reviews")
    state = models.CharField(_("state"), max_length=12, choices=ReviewState, default=ReviewState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_words = models.TextField(_("what the employer is asked to reply to"), max_length=4000, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reply_by = WorkingDateField(_("reply at the latest"), null=True, blank=True)
    reply = models.TextField(_("reply"), max_length=4000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reasons"), max_length=4000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    measure = models.OneToOneField(Measure, models.PROTECT, null=True, blank=True, related_name="review")
    appeal = models.TextField(_("why the decision should be another"), max_length=4000, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appealed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    appeal_reason = models.TextField(_("reasons"), max_length=4000, blank=True)
    appeal_upheld = models.BooleanField(null=True, blank=True)
    appeal_decided_at = models.DateTimeField(null=True, blank=True)
    appeal_decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering: ClassVar = ["-opened_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(state__in=UNDECIDED),
                name="review_one_at_a_time",
                violation_error_code="review_open_already",
                violation_error_message=_("A review of the employer is open. Add to that one."),
            ),
            models.CheckConstraint(
                condition=Q(
                    asked_at__isnull=True, asked_by__isnull=True, reply_by__isnull=True, asked_words=""
                )
                | (
                    Q(asked_at__isnull=False, asked_by__isnull=False, reply_by__isnull=False)
                    & ~Q(asked_words="")
                ),
                name="review_asked_whole",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, replied_by__isnull=True, reply="")
                | (
                    Q(replied_at__isnull=False, replied_by__isnull=False, asked_at__isnull=False)
                    & ~Q(reply="")
                ),
                name="review_reply_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, measure__isnull=True, reason="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="review_decision_whole",
            ),
            models.CheckConstraint(
                condition=Q(appealed_at__isnull=True, appealed_by__isnull=True, appeal="")
                | (
                    Q(appealed_at__isnull=False, appealed_by__isnull=False, decided_at__isnull=False)
                    & ~Q(appeal="")
                ),
                name="review_appeal_whole",
            ),
            models.CheckConstraint(
                condition=Q(appeal_decided_at__isnull=True, appeal_decided_by__isnull=True, appeal_reason="")
                | (
                    Q(appeal_decided_at__isnull=False, appeal_decided_by__isnull=False)
                    & Q(appealed_at__isnull=False, appeal_upheld__isnull=False)
                    & ~Q(appeal_reason="")
                ),
                name="review_appeal_decision_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ReviewState.DECIDED, ReviewState.APPEALED))
                | Q(decided_at__isnull=False, asked_at__isnull=False),
                name="review_decided_after_it_was_heard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.opened_at:%Y-%m-%d}"

    @property
    def rests_on(self) -> list[str]:
        """What it rests on, each thing once in few words."""
        return list(dict.fromkeys(each.title for each in self.evidence.all()))

    def get_absolute_url(self) -> str:
        """The page of the review for staff."""
        return address("safeguarding:review_detail", self.pk)


class Evidence(Identified):
    """One thing that a review rests on: a concern, a signal with its figures, or what staff have seen.

    Never shown to the employer. A signal about one thing stands once in a review, with its newest figures.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    concern = models.ForeignKey(Concern, models.CASCADE, null=True, blank=True, related_name="evidence")
    signal = models.CharField(_("signal"), max_length=20, choices=Signal, blank=True)
    about = models.CharField(max_length=200, blank=True)
    """What the signal is about: a key of an opening or workplace, or a supervisor's name."""
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    threshold = models.PositiveIntegerField(_("the threshold"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    words = models.TextField(_("in words"), max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.CONCERN, concern__isnull=False, signal="")
                | (Q(kind=EvidenceKind.SIGNAL, concern__isnull=True, number__isnull=False) & ~Q(signal=""))
                | (
                    Q(kind=EvidenceKind.NOTE, concern__isnull=True, signal="", by__isnull=False)
                    & ~Q(words="")
                ),
                name="evidence_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["review", "concern"],
                condition=Q(kind=EvidenceKind.CONCERN),
                name="evidence_concern_once",
            ),
            models.UniqueConstraint(
                fields=["review", "signal", "about"],
                condition=Q(kind=EvidenceKind.SIGNAL),
                name="evidence_signal_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def title(self) -> str:
        """What it is, in few words: the signal, or what kind of thing."""
        return str(self.get_signal_display() if self.signal else self.get_kind_display())
