"""What somebody says is wrong in an internship."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.models import Identified
from backend.internships.models.placements import Internship, Reader


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
