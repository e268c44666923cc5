"""Whom to call: what was agreed, who has not been heard of, who has waited long; cases without a coach."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.accounts.models import User
from backend.core.ui import words
from backend.home.cases.open_cases import to_hand_over
from backend.home.day.todo import Todo, called, due, has_waited, of_person, standing_as
from backend.home.enums import Matter, Part
from backend.internships.models import FollowUp
from backend.matching.enums import TAKEN_STATES
from backend.matching.models import Proposal
from backend.participants.enums import MATCHABLE_STATES, ParticipantState
from backend.participants.file.contacts import address_from_my_day
from backend.participants.models import Contact, Participant, ParticipantQuerySet
from backend.participants.responsible import handled_without_coach

SILENT = timedelta(days=60)
"""So long without a contact somebody is called."""
WAITED_LONG = timedelta(days=90)
CALLED_LATELY = timedelta(days=30)
"""Who has been called so lately is not named for having waited long."""
LONGEST_WAITING_SHOWN = 5
TO_BE_CALLED = (*MATCHABLE_STATES, ParticipantState.IN_INTERNSHIP)


def without_coach(manager: User) -> Iterator[Todo]:
    """Yield one row for all the cases that `manager` has to give a coach."""
    if count := to_hand_over(manager).count():
        title = ngettext("%(n)s case", "%(n)s cases", count) % {"n": count}
        yield _hand_over(title)


def _hand_over(title: str, person: Participant | None = None) -> Todo:
    return Todo(
        matter=Matter.HAND_OVER,
        part=Part.YOURS,
        reason=_("Cases without a job coach"),
        title=title,
        url=reverse("home:hand_over"),
        action=_("Hand over"),
        since=None,
        tone="danger",
        person=person.pk if person else None,
    )


def people(coach: User, cases: ParticipantQuerySet, *, today: date) -> Iterator[Todo]:
    """Yield one row a person, for the first reason that holds; any contact ends it."""
    waiting_shown = 0
    for person in _to_call(coach, cases, today=today):
        row = _row(person, today=today)
        if row.tone == "neutral" and not person.is_silent:
            waiting_shown += 1
        if waiting_shown <= LONGEST_WAITING_SHOWN or row.tone != "neutral" or person.is_silent:
            yield row


def _to_call(coach: User, cases: ParticipantQuerySet, *, today: date) -> Any:
    """Return who is to be called, each with `next_on`, `next_step`, `is_silent` and `lacks_coach`.

    Who is in an internship is heard of in its follow-ups too; a protected identity that the coach handles and
    nobody coaches is there to be handed over.
    """
    newest = Contact.objects.filter(participant=OuterRef("pk"))
    taken = Proposal.objects.filter(state__in=TAKEN_STATES, participant=OuterRef("pk"))
    heard_of = FollowUp.objects.filter(
        internship__participant=OuterRef("pk"), closed_at__date__gt=today - SILENT
    )
    handled = Q(pk__in=handled_without_coach(coach).order_by().values("pk"))
    in_touch = Coalesce("last_contact_on", "enrolled_on")
    mine = Q(pk__in=cases.exclude(state=ParticipantState.ENDED).order_by().values("pk"))
    silent = mine & Q(in_touch_on__lte=today - SILENT, state__in=TO_BE_CALLED) & Q(~Exists(heard_of))
    long = mine & Q(~Exists(taken), state__in=MATCHABLE_STATES, waiting_since__lte=today - WAITED_LONG)
    long &= Q(last_contact_on=None) | Q(last_contact_on__lte=today - CALLED_LATELY)
    found: Any = Participant.objects.visible_to(coach).annotate(
        in_touch_on=in_touch,
        next_on=Subquery(newest.values("next_on")[:1]),
        next_step=Subquery(newest.values("next_step")[:1]),
    )
    found = found.filter((mine & Q(next_on__lte=today)) | silent | long | handled)
    found = found.annotate(
        is_silent=Case(When(silent, then=Value(True)), default=Value(False)),
        lacks_coach=Case(When(handled, then=Value(True)), default=Value(False)),
    )
    return found.order_by("waiting_since", "pk")


def _row(person: Any, *, today: date) -> Todo:
    if person.lacks_coach:
        return _hand_over(person.reference, person)
    if person.next_on and person.next_on <= today:
        return _next_step(person, today=today)
    return _silent(person, today=today) if person.is_silent else _waiting(person, today=today)


def _about(person: Any, **more: Any) -> Todo:
    facts: dict[str, Any] = {
        "matter": Matter.PERSON,
        "part": Part.PLAN,
        "title": called(person),
        "url": address_from_my_day(person.pk),
        "page": person.get_absolute_url(),
        "action": _("Note a contact"),
        "thing": person.pk,
        "tone": "neutral",
        "stands": standing_as(person.last_contact_on, person.next_on),
        **of_person(person),
    }
    return Todo(**{**facts, **more})


def _next_step(person: Any, *, today: date) -> Todo:
    """Return the row of what was agreed at the last contact, once its day has come."""
    title = f"{called(person)} · {person.next_step}"
    words_for = {"reason": _("Next step"), "title": title, "when": due(person.next_on, today=today)}
    return _about(person, part=Part.NOW, since=person.next_on, tone="info", **words_for)


def _silent(person: Any, *, today: date) -> Todo:
    passed = words.stretch((today - person.in_touch_on).days)
    reason = _("No contact for %(time)s") % {"time": passed}
    waits = person.is_matchable and person.waiting_since <= today - WAITED_LONG
    when = has_waited(person.waiting_since, today=today) if waits else ""
    return _about(person, reason=reason, since=person.in_touch_on, when=when)


def _waiting(person: Any, *, today: date) -> Todo:
    """Return the row of who has waited long; a protected identity is matched by no list."""
    words_for = {"reason": _("Has waited long"), "when": has_waited(person.waiting_since, today=today)}
    if person.is_findable:
        places = reverse("matching:openings_for", args=[person.pk])
        words_for |= {"url": places, "action": _("Find places")}
    return _about(person, since=person.waiting_since, **words_for)
