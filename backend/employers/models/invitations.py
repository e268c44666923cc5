"""Who is asked to speak for an employer, by a link that is mailed to one address."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.models import Identified
from backend.employers.enums import InvitationState, MembershipRole
from backend.employers.models.employers import Employer, Reader


class EmployerInvitationQuerySet(models.QuerySet["EmployerInvitation"]):
    def decidable_by(self, user: Reader) -> Self:
        """Keep the invitations that `user` may send anew or take back."""
        return self.filter(employer__in=Employer.objects.administered_by(user))

    def open(self) -> Self:
        """Keep those that nobody has answered or taken back, also where the link has become too old."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class EmployerInvitation(Identified):
    """Somebody is asked to speak for an employer in a role: once, for some days, at one e-mail address.

    What is kept is what the token of the link gives under the site's key, never the token.
    """

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=15, choices=MembershipRole)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = EmployerInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to an employer")
        verbose_name_plural = _("invitations to employers")
        ordering: ClassVar = ["-sent_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "employer",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="employer_invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="employer_invitation_one_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.sent_at:%Y-%m-%d}"

    def state_at(self, at: datetime) -> InvitationState:
        """Return what has become of the invitation by `at`."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        return InvitationState.EXPIRED if self.expires_at <= at else InvitationState.WAITING
