"""Why a write about schedules, sessions and attendance is refused."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class ScheduleRefusal(Refusal):
    """Why a schedule is not taken."""

    DAY_TWICE = "schedule_day_twice", _("%(day)s: a weekday stands in a schedule once.")
    NOT_OFFERED = (
        "schedule_day_not_offered",
        _(
            "%(day)s: the lasting places receive nobody then. Choose among their days, or change those "
            "first: %(offered)s."
        ),
    )
    NO_DAYS = "schedule_without_days", _("State at least one day with from and to.")
    TOO_MANY_HOURS = (
        "schedule_too_many_hours",
        _("The schedule has %(planned)s hours a week, and %(agreed)s are agreed. Take away %(over)s hours."),
    )
    ENDS_BEFORE_START = "schedule_ends_before_start", _("The day must end after it begins: %(day)s.")
    BREAK_TOO_LONG = "schedule_break_too_long", _("The break is longer than the day: %(day)s.")
    OUTSIDE_PLACEMENT = (
        "schedule_outside_placement",
        _("The schedule begins within the internship: from %(first)s to %(last)s."),
    )
    PAST_STANDS = (
        "schedule_past_stands",
        _("Days that have been stand as they were. The new schedule begins today at the earliest."),
    )
    NOTHING_CHANGED = "schedule_as_before", _("This is the schedule that holds already.")
    OVER = "schedule_placement_over", _("The internship is over, and has no days to plan.")


class MarkRefusal(Refusal):
    """Why a mark is not taken."""

    NOT_STARTED = (
        "attendance_not_started",
        _("The day has not begun yet. Whoever will be away can be reported absent."),
    )
    CALLED_OFF = "attendance_session_off", _("That day is called off, so nobody is marked.")
    CODE_OF_OTHERS = "attendance_code_of_others", _("Choose one of the answers on the page.")
    NO_MINUTES = "attendance_no_minutes", _("State how many minutes, fewer than the whole day (%(all)s).")
    NO_WHY = "attendance_no_why", _("Something else is written already. State why it is changed.")
    NO_NOTE = (
        "attendance_no_note",
        _("State what the assessment rests on, so that it can be understood later."),
    )
    NO_CERTIFICATE = (
        "attendance_no_certificate",
        _("State if a certificate has been seen, has not been seen or is not needed yet."),
    )
    NOTHING_MARKED = "attendance_nothing_marked", _("Choose present, part of the day or absent for somebody.")


class SessionRefusal(Refusal):
    """Why a session is not called off."""

    MARKED = "session_marked", _("It is written already who was there, so the day cannot be called off.")
    NOT_YOURS = "session_off_by_other", _("Choose one of the answers on the page.")


class AbsenceRefusal(Refusal):
    """Why an absence is not reported or withdrawn."""

    BACKWARDS = "absence_ends_before_start", _("The last day cannot come before the first.")
    TOO_LONG = "absence_too_long", _("Report %(days)s days at most at a time. Talk to the job coach.")
    OUTSIDE_PLACEMENT = (
        "absence_outside_placement",
        _("The internship is from %(first)s to %(last)s. Choose days within it."),
    )
    NO_KIND = "absence_without_kind", _("Choose what it is about.")
    WITHDRAWN = "absence_withdrawn", _("The report is withdrawn already.")
