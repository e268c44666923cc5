"""One time at which somebody is expected."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.activities.enums import Capacity, SessionState, presence_of
from backend.activities.models.marks import AttendanceMark
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.core.writing.lifecycle import Stateful
from backend.internships.models import Internship, Reader
from backend.participants.models import Participant

VOICES = (Capacity.ORGANISER, Capacity.COACH)
"""Who says what stands; the participant's own word stands beside it."""


class ActivitySessionQuerySet(models.QuerySet["ActivitySession"]):
    def read_by(self, user: Reader, *, on: date) -> Self:
        """Keep what `user` may read on `on`: sessions of the internships that are theirs to read then."""
        return self.filter(internship__in=Internship.objects.read_by(user, on=on))

    def markable_by(self, user: Reader, *, on: date) -> Self:
        """Keep what `user` may mark: at the workplace, as coach of the case, or of oneself."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.STAFF:
            return self.filter(internship__in=Internship.objects.decidable_by(user))
        return self.read_by(user, on=on)

    def started(self, at: datetime) -> Self:
        """Keep what had begun at `at`."""
        now = timezone.localtime(at)
        return self.filter(Q(date__lt=now.date()) | Q(date=now.date(), starts_at__lte=now.time()))

    def unmarked(self) -> Self:
        """Keep the planned ones of which neither workplace nor coach has said who was there."""
        said = AttendanceMark.objects.filter(session=OuterRef("pk"), capacity__in=VOICES)
        return self.filter(~Exists(said), state=SessionState.PLANNED)

    def with_marks(self) -> Self:
        """Fetch the marks along, the newest first."""
        marks = AttendanceMark.objects.select_related("marked_by").order_by("-number")
        return self.prefetch_related(Prefetch("marks", marks))

    def of_findable(self) -> Self:
        """Keep what may stand in lists: never that of a protected identity."""
        return self.filter(internship__participant__in=Participant.objects.findable())


class ActivitySession(Identified, Stateful):
    """One time at which a participant is expected, made from a schedule.

    It belongs to an internship; another kind of activity gets a key of its own beside that, and the
    constraint that exactly one is set.
    """

    internship = models.ForeignKey(Internship, models.CASCADE, null=True, blank=True, related_name="sessions")
    date = WorkingDateField(_("day"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    break_minutes = models.PositiveSmallIntegerField(_("break in minutes"), default=0)
    net_minutes = models.PositiveSmallIntegerField(_("minutes without the break"))
    state = models.CharField(_("state"), max_length=20, choices=SessionState, default=SessionState.PLANNED)

    objects = ActivitySessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering: ClassVar = ["date", "starts_at", "id"]
        indexes: ClassVar = [models.Index(fields=["date", "state"], name="session_date_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(internship__isnull=False),
                name="session_has_one_owner",
                violation_error_message=_("A session belongs to exactly one activity."),
            ),
            models.UniqueConstraint(
                fields=["internship", "date", "starts_at"],
                name="session_once",
                violation_error_message=_("There is a session at that time already."),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_hours"),
            models.CheckConstraint(condition=Q(net_minutes__gt=0), name="session_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    def get_absolute_url(self) -> str:
        """The session's page, for coach and participant."""
        return reverse("activities:session_detail", args=[self.pk])

    @property
    def begins(self) -> datetime:
        """The moment at which it begins."""
        return timezone.make_aware(datetime.combine(self.date, self.starts_at))

    def has_started(self, at: datetime) -> bool:
        """Tell whether it had begun at `at`."""
        return self.begins <= at

    @property
    def is_on(self) -> bool:
        """Whether somebody is expected: it is neither called off nor on a holiday."""
        return self.state == SessionState.PLANNED

    @property
    def standing(self) -> AttendanceMark | None:
        """What workplace and coach say now; None while nobody has said anything, which is no absence."""
        return self._newest(*VOICES)

    @property
    def own(self) -> AttendanceMark | None:
        """What the participant says now."""
        return self._newest(Capacity.PARTICIPANT)

    @property
    def is_disputed(self) -> bool:
        """Whether the participant says something else of being there than what stands."""
        standing, own = self.standing, self.own
        if standing is None or own is None:
            return False
        return _heard(standing) != _heard(own)

    def _newest(self, *voices: str) -> AttendanceMark | None:
        said = [each for each in self.marks.all() if each.capacity in voices]
        return max(said, key=lambda each: each.number, default=None)


def _heard(mark: AttendanceMark) -> tuple[str, int | None]:
    return presence_of(mark.code), mark.minutes
