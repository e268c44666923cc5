"""What a participant lets be told: to one employer or agency, item by item, until a day."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.employers.models import Employer
from backend.participants.enums import ConsentEnd, ConsentMeans, ReleasedKind
from backend.participants.models.agencies import Agency
from backend.participants.models.files import Participant, Reader


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self, day: object) -> Self:
        """Keep what holds on `day`: given, not withdrawn, not run out."""
        return self.filter(withdrawn_at__isnull=True, valid_until__gte=day)

    def with_receiver(self) -> Self:
        """Read with each who may be told."""
        return self.select_related("employer", "agency")

    def to_employers(self) -> Self:
        """Keep what may be told to employers."""
        return self.filter(employer__isnull=False)

    def visible_to(self, user: Reader) -> Self:
        """Keep the consents in files that `user` may open."""
        return self.filter(participant__in=Participant.objects.visible_to(user))


class Consent(Identified):
    """The participant allows certain items to be told to one receiver, for one purpose, until a day."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="consents")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=200)
    given_at = models.DateTimeField(_("given at"))
    means = models.CharField(_("how"), max_length=12, choices=ConsentMeans)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    valid_until = WorkingDateField(_("valid until"))
    # When it ended, for whatever reason; `end_reason` alone says whether it was taken back.
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=15, choices=ConsentEnd, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering: ClassVar = ["-given_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
                violation_error_code="withdrawn_before_given",
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
            models.CheckConstraint(
                condition=Q(employer__isnull=False, agency__isnull=True)
                | Q(employer__isnull=True, agency__isnull=False),
                name="consent_one_receiver",
                violation_error_code="consent_receiver",
                violation_error_message=_("A consent is given to one employer or to one agency."),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    @property
    def receiver(self) -> Employer | Agency:
        """Who may be told: an employer or an agency, never both."""
        receiver = self.employer or self.agency
        assert receiver is not None  # noqa: S101 - the database holds one of them
        return receiver

    def holds_on(self, day: date) -> bool:
        """Whether the consent covers `day`: not withdrawn and not run out."""
        return self.withdrawn_at is None and self.valid_until >= day

    @property
    def is_taken_back(self) -> bool:
        """Whether the person said no after all; a consent whose purpose is over is not that."""
        return self.end_reason == ConsentEnd.WITHDRAWN

    @property
    def end_words(self) -> str:
        """Why the consent ended, in words; of rows from before the reasons were kept, only that it did."""
        return self.get_end_reason_display() if self.end_reason else _now("ended")


class ReleasedItem(Identified):
    """One item of a consent, in the words that its receiver reads."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=15, choices=ReleasedKind)
    text = models.CharField(max_length=1000)
    concept_id = models.BigIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("released item")
        verbose_name_plural = _("released items")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consent", "kind", "text"], name="released_once"),
        ]

    def __str__(self) -> str:
        return self.text
