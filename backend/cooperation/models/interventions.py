"""What society has done for a person before: who, what, when, why it ended and what came of it."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.cooperation.enums import InterventionKind, ToldBy, WhyEnded
from backend.core.models import Identified
from backend.core.ui.addresses import address
from backend.participants.models import Agency, Participant

Reader = User | AnonymousUser

FIRST_YEAR, LAST_YEAR = 1950, 2100
"""Nobody who is helped to work now was helped before, and a year beyond is mistyped."""
MONTHS_A_YEAR = 12
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
MONTHS = [MinValueValidator(1), MaxValueValidator(MONTHS_A_YEAR)]


class InterventionQuerySet(models.QuerySet["Intervention"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep those that stand, of people whose file `user` may open, as staff or as the person."""
        return self.standing().filter(participant__in=Participant.objects.visible_to(user))

    def decidable_by(self, user: Reader) -> Self:
        """Keep those that stand, in whose cases `user` may act as a coach."""
        return self.standing().filter(participant__in=Participant.objects.decidable_by(user))

    def standing(self) -> Self:
        """Keep those that nobody has removed."""
        return self.filter(removed_at__isnull=True)


class Intervention(Identified):
    """One effort (insats): by an agency of the list or another body, from a month or year until another.

    Where only the year is known the month is left out. Without a year of its end it is going on still. What
    was removed stays as a row that no page shows, beside its line in the log.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="interventions")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="interventions")
    other_body = models.CharField(_("who did it"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=InterventionKind)
    what = models.CharField(_("what was done"), max_length=200, blank=True)
    started_year = models.PositiveSmallIntegerField(_("began in the year"), validators=YEARS)
    started_month = models.PositiveSmallIntegerField(
        _("began in the month"), null=True, blank=True, validators=MONTHS
    )
    ended_year = models.PositiveSmallIntegerField(
        _("ended in the year"), null=True, blank=True, validators=YEARS
    )
    ended_month = models.PositiveSmallIntegerField(
        _("ended in the month"), null=True, blank=True, validators=MONTHS
    )
    why_ended = models.CharField(_("why it ended"), max_length=20, choices=WhyEnded, blank=True)
    came_of = models.CharField(_("what came of it"), max_length=300, blank=True)
    told_by = models.CharField(_("told by"), max_length=10, choices=ToldBy)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("written down"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier effort")
        verbose_name_plural = _("earlier efforts")
        ordering: ClassVar = ["started_year", F("started_month").asc(nulls_first=True), "recorded_at", "id"]
        indexes: ClassVar = [models.Index(fields=["participant", "started_year"], name="intervention_of")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, other_body="")
                | (Q(agency__isnull=True) & ~Q(other_body="")),
                name="intervention_by_one_body",
            ),
            models.CheckConstraint(
                condition=Q(started_year__range=(FIRST_YEAR, LAST_YEAR))
                & (Q(ended_year__isnull=True) | Q(ended_year__range=(FIRST_YEAR, LAST_YEAR))),
                name="intervention_years_can_be",
            ),
            models.CheckConstraint(
                condition=(Q(started_month__isnull=True) | Q(started_month__range=(1, MONTHS_A_YEAR)))
                & (Q(ended_month__isnull=True) | Q(ended_month__range=(1, MONTHS_A_YEAR))),
                name="intervention_months_can_be",
            ),
            models.CheckConstraint(
                condition=Q(ended_month__isnull=True) | Q(ended_year__isnull=False),
                name="intervention_month_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(ended_year__isnull=True)
                | Q(ended_year__gt=F("started_year"))
                | (
                    Q(ended_year=F("started_year"))
                    & (
                        Q(started_month__isnull=True)
                        | Q(ended_month__isnull=True)
                        | Q(ended_month__gte=F("started_month"))
                    )
                ),
                name="intervention_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_year__isnull=True, why_ended="")
                | (Q(ended_year__isnull=False) & ~Q(why_ended="")),
                name="intervention_end_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.body}"

    def get_absolute_url(self) -> str:
        """The page of all efforts of the person, for staff."""
        return address("cooperation:intervention_list", self.participant_id)

    @property
    def body(self) -> str:
        """Who did it, in words."""
        return self.agency.name if self.agency is not None else self.other_body

    @property
    def from_words(self) -> str:
        """When it began: a month with its year, or the year."""
        return month_words(self.started_year, self.started_month)

    @property
    def until_words(self) -> str:
        """When it ended, or that it goes on."""
        if self.ended_year is None:
            return gettext("still going on")
        return month_words(self.ended_year, self.ended_month)

    @property
    def when(self) -> str:
        """From when until when, in words."""
        if self.from_words == self.until_words:
            return self.from_words
        return gettext("%(first)s – %(last)s") % {"first": self.from_words, "last": self.until_words}


def month_words(year: int, month: int | None) -> str:
    """Return "mars 2019", or "2019" where the month is not known."""
    return date_format(date(year, month, 1), "F Y") if month else str(year)
