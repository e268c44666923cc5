"""What an internship is agreed anew to be: longer, or otherwise, from a day on."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.fields import HoursField, WorkingDateField
from backend.core.models import Identified
from backend.internships.enums import UNDER_WAY, ConsultationOutcome, Gate
from backend.internships.models.placements import Internship, Reader


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the versions of internships that `user` may know of."""
        return self.filter(internship__in=Internship.objects.visible_to(user))

    def pending(self) -> Self:
        """Keep what is wanted and does not hold yet: a manager has been asked."""
        return self.filter(applied_at=None, dropped_at=None, internship__state__in=UNDER_WAY)

    def managed_by(self, user: User | AnonymousUser) -> Self:
        """Keep what `user` decides on as manager of the participant's unit."""
        if isinstance(user, AnonymousUser):
            return self.none()
        theirs = Internship.objects.visible_to(user).filter(participant__unit__in=user.unit_ids(Role.MANAGER))
        return self.filter(internship__in=theirs)

    def awaiting_manager(self) -> Self:
        """Keep what nobody has decided on."""
        return self.pending().filter(decisions__isnull=True)


class Extension(Identified):
    """A version of an internship's terms: from which day, what, by which decision. Never a new internship.

    It holds when `applied_at` is set; before that the unit's manager has been asked because of `gates`.
    """

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="extensions")
    valid_from = WorkingDateField(_("holds from"))
    ends_on = WorkingDateField(_("new last day"))
    hours_per_week = HoursField(_("hours a week"))
    tasks = models.TextField(_("tasks"), max_length=2000)
    new_content = models.TextField(_("what is new"), max_length=1000, blank=True)
    brings_new = models.BooleanField(_("brings something new"), default=True, editable=False)
    basis_by = models.CharField(_("who decided"), max_length=100)
    decision_reference = models.CharField(_("reference of the decision"), max_length=60)
    basis_from = WorkingDateField(_("the decision holds from"))
    basis_until = WorkingDateField(_("the decision holds until"))
    union_name = models.CharField(_("union asked"), max_length=100, blank=True)
    union_asked_on = WorkingDateField(_("union asked on"), null=True, blank=True)
    union_outcome = models.CharField(_("the union's answer"), max_length=15, choices=ConsultationOutcome)
    why = models.CharField(_("why"), max_length=300)
    gates = models.JSONField(default=list, blank=True)
    wanted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    wanted_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When another one was wanted instead.")
    )

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering: ClassVar = ["-wanted_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("valid_from")),
                name="extension_period",
                violation_error_code="ends_on",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(dropped_at__isnull=True),
                name="extension_applied_or_dropped",
                violation_error_message=_("An extension holds, or another one was wanted instead."),
            ),
            models.UniqueConstraint(
                fields=["internship"],
                condition=Q(applied_at__isnull=True, dropped_at__isnull=True),
                name="extension_one_wanted",
                violation_error_message=_("An extension waits for the manager already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.ends_on}"

    @property
    def gate_words(self) -> list[str]:
        """Why the manager is asked, in words."""
        return words_of_gates(self.gates)


def words_of_gates(codes: list[str]) -> list[str]:
    """Return why a manager is asked, in words."""
    return [str(Gate(code).label) for code in codes]


def said_of_extension(internship: OuterRef) -> Subquery:
    """Return what a manager said last of the pending extension of an internship; None before that."""
    decided = Extension.objects.pending().filter(internship=internship, decisions__isnull=False)
    newest = decided.order_by("-decisions__decided_at", "pk").values("decisions__allows")
    return Subquery(newest[:1])
