"""Why something in My day is not put aside."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class DayRefusal(Refusal):
    """Why a matter stays in My day."""

    CANNOT_WAIT = "matter_cannot_wait", _("This cannot be put off.")
    NOT_NEWS = "matter_is_no_news", _("There is something to do here. Do it, or put it off.")
    NO_REASON = "put_off_without_reason", _("Write in a few words why it can wait.")
    DAY_PAST = "put_off_to_day_past", _("Choose a day to come.")
    TOO_FAR = "put_off_too_far", _("This is put off for %(days)s days at most. Choose an earlier day.")
