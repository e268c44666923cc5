"""Redundancies: who works at an employer was given notice for lack of work, as staff have come to know."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.employers.models.employers import Employer, Reader
from backend.employers.models.workplaces import Workplace


class RedundancyQuerySet(models.QuerySet["Redundancy"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep those at employers that `user` decides on as staff; the employer reads none."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.filter(employer__in=Employer.objects.decidable_by(user))

    def that_hold(self) -> Self:
        """Keep what nobody has taken back or put otherwise."""
        return self.filter(taken_back_at=None)

    def since(self, day: date) -> Self:
        """Keep what holds and happened after `day`."""
        return self.that_hold().filter(happened_on__gt=day)


class Redundancy(Identified):
    """People at an employer, or at one of its workplaces, were given notice for lack of work.

    It names nobody. What was written wrongly is taken back with the reason; what stands instead says so.
    """

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="redundancies")
    workplace = models.ForeignKey(
        Workplace, models.CASCADE, null=True, blank=True, related_name="redundancies"
    )
    happened_on = WorkingDateField(_("when notice was given"))
    how_many = models.PositiveIntegerField(
        _("how many were given notice"), validators=[MinValueValidator(1), MaxValueValidator(10_000)]
    )
    words = models.TextField(_("in your own words"), max_length=1000)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(editable=False)
    instead_of = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="put_otherwise", editable=False
    )
    taken_back_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_back_why = models.TextField(_("what was wrong"), max_length=1000, blank=True)

    objects = RedundancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("redundancies")
        verbose_name_plural = _("redundancies")
        ordering: ClassVar = ["-happened_on", "-noted_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["employer", "happened_on"],
                condition=Q(taken_back_at=None),
                name="redundancy_that_holds",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(how_many__gte=1, how_many__lte=10_000),
                name="redundancy_of_somebody",
                violation_error_code="how_many",
                violation_error_message=_("Say how many were given notice."),
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="redundancy_has_words",
                violation_error_code="words",
                violation_error_message=_("Say what you know and how you know it."),
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_why="")
                | (Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_why="")),
                name="redundancy_taken_back_by_somebody",
                violation_error_code="taken_back_why",
                violation_error_message=_("Say what was wrong."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.how_many} {self.happened_on}"

    @property
    def holds(self) -> bool:
        """Whether nobody has taken it back or put it otherwise."""
        return self.taken_back_at is None
