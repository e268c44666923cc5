"""Codes by which somebody signs an agreement without an account's sign-in."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.models import Identified
from backend.internships.enums import Party
from backend.internships.models.agreements import Agreement

MOST_TRIES = 5


class SigningCode(Identified):
    """A code that was mailed to one address so that its owner reads and signs one version for one party.

    The digest is made of the code and all that it is bound to. The newest of an owner's codes for a version
    is the one that counts. A job forgets them after a day.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="codes")
    party = models.CharField(_("party"), max_length=12, choices=Party)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    address = models.EmailField(_("sent to"))
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("code for signing")
        verbose_name_plural = _("codes for signing")
        ordering: ClassVar = ["-sent_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["agreement", "user", "-sent_at"], name="signing_code_newest"),
            models.Index(fields=["sent_at"], name="signing_code_sent"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES),
                name="signing_code_tries",
                violation_error_message=_("A code can be tried five times."),
            ),
            models.CheckConstraint(
                condition=~Q(party=Party.MUNICIPALITY),
                name="signing_code_not_for_staff",
                violation_error_message=_("The municipality's staff sign in with two factors."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at"))
                & (Q(opened_at__isnull=True) | Q(opened_at__gte=F("sent_at"), opened_at__lt=F("expires_at"))),
                name="signing_code_opened_in_time",
                violation_error_message=_("A code opens nothing after its time."),
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(opened_at__isnull=False, used_at__gte=F("opened_at")),
                name="signing_code_read_before_signed",
                violation_error_message=_("What is signed has been opened before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.party}"
