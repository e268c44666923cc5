"""A row of My day, and the words for when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from backend.core.ui import words
from backend.core.ui.next import Action, Next
from backend.core.writing.once import key_from
from backend.home.enums import CANNOT_WAIT, LONGEST, RED_LONGEST, Matter, Part
from backend.participants.models import Participant

TONES = ("danger", "warning", "success", "info", "neutral")
"""The reddest first."""


@dataclass(frozen=True)
class Todo:
    """One matter: why it stands here, about what, since when, and the one action.

    `stands` tells how the matter stands, so that what was put off comes back when that changes; `also` holds
    what more is due in it, `page` where it is read about when the action leads elsewhere, `closes` a second
    way to be done with it. `is_news` is there only to be known.
    """

    matter: Matter
    part: Part
    reason: Promise | str
    title: str
    url: str
    action: str
    since: date | None
    thing: UUID | None = None
    tone: str = "info"
    person: UUID | None = None
    """Whose data the row shows, for the log of looks."""
    phone: str = ""
    when: str = ""
    stands: str = ""
    also: tuple[str, ...] = ()
    page: str = ""
    closes: Action | None = None
    is_news: bool = False

    @property
    def may_wait(self) -> bool:
        """Whether it may be put off until a day."""
        return self.thing is not None and self.matter not in CANNOT_WAIT and not self.is_news

    @property
    def is_red(self) -> bool:
        """Whether somebody says that it goes badly."""
        return self.part == Part.RED

    @property
    def longest(self) -> timedelta:
        """How long it may be put off at most."""
        return RED_LONGEST if self.is_red else LONGEST

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands: of what is red the newest first, then the reddest and what has waited longest."""
        day = (self.since or date.max).toordinal()
        at = list(Part).index(self.part)
        tone = TONES.index(self.tone)
        return (at, -day, tone) if self.is_red else (at, tone, day)


def of_step(step: Next) -> dict[str, Any]:
    """Return what a row takes over of what comes next about a thing."""
    return {"reason": step.reason, "action": step.do, "tone": step.mark}


def of_person(participant: Participant) -> dict[str, Any]:
    """Return whose data a row shows, and the number to call; that of a protected identity is in the file."""
    phone = participant.phone if participant.is_findable else ""
    return {"person": participant.pk, "phone": phone}


def called(participant: Participant) -> str:
    """Return what a row calls somebody: a protected identity is known by its reference alone."""
    return str(participant) if participant.is_findable else participant.reference


def standing_as(*parts: object) -> str:
    """Return how a matter stands, as a key that is the same as long as none of `parts` changes."""
    return key_from(*map(str, parts))


def due(on: date, *, today: date) -> str:
    """Return "11 months late", "today" or "in 3 days"."""
    late = (today - on).days
    return _("%(time)s late") % {"time": words.stretch(late)} if late > 0 else words.days_passed(late)


def has_waited(since: date, *, today: date) -> str:
    """Return "has waited 5 days"."""
    passed = (today - since).days
    return words.waited(words.stretch(passed), passed=passed)
