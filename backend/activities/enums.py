"""Weekdays, what becomes of a session, and what is said of who was there."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from backend.core.writing.lifecycle import Lifecycle


class Weekday(IntegerChoices):
    """As ISO counts them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class SessionState(TextChoices):
    PLANNED = "planned", _("Planned")
    OFF_BY_ORGANISER = "off_by_organiser", _("Called off by the workplace")
    OFF_BY_UNIT = "off_by_unit", _("Called off by the municipality")
    OFF_BY_PARTICIPANT = "off_by_participant", _("Called off by the participant")
    HOLIDAY = "holiday", _("Public holiday")


CALLED_OFF = (SessionState.OFF_BY_ORGANISER, SessionState.OFF_BY_UNIT, SessionState.OFF_BY_PARTICIPANT)
SESSION_LIFECYCLE = Lifecycle(
    moves={
        SessionState.PLANNED: frozenset(CALLED_OFF),
        # A workplace that is open on a holiday takes the session up again.
        **{state: frozenset({SessionState.PLANNED}) for state in (*CALLED_OFF, SessionState.HOLIDAY)},
    },
)


class Capacity(TextChoices):
    """As what somebody says who was there: three voices, of which none overwrites another."""

    ORGANISER = "organiser", _("the workplace")
    COACH = "coach", _("the job coach")
    PARTICIPANT = "participant", _("the participant")


class Source(TextChoices):
    """How a mark came in."""

    ORGANISER = "organiser", _("the workplace, one day")
    COACH = "coach", _("the job coach")
    ROLL_CALL = "roll_call", _("the workplace, for everybody there")
    IMPORT = "import", _("brought in from elsewhere")
    PARTICIPANT = "participant", _("the participant")


class Presence(TextChoices):
    """What the workplace says and reads: whether somebody was there, never why not."""

    PRESENT = "present", _("Present")
    PARTLY = "partly", _("Part of the day")
    ABSENT = "absent", _("Absent")
    NO_DAY = "no_day", _("Not a day at the workplace")


class Code(TextChoices):
    """What a mark says. Reasons are coded, and none tells what ails anybody."""

    PRESENT = "present", _("Present")
    PARTLY = "partly", _("Part of the day")
    ABSENT = "absent", _("Absent, no reason stated")
    ACCEPTED = "accepted", _("Absent, accepted reason")
    NOT_ACCEPTED = "not_accepted", _("Absent, reason not accepted")
    UNDER_REVIEW = "under_review", _("Absent, reason under review")
    SICK = "sick", _("Absent, reported sick")
    ELSEWHERE = "elsewhere", _("Elsewhere according to plan")
    CALLED_OFF = "called_off", _("Called off by the workplace or the municipality")
    NO_ACTIVITY_DAY = "no_activity_day", _("Not an activity day")


class Certificate(TextChoices):
    """Whether a certificate has been seen; it is never kept here."""

    NOT_YET_DUE = "not_yet_due", _("Not needed yet")
    SEEN = "seen", _("Seen")
    NOT_SEEN = "not_seen", _("Not seen")


class AbsenceKind(TextChoices):
    """Why somebody will be away, as coarsely as it can be said. Never health."""

    CANNOT_COME = "cannot_come", _("I cannot come")
    LATE_OR_EARLY = "late_or_early", _("I come later or leave earlier")
    ELSEWHERE = "elsewhere", _("I am somewhere else according to plan")


PRESENCE_OF = {
    Code.PRESENT: Presence.PRESENT,
    Code.PARTLY: Presence.PARTLY,
    Code.CALLED_OFF: Presence.NO_DAY,
    Code.NO_ACTIVITY_DAY: Presence.NO_DAY,
}
"""What the workplace reads of a code; every other is an absence."""
CODES_FOR: dict[str, tuple[Code, ...]] = {
    Capacity.ORGANISER: (Code.PRESENT, Code.PARTLY, Code.ABSENT),
    Capacity.PARTICIPANT: (
        Code.PRESENT,
        Code.PARTLY,
        Code.ABSENT,
        Code.ELSEWHERE,
        Code.CALLED_OFF,
        Code.NO_ACTIVITY_DAY,
    ),
    Capacity.COACH: tuple(Code),
}
"""What each may say: the participant a part of what the coach may, the workplace no reasons."""
WAITS_FOR_REASON = (Code.ABSENT, Code.UNDER_REVIEW)
"""An absence whose reason is yet to be stated; stating it corrects nobody."""


def presence_of(code: str) -> Presence:
    """Return what the workplace reads of `code`."""
    return PRESENCE_OF.get(Code(code), Presence.ABSENT)
