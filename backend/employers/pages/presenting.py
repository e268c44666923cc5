"""Openings in the words that readers see; nothing here decides anything."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.accounts.models import User
from backend.core.templatetags.ui import km, period
from backend.core.timeline import timeline
from backend.core.ui.steps import steps_of
from backend.employers.enums import OPENING_LIFECYCLE, OpeningState
from backend.employers.models import Employer, EmployerContact, Opening, Workplace
from backend.employers.services import RequirementDraft
from backend.employers.work_facts import grouped, in_words
from backend.skills import wording


@dataclass(frozen=True)
class Knows:
    """A colleague who knows an employer: how many contacts, and when the last was."""

    name: str
    times: int
    last: date


def known_by(noted: Sequence[EmployerContact]) -> list[Knows]:
    """Return who has had contact with an employer, who has had most first; `noted` has the newest first."""
    last: dict[User, date] = {}
    for each in noted:
        last.setdefault(each.recorded_by, each.happened_on)
    times = Counter(each.recorded_by for each in noted)
    return [Knows(str(who), count, last[who]) for who, count in times.most_common()]


def places_left(opening: Opening) -> str:
    """Return how many of the places are left, in words."""
    return _left_of(opening.places, opening.places_left)


def _left_of(places: int, left: int) -> str:
    words = ngettext("%(left)s of %(n)s place left", "%(left)s of %(n)s places left", places)
    return words % {"left": left, "n": places}


def room_for(places: int, left: int) -> str:
    """Return how many people there is room for now, in words."""
    if left == places:
        return ngettext("%(n)s place", "%(n)s places", places) % {"n": places}
    return _left_of(places, left)


def when(starts_on: date | None, ends_on: date | None) -> str:
    """Return when an opening is, in words."""
    return period(starts_on, ends_on) if starts_on or ends_on else _("Any time")


def away(distance: float | None) -> str:
    """Return the distance in brackets where a list is seen from a place; places are towns, not doors."""
    if distance is None:
        return ""
    return f" ({_('less than 1 km') if distance < 1 else km(distance)})"


def way_from_stop(workplace: Workplace) -> str:
    """Return the nearest stop, with the minutes on foot where they are told."""
    minutes = workplace.walk_minutes
    if not workplace.nearest_stop or minutes is None:
        return workplace.nearest_stop
    words = ngettext("%(stop)s, %(n)s minute on foot", "%(stop)s, %(n)s minutes on foot", minutes)
    return words % {"stop": workplace.nearest_stop, "n": minutes}


@dataclass(frozen=True)
class Description:
    """What the page of an opening says, whether the opening is stored or only typed so far."""

    opening: Opening
    occupation: str
    essential: Sequence[str]
    desirable: Sequence[str]

    @property
    def promise(self) -> str:
        """What comes after the internship."""
        return self.opening.promise

    @property
    def period(self) -> str:
        """When it is."""
        return when(self.opening.starts_on, self.opening.ends_on)

    @property
    def hours(self) -> str:
        """How much of the week."""
        return wording.hours_a_week(self.opening.hours_min, self.opening.hours_max)

    @property
    def weekdays(self) -> str:
        """Which days, the whole working week in one."""
        return wording.weekdays(self.opening.weekdays)

    @property
    def places(self) -> str:
        """How many people there is room for now."""
        return room_for(self.opening.places, self.opening.places_left)

    @property
    def languages(self) -> list[str]:
        """Languages with their levels, Swedish first."""
        return wording.languages(self.opening.languages)

    @property
    def licences(self) -> list[str]:
        """Licences and certificates that are needed."""
        return [wording.licence(code) for code in self.opening.licences]

    @property
    def adaptations(self) -> list[str]:
        """What the employer can arrange."""
        offered = {*self.opening.adaptations, *self.opening.workplace.adaptations_offered}
        return [wording.adaptation(code) for code in sorted(offered)]

    @property
    def how_it_is(self) -> list[tuple[str, list[str]]]:
        """How it is there, under headings: each fact that is told, with its answer."""
        facts = self.opening.facts
        told = [
            (str(heading), [in_words(each, is_so=facts[each]) for each in group if each in facts])
            for heading, group in grouped()
        ]
        return [(heading, rows) for heading, rows in told if rows]

    @property
    def way_there(self) -> str:
        """The nearest stop and how far it is from there; nothing where nobody has told."""
        return way_from_stop(self.opening.workplace)


def describe(opening: Opening) -> Description:
    """Return the description of a stored opening."""
    occupation = getattr(opening, "occupation", None)
    requirements = list(opening.requirements.all())
    return Description(
        opening,
        occupation.name if occupation else "",
        [each.name for each in requirements if each.essential],
        [each.name for each in requirements if not each.essential],
    )


def describe_typed(
    opening: Opening, *, occupation: str, requirements: Iterable[RequirementDraft]
) -> Description:
    """Return the description of an opening as it is typed so far."""
    wanted = list(requirements)
    return Description(
        opening,
        occupation,
        [each.text for each in wanted if each.essential],
        [each.text for each in wanted if not each.essential],
    )


def steps_of_opening(opening: Opening) -> list[dict[str, Any]]:
    """Return the steps of an opening; approval is one only for an employer who is new or where it waits."""
    labels = dict(OpeningState.choices)
    steps = steps_of(
        OPENING_LIFECYCLE,
        opening.state,
        labels,
        reached=OpeningState.PUBLISHED if opening.published_at else OpeningState.DRAFT,
    )
    is_new = opening.workplace.employer.is_new
    if is_new or opening.awaits_approval:
        return steps
    return [
        step
        for state, step in zip(OPENING_LIFECYCLE.steps, steps, strict=True)
        if state != OpeningState.AWAITING_APPROVAL
    ]


def timeline_of(employer: Employer, *, reader: User) -> list[dict[str, Any]]:
    """Return what has happened to an employer, to what was merged into it, its members and its workplaces."""
    merged = Employer.with_merged.filter(merged_into=employer)
    about = [employer, *employer.memberships.all(), *employer.workplaces.all()]
    return timeline(*about, reader=reader.persona, also=merged)
