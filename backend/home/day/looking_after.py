"""What somebody has told of workplaces, and reviews of employers that wait for their manager."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.ui import words
from backend.home.day.todo import Todo, of_step
from backend.home.enums import Matter, Part
from backend.internships.models import Concern
from backend.safeguarding.enums import UNDECIDED
from backend.safeguarding.models import Review
from backend.safeguarding.pages.next import next_for_manager
from backend.safeguarding.services.appeals import may_decide_appeal


def told(reader: User, *, today: date) -> Iterator[Todo]:
    """Yield what was told of workplaces without an internship, that nobody has handled or looks into."""
    theirs = Concern.objects.visible_to(reader).unhandled().filter(internship=None)
    waiting = theirs.exclude(evidence__review__state__in=UNDECIDED).select_related("employer")
    for concern in waiting.order_by("raised_at", "pk"):
        since = day_of(concern.raised_at)
        yield Todo(
            matter=Matter.CONCERN,
            part=Part.RED,
            reason=_("Something is wrong at a workplace"),
            title=str(concern.employer or f"{concern.told_name}, {concern.told_place}"),
            url=_page_of(concern),
            action=_("Read what was told"),
            since=since,
            thing=concern.pk,
            tone="danger",
            when=words.days_passed((today - since).days),
        )


def _page_of(concern: Concern) -> str:
    if concern.employer is None:
        return reverse("safeguarding:concern_link", args=[concern.pk])
    return reverse("safeguarding:trust_page", args=[concern.employer_id])


def reviews(manager: User, *, today: date) -> Iterator[Todo]:
    """Yield the reviews that wait for `manager`."""
    waiting = Review.objects.managed_by(manager).awaiting_manager().select_related("employer")
    for review in waiting.order_by("state_changed_at", "pk"):
        step = next_for_manager(review, may_decide_appeal=may_decide_appeal(review, manager))
        if step is None or not step.actions:
            continue
        since = day_of(review.state_changed_at)
        yield Todo(
            matter=Matter.DECISION,
            part=Part.YOURS,
            title=str(review.employer),
            url=step.actions[0].url,
            since=since,
            thing=review.pk,
            when=words.days_passed((today - since).days),
            page=review.get_absolute_url(),
            **of_step(step),
        )
