"""What is done about internships by the clock: gates are looked for, codes are forgotten."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from backend.core.clock import day_of, midnight
from backend.core.models import OutboxMessage
from backend.core.running import schedule
from backend.internships.enums import UNDER_WAY
from backend.internships.models import Internship, SigningCode, UnionConsultation
from backend.internships.notifications import YEARLY_THANKS, send_thanks
from backend.internships.received import to_thank
from backend.internships.services import leave_union_unanswered, notice_gates

THANKED_FROM: Final = (1, 8)
"""Month and day from which the year that was is thanked for: when people are back at work."""
THANKED_FOR: Final = timedelta(weeks=6)
"""So long after that day who still is to be thanked is; later it would be no thanks for the year."""
CODES_KEPT: Final = timedelta(days=1)
"""As long as it is counted how many somebody has asked for."""


def forget_signing_codes(at: datetime) -> str:
    """Forget the codes for signing of more than a day ago; what they signed is kept without them."""
    gone, _each = SigningCode.objects.filter(sent_at__lte=at - CODES_KEPT).delete()
    return f"forgot {gone}"


def look_for_gates(at: datetime) -> str:
    """Judge every internship that goes on by the gates, and ask managers about what arose since it began."""
    going_on = Internship.objects.filter(state__in=UNDER_WAY).order_by("pk").values_list("pk", flat=True)
    return f"noticed {sum(notice_gates(internship_id=key, at=at) for key in list(going_on))}"


def follow_unions(at: datetime) -> str:
    """Note of questions to unions whose time is out that there was no answer."""
    late = UnionConsultation.objects.late(day_of(at)).order_by("pk").values_list("pk", flat=True)
    return f"noted {sum(leave_union_unanswered(consultation_id=key, at=at) for key in list(late))}"


FOLLOW_UNIONS = schedule.register(
    schedule.Job(
        "follow_unions",
        timedelta(hours=6),
        follow_unions,
        title=_("Follow questions to unions"),
        tells=_("Notes when a union has not answered in the time that it had."),
    )
)


def thank_employers(at: datetime) -> str:
    """Mail the thanks for the past year in its first weeks, to each employer once."""
    today = day_of(at)
    year, begins = today.year - 1, date(today.year, *THANKED_FROM)
    if not begins <= today <= begins + THANKED_FOR:
        return "thanked 0"
    mailed = OutboxMessage.objects.filter(kind=YEARLY_THANKS.name, created_at__gte=midnight(begins))
    left = list(to_thank(year=year, on=today).exclude(pk__in=mailed.values("subject_id")).order_by("pk"))
    for employer in left:
        send_thanks(employer, year=year, at=at)
    return f"thanked {len(left)}"


THANK_EMPLOYERS = schedule.register(
    schedule.Job(
        "thank_employers",
        timedelta(days=1),
        thank_employers,
        title=_("Thank employers for the year"),
        tells=_("In January, mails each employer that received somebody that its page of thanks is there."),
    )
)
LOOK_FOR_GATES = schedule.register(
    schedule.Job(
        "look_for_gates",
        timedelta(days=1),
        look_for_gates,
        title=_("Look at internships that go on"),
        tells=_("Asks the manager about what could keep somebody in or use people, when it arises."),
    )
)
FORGET_SIGNING_CODES = schedule.register(
    schedule.Job(
        "forget_signing_codes",
        timedelta(hours=1),
        forget_signing_codes,
        ends=(SigningCode,),
        title=_("Forget codes for signing"),
        tells=_("A code by which an agreement could be signed is deleted after a day."),
    )
)
