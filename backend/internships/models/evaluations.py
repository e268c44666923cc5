"""What both sides say when an internship is over."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.fields import CodeListField, WorkingDateField
from backend.core.models import Identified
from backend.employers.models import Opening
from backend.internships.enums import Again, AnswerWay, Mood, WhyNotHired, WouldHire
from backend.internships.models.placements import SIDE_CHOICES, Internship, Reader
from backend.participants.enums import SkillLevel
from backend.skills.enums import Adaptation
from backend.skills.models import Concept


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep what `user` may read: staff by the file, and each side its own.

        An employer's members read theirs also when the placement no longer stands among what they may know.
        """
        if not isinstance(user, User):
            return self.none()
        if user.persona == Persona.STAFF:
            return self.filter(internship__in=Internship.objects.visible_to(user))
        own = self.filter(side=user.persona)
        if user.persona == Persona.EMPLOYER:
            return own.filter(internship__in=Internship.objects.ended_at_employer_of(user))
        return own.filter(internship__in=Internship.objects.visible_to(user))

    def unanswered(self) -> Self:
        """Keep what is asked and not answered."""
        return self.filter(answered_at__isnull=True, dropped_at__isnull=True)

    def to_look_at(self) -> Self:
        """Keep what has been answered and that no coach has gone through."""
        return self.filter(answered_at__isnull=False, looked_at__isnull=True)


class Evaluation(Identified):
    """What one side says of an internship that is over; asked once, answered by app, link or phone."""

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="evaluations")
    side = models.CharField(max_length=12, choices=SIDE_CHOICES)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=5, choices=AnswerWay, blank=True)
    mood = models.CharField(_("how it was"), max_length=6, choices=Mood, blank=True)
    would_hire = models.CharField(_("would hire"), max_length=12, choices=WouldHire, blank=True)
    why_not = models.CharField(_("why not"), max_length=12, choices=WhyNotHired, blank=True)
    adaptations_worked = CodeListField(_("what worked"), codes=Adaptation)
    again = models.CharField(_("again"), max_length=6, choices=Again, blank=True)
    again_places = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    again_from = WorkingDateField(_("from"), null=True, blank=True)
    offered = models.ForeignKey(
        Opening,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("What became of the offer."),
    )
    words = models.TextField(_("in your own words"), max_length=1000, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering: ClassVar = ["asked_at", "side", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "side"], name="evaluation_once_a_side"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, way="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(way="")),
                name="evaluation_answered_by_somebody",
                violation_error_message=_("An answer has a time, a way and somebody who gave it."),
            ),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True) | Q(looked_by__isnull=False, answered_at__isnull=False),
                name="evaluation_looked_at_after_answer",
                violation_error_message=_("Only what was answered can be gone through."),
            ),
            models.CheckConstraint(
                condition=Q(why_not="") | Q(would_hire=WouldHire.NO),
                name="evaluation_why_not_of_a_no",
                violation_error_code="why_not",
                violation_error_message=_("A reason belongs to a no."),
            ),
            models.CheckConstraint(
                condition=Q(again_places__isnull=True, again_from__isnull=True) | ~Q(again=Again.NO),
                name="evaluation_again_is_no_no",
                violation_error_code="again_places",
                violation_error_message=_("Whoever takes nobody has no number of places."),
            ),
            models.CheckConstraint(
                condition=Q(again_places__isnull=True) | Q(again_places__range=(1, 200)),
                name="evaluation_again_places",
                violation_error_code="again_places",
                violation_error_message=_("State at least one place and at most 200."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.internship}"

    @property
    def is_asked(self) -> bool:
        """Whether an answer is waited for, as `unanswered` asks of many."""
        return self.answered_at is None and self.dropped_at is None

    @property
    def may_be_changed(self) -> bool:
        """Whether the side may still answer anew: until the coach has gone through it."""
        return self.dropped_at is None and self.looked_at is None


class SeenSkill(Identified):
    """A skill that an employer has seen in an internship, and how well; evidence once a coach has looked."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="skills")
    text = models.CharField(_("as written"), max_length=200)
    concept = models.ForeignKey(Concept, models.SET_NULL, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel)
    is_evidence = models.BooleanField(default=False, help_text=_("Written in the participant's file."))

    class Meta:
        verbose_name = _("skill seen")
        verbose_name_plural = _("skills seen")
        ordering: ClassVar = ["text", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "text"], name="seen_skill_once"),
        ]

    def __str__(self) -> str:
        return self.text
