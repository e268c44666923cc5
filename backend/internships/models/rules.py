"""The dated tables that every placement is judged by: what it may rest on, and how long it may last."""

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from backend.core.fields import WorkingDateField
from backend.employers.enums import PlacementKind
from backend.internships.dates import last_day_of
from backend.internships.enums import Basis, Certainty, Insurance, Measure, Programme

Rule = TypeVar("Rule", bound="SourcedRule")


class RuleQuerySet(models.QuerySet[Rule]):
    def in_force(self, day: date) -> Self:
        """Keep the rows that hold on `day`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class SourcedRule(models.Model):
    """A row of law or of the municipality's own: between which days, by what, and how sure we are."""

    valid_from = WorkingDateField(_("valid from"))
    valid_to = WorkingDateField(_("valid to"), null=True, blank=True, help_text=_("The first day without."))
    source = models.CharField(_("source"), max_length=200)
    is_statute = models.BooleanField(
        _("stands in a statute"), default=False, help_text=_("Otherwise it is the municipality's own rule.")
    )
    certainty = models.CharField(
        _("how sure we are"), max_length=1, choices=Certainty, default=Certainty.GENERAL
    )

    class Meta:
        abstract = True

    @property
    def where(self) -> str:
        """The source, as a refusal names it."""
        return self.source if self.is_statute else gettext("%(source)s (own rule)") % {"source": self.source}


class BasisRule(SourcedRule):
    """A basis admits a kind of placement when this insurance covers it."""

    basis = models.CharField(_("basis"), max_length=20, choices=Basis)
    kind = models.CharField(_("kind of placement"), max_length=30, choices=PlacementKind)
    insurance = models.CharField(_("insurance"), max_length=12, choices=Insurance)

    objects = RuleQuerySet["BasisRule"].as_manager()

    class Meta:
        verbose_name = _("basis rule")
        verbose_name_plural = _("basis rules")
        ordering: ClassVar = ["basis", "kind", "insurance", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["basis", "kind", "insurance", "valid_from"], name="basis_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="basis_rule_period",
                violation_error_message=_("A rule must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()}: {self.get_kind_display()}, {self.get_insurance_display()}"


class PlacementRule(SourcedRule):
    """How long a placement may last, in calendar months or days: one assignment, or all at one employer."""

    kind = models.CharField(_("kind of placement"), max_length=30, choices=PlacementKind)
    programme = models.CharField(_("programme"), max_length=12, choices=Programme, default=Programme.NONE)
    measure = models.CharField(
        _("what is measured"), max_length=12, choices=Measure, default=Measure.ASSIGNMENT
    )
    longest_months = models.PositiveSmallIntegerField(
        _("longest time (calendar months)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    longest_days = models.PositiveSmallIntegerField(
        _("longest time (days)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    most_hours_a_week = models.PositiveSmallIntegerField(
        _("most hours a week"), null=True, blank=True, help_text=_("So that time is left to look for work.")
    )
    employer_chooses = models.BooleanField(_("the employer has a say in who gets the place"), default=True)

    objects = RuleQuerySet["PlacementRule"].as_manager()

    class Meta:
        verbose_name = _("placement rule")
        verbose_name_plural = _("placement rules")
        ordering: ClassVar = ["kind", "programme", "measure", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "programme", "measure", "valid_from"], name="placement_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="placement_rule_period",
                violation_error_message=_("A rule must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(longest_months__isnull=True) | Q(longest_days__isnull=True),
                name="placement_rule_months_or_days",
                violation_error_message=_("State the longest time in months or in days, not in both."),
            ),
            models.CheckConstraint(
                condition=Q(measure=Measure.ASSIGNMENT) | Q(longest_months__isnull=True),
                name="placement_rule_sum_in_days",
                violation_error_message=_("All time at one employer is counted in days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_programme_display()} {self.valid_from}"

    def last_day(self, first: date) -> date | None:
        """Return the last day that one assignment from `first` may have; None without a limit."""
        return last_day_of(first, months=self.longest_months, days=self.longest_days)

    @property
    def longest(self) -> str:
        """The longest time in words."""
        if self.longest_months:
            words = ngettext("%(n)d month", "%(n)d months", self.longest_months)
            return words % {"n": self.longest_months}
        days = self.longest_days or 0
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
