"""What was agreed at case reviews, and is not done in time."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.cooperation.models import ReviewAction
from backend.home.day.todo import Todo, called, due, of_person, standing_as
from backend.home.enums import Matter, Part


def actions(reader: User, *, today: date) -> Iterator[Todo]:
    """Yield the actions of `reader` whose day has come, and those in their cases whose owner cannot act."""
    waiting = ReviewAction.objects.due(on=today).in_day_of(reader, on=today).with_owner()
    for action in waiting.order_by("by_day", "pk"):
        yield _row(action, reader, today=today)


def _row(action: ReviewAction, reader: User, *, today: date) -> Todo:
    person = action.case.participant
    is_own = action.staff_id == reader.pk
    reason = _("Agreed at a case review")
    return Todo(
        matter=Matter.REVIEW,
        part=Part.NOW,
        reason=reason,
        title=f"{called(person)} · {action.what}",
        url=f"{person.get_absolute_url()}#reviews-heading",
        action=_("See what was agreed"),
        since=action.by_day,
        tone="warning" if action.by_day < today else "info",
        when=due(action.by_day, today=today),
        also=() if is_own else (_("%(owner)s cannot do it any more") % {"owner": action.owner},),
        thing=action.pk,
        stands=standing_as(action.by_day),
        **of_person(person),
    )
