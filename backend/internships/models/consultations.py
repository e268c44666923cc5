"""What a union was asked about a workplace, and what it answered; also that it did not, in its time."""

from datetime import date, timedelta
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.employers.models import Employer, Workplace
from backend.internships.enums import ConsultationOutcome
from backend.internships.models.placements import Reader

SERVES_FOR: Final = timedelta(days=90)
"""As long the newest answer is offered for the next placement there; each is still asked about."""
ANSWERS = (ConsultationOutcome.NO_OBJECTION, ConsultationOutcome.OBJECTION)


class ConsultationQuerySet(models.QuerySet["UnionConsultation"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep those about workplaces of employers that `user` decides on as staff."""
        return self.filter(workplace__employer__in=Employer.objects.decidable_by(user))

    def waiting(self) -> Self:
        """Keep those that have no answer, and whose time nobody has said to be out."""
        return self.filter(outcome="")

    def late(self, day: date) -> Self:
        """Keep those without an answer whose time was out before `day`."""
        return self.waiting().filter(answer_by__lt=day)

    def that_serve(self, workplace: Workplace, *, on: date) -> Self:
        """Keep those about a workplace that were asked lately, the newest first."""
        return self.filter(workplace=workplace, asked_on__gt=on - SERVES_FOR).order_by("-asked_on", "-pk")


class UnionConsultation(Identified):
    """A union is asked whether a workplace suits for what somebody is to do there; nobody is named."""

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="consultations")
    work = models.CharField(_("what the work is"), max_length=200)
    union_name = models.CharField(_("union asked"), max_length=100)
    asked_how = models.CharField(_("how it was asked"), max_length=150, blank=True)
    asked_on = WorkingDateField(_("asked on"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer_by = WorkingDateField(_("answer at the latest"))
    outcome = models.CharField(_("answer"), max_length=15, choices=ConsultationOutcome, blank=True)
    answered_by = models.CharField(_("who answered"), max_length=100, blank=True)
    answered_on = WorkingDateField(_("answered on"), null=True, blank=True)
    words = models.TextField(_("what was said"), max_length=2000, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a union")
        verbose_name_plural = _("questions to unions")
        ordering: ClassVar = ["-asked_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("asked_on")),
                name="consultation_has_time",
                violation_error_code="answer_by",
                violation_error_message=_("The last day to answer cannot come before the question."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="consultation_answered_after_it_was_asked",
                violation_error_code="answered_on",
                violation_error_message=_("The answer cannot come before the question."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", recorded_at__isnull=True, answered_on__isnull=True, answered_by="")
                | Q(outcome="no_answer", recorded_at__isnull=False, answered_on__isnull=True, answered_by="")
                | (
                    Q(outcome__in=ANSWERS, recorded_at__isnull=False, recorded_by__isnull=False)
                    & Q(answered_on__isnull=False)
                    & ~Q(answered_by="")
                ),
                name="consultation_answer_whole",
                violation_error_code="answered_by",
                violation_error_message=_("Say who answered for the union, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.union_name} {self.asked_on}"

    @property
    def may_be_answered(self) -> bool:
        """Whether an answer can be noted: there is none yet; one that comes late counts as well."""
        return self.outcome not in ANSWERS
