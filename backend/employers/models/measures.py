"""What the municipality has decided about its work with an employer: from a day, to a day, and lifted."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.employers.enums import CLOSING, WELCOME, MeasureKind, MeasureReason, Standing


class MeasureQuerySet(models.QuerySet["Measure"]):
    def in_force(self, day: date) -> Self:
        """Keep what holds on `day`: begun, not over, and not lifted by then."""
        is_lifted_later = Q(lifted_at=None) | Q(lifted_at__date__gt=day)
        is_over_later = Q(last_on=None) | Q(last_on__gte=day)
        return self.filter(is_lifted_later, is_over_later, starts_on__lte=day)

    def that_close(self) -> Self:
        """Keep those during which nobody new is placed with the employer."""
        return self.filter(kind__in=CLOSING)

    def standing(self, day: date) -> Self:
        """Keep what holds on `day` or is to begin: what can be lifted."""
        return self.filter(Q(last_on=None) | Q(last_on__gte=day), lifted_at=None)

    def unannounced(self, day: date) -> Self:
        """Keep what closes on `day`, and of which the life-cycles have not heard."""
        return self.in_force(day).that_close().filter(announced_at=None)

    def over_unannounced(self, day: date) -> Self:
        """Keep what closed until before `day`, and of whose end the life-cycles have not heard."""
        begun = self.that_close().filter(announced_at__isnull=False, lifted_at=None)
        return begun.filter(last_on__lt=day, ended_at=None)


class Measure(Identified):
    """Advice, a pause of new placements, or a stop: dated, with its reason, and reversible.

    It holds by its days alone. `announced_at` and `ended_at` say only when those concerned were told.
    """

    employer = models.ForeignKey("employers.Employer", models.CASCADE, related_name="measures")
    kind = models.CharField(_("measure"), max_length=10, choices=MeasureKind)
    reason = models.CharField(_("reason"), max_length=20, choices=MeasureReason)
    words = models.TextField(_("the reason in words, for the employer"), max_length=2000)
    rests_on = models.TextField(_("what the measure rests on"), max_length=2000, blank=True)
    starts_on = WorkingDateField(_("first day"))
    last_on = WorkingDateField(_("last day"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(editable=False)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_why = models.TextField(_("why it is lifted"), max_length=2000, blank=True)
    announced_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering: ClassVar = ["-starts_on", "-decided_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["employer", "starts_on"], condition=Q(lifted_at=None), name="measure_that_stands"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("starts_on")),
                name="measure_period",
                violation_error_code="last_on",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="measure_has_words",
                violation_error_code="words",
                violation_error_message=_("Say why, in words that the employer can read."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_why="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_why="")),
                name="measure_lifted_by_somebody",
                violation_error_code="lifted_why",
                violation_error_message=_("Say why the measure is lifted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}"

    @property
    def closes(self) -> bool:
        """Whether nobody new is placed with the employer while it holds."""
        return self.kind in CLOSING

    def is_in_force_on(self, day: date) -> bool:
        """Tell whether it holds on `day`, as `MeasureQuerySet.in_force` asks of many."""
        is_lifted = self.lifted_at is not None and day_of(self.lifted_at) <= day
        return self.starts_on <= day and (self.last_on is None or self.last_on >= day) and not is_lifted

    def may_be_lifted_on(self, day: date) -> bool:
        """Tell whether it holds on `day` or is to begin."""
        return self.lifted_at is None and (self.last_on is None or self.last_on >= day)


def standing_in_sql(day: date, via: str = "") -> models.Case:
    """Return the standing on `day` as an expression; `via` is the way from the row to its employer."""
    own = Measure.objects.in_force(day).filter(employer=models.OuterRef(f"{via}pk")).order_by()
    is_stopped, is_paused = (
        models.Exists(own.filter(kind=kind)) for kind in (MeasureKind.STOP, MeasureKind.PAUSE)
    )
    return models.Case(
        models.When(is_stopped, then=models.Value(Standing.STOPPED.value)),
        models.When(is_paused, then=models.Value(Standing.PAUSED.value)),
        models.When(**{f"{via}approved_at__isnull": False}, then=models.Value(Standing.GOOD.value)),
        default=models.Value(Standing.NEW.value),
        output_field=models.CharField(),
    )


class Measured(models.Model):
    """An employer as far as people may be placed with it: approved or not, and what its measures say."""

    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    standing: str
    """Only where it was read with `with_standing`."""

    class Meta:
        abstract = True

    @property
    def standing_label(self) -> str:
        """The standing in words, where it was read with `with_standing`."""
        return str(Standing(self.standing).label)

    @property
    def is_new(self) -> bool:
        """Whether nobody has approved the employer yet: its openings are read before others see them."""
        return self.approved_at is None

    def standing_on(self, day: date) -> Standing:
        """Return the standing on `day`: what its measures say, and else whether it is approved.

        `with_standing`, `welcome` and `in_good_standing` say the same of many in SQL; a test holds them
        together.
        """
        kinds = {each.kind for each in self._measures_on(day)}
        if MeasureKind.STOP in kinds:
            return Standing.STOPPED
        if MeasureKind.PAUSE in kinds:
            return Standing.PAUSED
        return Standing.GOOD if self.approved_at else Standing.NEW

    def is_approvable_on(self, day: date) -> bool:
        """Tell whether clear checks let it be approved: it is new, or only a check has paused it.

        What a manager has decided is lifted by a manager.
        """
        standing = self.standing_on(day)
        closing = [each for each in self._measures_on(day) if each.closes]
        by_checks = all(each.reason == MeasureReason.CHECK for each in closing)
        return standing == Standing.NEW or (standing == Standing.PAUSED and by_checks)

    def _measures_on(self, day: date) -> list[Measure]:
        """Return what holds on `day`; read once for a row, until that is read anew.

        A page asks of one employer as each of its parts comes to it, on rows that it read apart.
        """
        known = self.__dict__.setdefault("_prefetched_objects_cache", {})
        if "measures" not in known:
            known["measures"] = measures = Measure.objects.filter(employer=self.pk)
            len(measures)
        return [each for each in known["measures"] if each.is_in_force_on(day)]

    def is_welcome_on(self, day: date) -> bool:
        """Tell whether others may see the employer's openings on `day`."""
        return self.standing_on(day) in WELCOME

    def is_in_good_standing_on(self, day: date) -> bool:
        """Tell whether people may be placed with the employer on `day`."""
        return self.standing_on(day) == Standing.GOOD

    def forget_measures(self) -> None:
        """Read the measures anew when next asked: they have been moved or taken."""
        self.__dict__.get("_prefetched_objects_cache", {}).pop("measures", None)
