"""Dated check-ins during an internship."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.internships.enums import AnswerWay, FollowUpKind, InternshipState, Mood, Presence
from backend.internships.models.placements import Internship, Reader


class Answer(NamedTuple):
    """How it goes, as one side says it; only the mood must be said."""

    mood: str = ""
    note: str = ""
    """What works, in one's own words."""
    change: str = ""
    """What must change."""
    presence: str = ""

    @classmethod
    def of(cls, side: str, said: Mapping[str, str]) -> Self:
        """Return the answer of `side` among what was said of both, such as `employer_mood`."""
        return cls(**{part: said.get(f"{side}_{part}", "") for part in cls._fields})

    @property
    def is_said(self) -> bool:
        """Whether anything has been said at all."""
        return any(self)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the follow-ups of internships that `user` may know of."""
        return self.filter(internship__in=Internship.objects.visible_to(user))

    def read_by(self, user: Reader, *, on: date) -> Self:
        """Keep the follow-ups of internships that `user` may read on `on`."""
        return self.filter(internship__in=Internship.objects.read_by(user, on=on))

    def listed_for(self, user: Reader) -> Self:
        """Keep what may stand in lists, counts and exports that `user` reads."""
        return self.filter(internship__in=Internship.objects.listed_for(user))

    def still_open(self) -> Self:
        """Keep what the coach has not closed yet."""
        return self.filter(closed_at__isnull=True, cancelled_at__isnull=True)

    def waiting_for(self, side: str, *, on: date) -> Self:
        """Keep what `side` is to say on `on`, the oldest first: how it goes while it goes on.

        In a pause nobody is asked; after the end each side is asked how it was.
        """
        due = self.still_open().filter(due_on__lte=on, internship__state=InternshipState.ONGOING)
        return due.filter(**{f"{side}_answered_at": None}).order_by("due_on", "pk")

    def red(self) -> Self:
        """Keep those in which a side says that it goes badly, or wants a call."""
        is_bad = Q(employer_mood=Mood.BAD) | Q(participant_mood=Mood.BAD)
        wants_call = Q(call_wanted_at__isnull=False) | Q(employer_call_wanted_at__isnull=False)
        return self.filter(is_bad | wants_call)

    def due_from_employer(self, user: Reader, *, on: date) -> Self:
        """Keep what the employer of `user` is to say on `on`, the oldest first."""
        return self.read_by(user, on=on).waiting_for(Persona.EMPLOYER, on=on)

    def overdue(self, day: object) -> Self:
        """Keep what should have been closed before `day`."""
        return self.still_open().filter(due_on__lt=day)


class FollowUp(Identified):
    """A dated check-in during an internship, answered by employer and participant and closed by the coach."""

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="follow_ups")
    kind = models.CharField(_("kind"), max_length=12, choices=FollowUpKind)
    number = models.PositiveSmallIntegerField(default=0, help_text=_("Which of several of the kind."))
    due_on = WorkingDateField(_("due on"))
    employer_mood = models.CharField(_("the employer: how it goes"), max_length=6, choices=Mood, blank=True)
    employer_note = models.TextField(_("the employer's words"), max_length=1000, blank=True)
    employer_change = models.TextField(_("the employer: what must change"), max_length=1000, blank=True)
    employer_presence = models.CharField(
        _("the employer: how it is with being there"), max_length=15, choices=Presence, blank=True
    )
    employer_answered_at = models.DateTimeField(null=True, blank=True)
    employer_answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    employer_way = models.CharField(max_length=5, choices=AnswerWay, blank=True)
    participant_mood = models.CharField(
        _("the participant: how it goes"), max_length=6, choices=Mood, blank=True
    )
    participant_note = models.TextField(_("the participant's words"), max_length=1000, blank=True)
    participant_change = models.TextField(_("the participant: what must change"), max_length=1000, blank=True)
    participant_presence = models.CharField(
        _("the participant: how it is with being there"), max_length=15, choices=Presence, blank=True
    )
    participant_answered_at = models.DateTimeField(null=True, blank=True)
    participant_answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    participant_way = models.CharField(max_length=5, choices=AnswerWay, blank=True)
    call_wanted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the participant asked the job coach to call.")
    )
    employer_call_wanted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the employer asked the job coach to call.")
    )
    coach_note = models.TextField(_("the coach's summary"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "kind", "number"], name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_by__isnull=False),
                name="follow_up_closed_by_somebody",
                violation_error_message=_("A follow-up is closed by somebody."),
            ),
            models.CheckConstraint(
                condition=Q(call_wanted_at__isnull=True) | Q(participant_answered_at__isnull=False),
                name="follow_up_call_after_answer",
                violation_error_message=_("A call is asked for when the participant has answered."),
            ),
            models.CheckConstraint(
                condition=Q(employer_call_wanted_at__isnull=True) | Q(employer_answered_at__isnull=False),
                name="follow_up_employer_call_after_answer",
                violation_error_message=_("A call is asked for when the employer has answered."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered and closed, as `still_open` asks of many."""
        return self.closed_at is None and self.cancelled_at is None

    def said(self, side: str) -> Answer:
        """Return the answer of `side`, employer or participant; nothing is said in it before there is one."""
        return Answer(*(getattr(self, f"{Persona(side)}_{part}") for part in Answer._fields))

    @property
    def needs_words(self) -> bool:
        """Whether the coach says in words how it was left: a side is missing, or it goes badly for one."""
        return not {self.employer_mood, self.participant_mood} <= {Mood.GOOD, Mood.SO_SO}

    @property
    def may_want_call(self) -> bool:
        """Whether the participant, who says that it goes badly, is asked if the job coach should call."""
        return self.is_open and self.participant_mood == Mood.BAD and self.call_wanted_at is None

    def is_open_to_sides_on(self, day: date) -> bool:
        """Tell whether employer and participant can answer on `day`: not before what it asks about."""
        return bool(self.due_on <= day)
