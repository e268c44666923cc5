"""What a manager has decided where the coach may not go on alone."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.models import Identified
from backend.internships.models.concerns import Concern
from backend.internships.models.extensions import Extension
from backend.internships.models.placements import Internship


class ManagerDecisionQuerySet(models.QuerySet["ManagerDecision"]):
    def counting(self) -> Self:
        """Keep what still counts of a placement: where a gate arose since it began, what was said since."""
        noticed = F("internship__gates_noticed_at")
        return self.filter(Q(internship__gates_noticed_at=None) | Q(decided_at__gte=noticed))


class ManagerDecision(Identified):
    """A manager's reasoned yes or no: to a placement or an extension, or beside an open concern.

    Rows are only added; of several about one thing the newest counts.
    """

    internship = models.ForeignKey(
        Internship, models.CASCADE, null=True, blank=True, related_name="decisions"
    )
    concern = models.ForeignKey(Concern, models.CASCADE, null=True, blank=True, related_name="decisions")
    extension = models.ForeignKey(Extension, models.CASCADE, null=True, blank=True, related_name="decisions")
    allows = models.BooleanField(_("may go on"))
    reason = models.TextField(_("reasons"), max_length=2000)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = ManagerDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("manager's decision")
        verbose_name_plural = _("managers' decisions")
        ordering: ClassVar = ["-decided_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(internship__isnull=False, concern__isnull=True, extension__isnull=True)
                | Q(internship__isnull=True, concern__isnull=False, extension__isnull=True)
                | Q(internship__isnull=True, concern__isnull=True, extension__isnull=False),
                name="decision_about_one_thing",
                violation_error_message=_("A decision is about a placement, an extension or a concern."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="decision_has_reasons",
                violation_error_message=_("A decision has reasons."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decided_at:%Y-%m-%d} {self.allows}"
