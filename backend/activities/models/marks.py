"""Who was there, in rows that are only added to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.activities.enums import Capacity, Certificate, Code, Source
from backend.core.models import Identified


class AttendanceMark(Identified):
    """What one voice says of one session. A correction is a new row; of one voice the newest counts.

    `session_minutes` is how long the session was when it was marked, so that the database can hold a part of
    the day within it.
    """

    session = models.ForeignKey("activities.ActivitySession", models.CASCADE, related_name="marks")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.CharField(_("attendance"), max_length=20, choices=Code)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    session_minutes = models.PositiveSmallIntegerField(_("minutes of the session"))
    certificate = models.CharField(_("certificate"), max_length=12, choices=Certificate, blank=True)
    capacity = models.CharField(_("said as"), max_length=12, choices=Capacity)
    source = models.CharField(_("came by"), max_length=12, choices=Source)
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    note = models.CharField(_("note"), max_length=500, blank=True)
    replaces = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replaced_by")
    reason_for_change = models.CharField(_("why it was changed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("attendance mark")
        verbose_name_plural = _("attendance marks")
        ordering: ClassVar = ["session", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "number"], name="mark_number_once"),
            models.UniqueConstraint(fields=["replaces"], name="mark_replaced_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="mark_number"),
            models.CheckConstraint(
                condition=(
                    Q(code=Code.PARTLY, minutes__gt=0, minutes__lt=F("session_minutes"))
                    | (~Q(code=Code.PARTLY) & Q(minutes=None))
                ),
                name="mark_minutes_of_part",
                violation_error_message=_("A part of the day is fewer minutes than the whole."),
            ),
            models.CheckConstraint(
                condition=Q(code=Code.SICK) & ~Q(certificate="") | ~Q(code=Code.SICK) & Q(certificate=""),
                name="mark_certificate",
                violation_error_message=_("State whether a certificate has been seen."),
            ),
            models.CheckConstraint(
                condition=~Q(code=Code.NOT_ACCEPTED) | ~Q(note=""),
                name="mark_not_accepted_has_note",
                violation_error_message=_("A reason that is not accepted needs a note."),
            ),
            models.CheckConstraint(
                condition=~Q(capacity=Capacity.ORGANISER)
                | Q(code__in=["present", "partly", "absent"], note=""),
                name="mark_organiser_gives_no_reasons",
                violation_error_message=_("The workplace says who was there, not why somebody was not."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(replaces=None)
                    | ~Q(reason_for_change="")
                    | ~Q(code__in=[Code.PRESENT, Code.PARTLY, Code.ABSENT])
                ),
                name="mark_correction_has_reason",
                violation_error_message=_("A correction says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.number} {self.code}"

    @property
    def attended(self) -> int:
        """How many minutes somebody was there by this mark."""
        return {Code.PRESENT: self.session_minutes, Code.PARTLY: self.minutes or 0}.get(Code(self.code), 0)
