"""The participant, what they can and need, and what they have consented to."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Unit, User
from backend.core.fields import CodeListField, HoursField, PhoneField, WorkingDateField
from backend.core.models import Identified
from backend.core.text.keys import Findable, SortKeyField
from backend.core.ui.addresses import address
from backend.core.writing.lifecycle import Stateful
from backend.participants import worked
from backend.participants.enums import (
    MATCHABLE_STATES,
    EvidenceSource,
    ParticipantState,
    SkillLevel,
)
from backend.places.models import Located
from backend.skills.enums import Adaptation, Licence
from backend.skills.models import ResolvedText, validate_spoken

Reader = User | AnonymousUser


def _within(least: int, most: int) -> list[Any]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep whose files `user` may open.

        Coaches and managers see their units' participants; a person with protected identity is seen by the
        named handlers only; participants see themselves; everybody else sees nobody.
        """
        if isinstance(user, AnonymousUser) or user.persona == Persona.EMPLOYER:
            return self.none()
        if user.persona == Persona.PARTICIPANT:
            return self.filter(user=user)
        units = user.unit_ids(Role.COACH, Role.MANAGER)
        handled = Participant.handlers.through.objects.filter(user_id=user.pk).values("participant_id")
        return self.filter(Q(is_protected=False) | Q(pk__in=handled), unit__in=units)

    def decidable_by(self, user: Reader) -> Self:
        """Keep whose cases `user` may act in: a coach, those that the coach may see."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.visible_to(user).filter(unit__in=user.unit_ids(Role.COACH))

    def spoken_for_by(self, user: Reader) -> Self:
        """Keep for whom `user` may give and take back consent: the coach's cases, and the person's own."""
        if isinstance(user, AnonymousUser) or user.persona != Persona.PARTICIPANT:
            return self.decidable_by(user)
        return self.filter(user=user)

    def findable(self) -> Self:
        """Keep who may stand in lists, rankings, searches, counts, maps, exports and messages.

        This is the one place that says that a protected identity may not. Other tables ask it:
        `filter(participant__in=Participant.objects.findable())`.
        """
        return self.filter(is_protected=False)

    def listed_for(self, user: Reader) -> Self:
        """Keep who may stand in lists that `user` reads."""
        return self.visible_to(user).findable()

    def matched_by(self, user: Reader) -> Self:
        """Keep whom `user` may match with openings as a coach."""
        return self.decidable_by(user).findable()

    def in_units_beside(self, user: Reader) -> Self:
        """Keep those of other units of the municipality, for counting alone: `user` may not see them."""
        if isinstance(user, AnonymousUser):
            return self.none()
        units = user.unit_ids(Role.COACH, Role.MANAGER)
        beside = self.filter(unit__municipality__in=user.municipality_ids()).exclude(unit__in=units)
        return beside.filter(is_protected=False).exclude(state=ParticipantState.ENDED)

    def protected_with(self, user: Reader) -> Self:
        """Keep those with protected identity whose named handler `user` is; they stand in no other list."""
        return self.visible_to(user).filter(is_protected=True).order_by("sort_key", "pk")

    def with_rows(self) -> Self:
        """Read with each file its coach, and what stands there of skills, experience and wishes."""
        rows = ("skills__concept", "experiences__concept", "wishes__concept")
        return self.select_related("coach", "unit").prefetch_related(*rows)

    def matchable(self) -> Self:
        """Keep who is waiting for a place."""
        return self.filter(state__in=MATCHABLE_STATES)


class Participant(Identified, Located, Stateful, Findable):
    """A person whom the unit helps towards paid work."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="participants")
    coach = models.ForeignKey(User, models.PROTECT, verbose_name=_("job coach"), related_name="caseload")
    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="participant")
    reference = models.CharField(_("reference"), max_length=12, editable=False)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = PhoneField(_("phone"), blank=True)
    state = models.CharField(
        _("state"), max_length=15, choices=ParticipantState, default=ParticipantState.ENROLLED
    )
    enrolled_on = WorkingDateField(_("enrolled on"))
    waiting_since = WorkingDateField(_("waiting since"))
    # Empty is that nobody has said it: it is asked about, and shuts nobody out.
    max_travel_km = models.PositiveSmallIntegerField(_("longest way to work (km)"), null=True, blank=True)
    hours_min = HoursField(_("fewest hours a week"), null=True, blank=True)
    hours_max = HoursField(_("most hours a week"), null=True, blank=True)
    available_from = WorkingDateField(_("can start on"), null=True, blank=True)
    licences = CodeListField(_("licences"), codes=Licence)
    languages = models.JSONField(_("languages"), default=dict, blank=True, validators=[validate_spoken])
    adaptations = CodeListField(_("cannot do without"), codes=Adaptation)
    adaptations_good = CodeListField(_("would be good"), codes=Adaptation)
    presentation = models.TextField(
        _("presentation"), max_length=1000, blank=True, validators=[MaxLengthValidator(1000)]
    )
    is_protected = models.BooleanField(_("protected identity"), default=False)
    handlers = models.ManyToManyField(User, blank=True, related_name="+", verbose_name=_("named handlers"))
    last_contact_on = WorkingDateField(_("last contact"), null=True, blank=True)
    sort_key = SortKeyField()

    objects = ParticipantQuerySet.as_manager()

    class Meta(Located.Meta):
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering: ClassVar = ["waiting_since", "id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "waiting_since"], name="participant_waiting"),
            models.Index(fields=["unit", "sort_key"], name="participant_by_name"),
        ]
        constraints: ClassVar = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "reference"], name="participant_reference_once"),
            models.CheckConstraint(
                condition=Q(hours_min__isnull=True, hours_max__isnull=True)
                | Q(
                    hours_min__isnull=False,
                    hours_max__isnull=False,
                    hours_min__gte=1,
                    hours_max__lte=40,
                    hours_max__gte=F("hours_min"),
                ),
                name="participant_hours",
                violation_error_code="hours_max",
                violation_error_message=_(
                    "Hours a week go from the fewest to the most, between 1 and 40. Write both or none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(waiting_since__gte=F("enrolled_on")),
                name="participant_waits_after_enrolment",
                violation_error_code="enrolled_on",
                violation_error_message=_("Nobody waits before being enrolled."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def get_absolute_url(self) -> str:
        """The participant's file."""
        return address("participants:participant_detail", self.pk)

    def sorts_as(self) -> str:
        """Return what the person stands under in a list."""
        return f"{self.last_name} {self.first_name}"

    def words_to_find(self) -> list[str]:
        """Return the names."""
        return [self.first_name, self.last_name]

    def codes_to_find(self) -> list[str]:
        """Return the reference and the telephone number."""
        return [self.reference, self.phone]

    @property
    def is_matchable(self) -> bool:
        """Whether the person is waiting for a place."""
        return self.state in MATCHABLE_STATES

    @property
    def is_findable(self) -> bool:
        """Whether the person may be matched, listed and told of to anybody but the named handlers."""
        return not self.is_protected

    def days_waited(self, today: date) -> int | None:
        """Days since the waiting began; None for somebody who is not waiting for a place."""
        return (today - self.waiting_since).days if self.is_matchable else None


class SkillEvidence(Identified, ResolvedText):
    """Something a participant can do, how well, and who says so."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="skills")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel, null=True, blank=True)
    source = models.CharField(
        _("who says so"), max_length=12, choices=EvidenceSource, default=EvidenceSource.SELF
    )
    recorded_on = WorkingDateField(_("recorded on"))

    class Meta:
        verbose_name = _("skill with evidence")
        verbose_name_plural = _("skills with evidence")
        ordering: ClassVar = [F("level").desc(nulls_last=True), "text", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "text"], name="evidence_once"),
        ]

    def __str__(self) -> str:
        return self.text


class OccupationExperience(Identified, ResolvedText):
    """An occupation that a participant has had; where, for how long and when last, if that was told."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="experiences")
    workplace = models.CharField(_("where"), max_length=120, blank=True)
    months = models.PositiveSmallIntegerField(
        _("for how many months"), null=True, blank=True, validators=_within(1, worked.LONGEST)
    )
    last_year = models.PositiveSmallIntegerField(
        _("last in the year"), null=True, blank=True, validators=_within(worked.FIRST_YEAR, worked.LAST_YEAR)
    )

    class Meta:
        verbose_name = _("occupation that somebody has had")
        verbose_name_plural = _("occupations that people have had")
        ordering: ClassVar = [F("last_year").desc(nulls_last=True), "text", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "text"], name="occupation_experience_once"),
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__range=(1, worked.LONGEST)),
                name="occupation_experience_months",
                violation_error_code="months",
                violation_error_message=_("Nobody works so long, or for no time at all."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True)
                | Q(last_year__range=(worked.FIRST_YEAR, worked.LAST_YEAR)),
                name="occupation_experience_last_year",
                violation_error_code="last_year",
                violation_error_message=_("Write a year in four digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def words(self) -> str:
        """For how long and when last, as far as it was told."""
        return worked.in_words(worked.Worked(self.months, self.last_year))


class OccupationWish(Identified, ResolvedText):
    """An occupation that a participant wants, and why; it says nothing about what they have done.

    `is_unsorted`: nobody has said whether it is wanted or has been done; the coach is asked to say.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="wishes")
    motivation = models.CharField(_("why"), max_length=300, blank=True)
    is_unsorted = models.BooleanField(_("may be experience"), default=False, editable=False)

    class Meta:
        verbose_name = _("occupation that somebody wants")
        verbose_name_plural = _("occupations that people want")
        ordering: ClassVar = ["text", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "text"], name="occupation_wish_once"),
        ]

    def __str__(self) -> str:
        return self.text
