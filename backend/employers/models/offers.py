"""What an opening and the lasting places behind some of them state alike."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.fields import CodeListField, HoursField, WorkingDateField
from backend.employers.work_facts import WorkFact
from backend.skills.enums import Adaptation, Weekday


class Offer(models.Model):
    """What an opening and lasting places state alike."""

    places = models.PositiveSmallIntegerField(_("number of places"), default=1)
    starts_on = WorkingDateField(_("from"), null=True, blank=True)
    ends_on = WorkingDateField(_("to"), null=True, blank=True)
    hours_min = HoursField(_("fewest hours a week"), default=10)
    hours_max = HoursField(_("most hours a week"), default=40)
    weekdays = CodeListField(_("weekdays"), codes=Weekday)
    adaptations = CodeListField(_("adaptations offered"), codes=Adaptation)
    # Where it is otherwise than at the workplace; all else is as there.
    facts_present = CodeListField(_("is so in this work"), codes=WorkFact)
    facts_absent = CodeListField(_("is not so in this work"), codes=WorkFact)
    supervisor_name = models.CharField(_("supervisor"), max_length=150, blank=True)

    def clean(self) -> None:
        """Refuse a fact that is so and is not."""
        super().clean()
        if both := set(self.facts_present) & set(self.facts_absent):
            raise ValidationError(
                {
                    "facts_absent": ValidationError(
                        _("Both yes and no: %(facts)s."), "fact_both", {"facts": ", ".join(sorted(both))}
                    )
                }
            )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=200),
                name="%(class)s_places",
                violation_error_code="places",
                violation_error_message=_("State at least one place and at most 200."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_period",
                violation_error_code="ends_on",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(hours_min__gte=1, hours_max__lte=40, hours_max__gte=F("hours_min")),
                name="%(class)s_hours",
                violation_error_code="hours_max",
                violation_error_message=_("Hours a week go from the fewest to the most, between 1 and 40."),
            ),
        ]
