"""What employers wait for, what was agreed with them, and whose checks run out."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.enums import MembershipState
from backend.employers.forms.contacts import address_from_my_day
from backend.employers.models import EmployerCheck, EmployerContact, EmployerMembership, Opening
from backend.employers.pages.next import next_about_checks, next_about_member, next_for_approver
from backend.home.day.todo import Todo, due, has_waited, of_step, standing_as
from backend.home.enums import Matter, Part

CHECKS_END_SOON = timedelta(days=30)


def approvals(coach: User, *, today: date) -> Iterator[Todo]:
    """Yield the openings that wait to be read, and who asks to speak for an employer."""
    waiting = Opening.objects.visible_to(coach, on=today).waiting_for_approval()
    for opening in waiting.select_related("workplace__employer").order_by("state_changed_at", "pk"):
        if step := next_for_approver(opening, obstacles=()):
            since = day_of(opening.state_changed_at)
            yield Todo(
                matter=Matter.OPENING,
                part=Part.YOURS,
                title=f"{opening} · {opening.workplace.employer}",
                url=opening.get_absolute_url(),
                since=since,
                when=has_waited(since, today=today),
                thing=opening.pk,
                stands=standing_as(opening.state_changed_at),
                **of_step(step),
            )
    yield from _requests(coach, today=today)


def _requests(coach: User, *, today: date) -> Iterator[Todo]:
    requests = EmployerMembership.objects.filter(
        employer__municipality__in=coach.municipality_ids(), state=MembershipState.REQUESTED
    )
    for request in requests.select_related("employer", "user").order_by("created_at", "pk"):
        if step := next_about_member(request, may_decide=True, is_only_administrator=False):
            since = day_of(request.created_at)
            yield Todo(
                matter=Matter.MEMBER,
                part=Part.YOURS,
                title=f"{request.user} · {request.employer}",
                url=reverse("employers:employer_detail", args=[request.employer_id]),
                since=since,
                when=has_waited(since, today=today),
                thing=request.pk,
                phone=request.user.phone,
                stands=standing_as(request.state_changed_at),
                **of_step(step),
            )


def checks(coach: User, *, today: date) -> Iterator[Todo]:
    """Yield the employers with places whose checks have run out or soon will, the first day of each."""
    theirs = EmployerCheck.objects.filter(employer__municipality__in=coach.municipality_ids())
    ending = theirs.running_out(by=today + CHECKS_END_SOON, on=today).select_related("employer")
    met: set[UUID] = set()
    for check in ending.order_by("valid_until", "pk"):
        if check.employer_id in met:
            continue
        met.add(check.employer_id)
        step, until = next_about_checks(check, today=today), check.valid_until
        yield Todo(
            matter=Matter.CHECKS,
            part=Part.PLAN,
            title=str(check.employer),
            url=step.actions[0].url,
            since=until,
            when=due(until, today=today),
            thing=check.employer_id,
            stands=standing_as(until, until < today),
            page=reverse("employers:employer_detail", args=[check.employer_id]),
            **of_step(step),
        )


def agreed(coach: User, *, today: date) -> Iterator[Todo]:
    """Yield the employers with whom a next step is agreed that has come; any new contact ends it."""
    lines = EmployerContact.objects.agreed_with(coach, by=today).select_related("employer")
    for line in lines.order_by("next_on", "pk"):
        on = line.next_on or today
        yield Todo(
            matter=Matter.EMPLOYER,
            part=Part.PLAN,
            reason=line.next_step,
            title=str(line.employer),
            url=address_from_my_day(line.employer_id),
            action=_("Note a contact"),
            since=on,
            when=due(on, today=today),
            thing=line.employer_id,
            tone="warning" if on < today else "neutral",
            stands=standing_as(line.pk),
            page=reverse("employers:employer_detail", args=[line.employer_id]),
        )
