"""First and last days and follow-ups as calendars read them: nobody's name."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.calendars import Entry, register
from backend.internships.models import FollowUp, Internship


@register
def days_of_internships(user: User, since: date, until: date) -> Iterator[Entry]:
    """Yield first and last days and follow-ups that concern `user`; a coach's of the coach's cases."""
    mine = Internship.objects.listed_for(user).open()
    if user.persona == Persona.STAFF:
        mine = mine.filter(participant__coach=user)
    placements = list(mine.select_related("workplace").order_by("starts_on", "pk"))
    for placement in placements:
        for key, day, title in (
            ("first", placement.starts_on, _("Internship begins")),
            ("last", placement.ends_on, _("Internship ends")),
        ):
            if since <= day <= until:
                yield _entry(placement, f"{placement.pk}-{key}", day, title)
    due = FollowUp.objects.listed_for(user).still_open().filter(internship__in=placements)
    for follow_up in due.filter(due_on__range=(since, until)).order_by("due_on", "pk"):
        placement = next(each for each in placements if each.pk == follow_up.internship_id)
        yield _entry(placement, str(follow_up.pk), follow_up.due_on, _("Follow-up"))


def _entry(placement: Internship, key: str, day: date, title: str) -> Entry:
    return Entry(
        key=key,
        title=title,
        starts=day,
        ends=None,
        changed_at=placement.state_changed_at,
        path=placement.get_absolute_url(),
        place=str(placement.workplace),
    )
