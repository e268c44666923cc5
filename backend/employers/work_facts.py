"""What is so at a workplace – lifting, noise, night, stairs – and which needs that answers.

Facts are yes, no or not told, and not told is not no. The matcher compares needs with what can be had; this
is the one place where a fact becomes an answer to a need, for its bridge, the search and the pages alike.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.skills.enums import Adaptation


class WorkFact(TextChoices):
    """Something about a workplace or the work there that is so or is not. Nothing about anybody."""

    WITHOUT_CAR = "without_car", _("Can be reached without a car")
    PARKING = "parking", _("Parking by the entrance")
    STEP_FREE = "step_free", _("Step-free all the way in")
    ACCESSIBLE_TOILET = "accessible_toilet", _("Accessible toilet")
    LIFTING = "lifting", _("Heavy lifting")
    STANDING = "standing", _("Standing or walking most of the day")
    STAIRS = "stairs", _("Stairs in the work")
    HEIGHTS = "heights", _("Work high up")
    SCREEN = "screen", _("Most of the day at a screen")
    PHONE = "phone", _("Answering the telephone")
    CUSTOMERS = "customers", _("Meeting customers or guests")
    FOOD = "food", _("Handling food")
    ANIMALS = "animals", _("Contact with animals")
    ALONE = "alone", _("Working alone")
    EVENINGS = "evenings", _("Work in the evening")
    NIGHTS = "nights", _("Work at night")
    OUTDOORS = "outdoors", _("Mostly outdoors")
    NOISE = "noise", _("Noise")
    CROWD = "crowd", _("Many people around")
    SCENTS = "scents", _("Strong scents")
    DUST = "dust", _("Dust or chemicals")
    ALLERGENS = "allergens", _("Nuts, shellfish, flour or latex")


GROUPS: Final = (
    (_("Getting there and in"), WorkFact.WITHOUT_CAR, WorkFact.ACCESSIBLE_TOILET),
    (_("The work"), WorkFact.LIFTING, WorkFact.ALONE),
    (_("Evening and night"), WorkFact.EVENINGS, WorkFact.NIGHTS),
    (_("Around one"), WorkFact.OUTDOORS, WorkFact.ALLERGENS),
)
"""The facts as they are asked for: a heading, the first and the last of what stands under it."""


def grouped() -> list[tuple[Any, list[WorkFact]]]:
    """Return the facts under their headings, in the order in which they are asked for."""
    order = list(WorkFact)
    return [(heading, order[order.index(first) : order.index(last) + 1]) for heading, first, last in GROUPS]


Facts = Mapping[str, bool]


@dataclass(frozen=True)
class Answer:
    """When a need is met by how it is: all of `met` (nothing: never), and when it is not: any of `unmet`.

    The two exclude each other: what is met by facts has none of those that stand against it.
    """

    met: Facts
    unmet: Facts


def _without(*facts: WorkFact) -> Answer:
    return Answer(dict.fromkeys(facts, False), dict.fromkeys(facts, True))


def _having(*facts: WorkFact) -> Answer:
    return Answer(dict.fromkeys(facts, True), dict.fromkeys(facts, False))


ANSWERS: Final[Mapping[str, Answer]] = {
    Adaptation.NO_LIFTING: _without(WorkFact.LIFTING),
    Adaptation.NO_HEIGHTS: _without(WorkFact.HEIGHTS),
    Adaptation.NO_SCREEN: _without(WorkFact.SCREEN),
    Adaptation.NO_PHONE: _without(WorkFact.PHONE),
    Adaptation.NO_CUSTOMERS: _without(WorkFact.CUSTOMERS),
    Adaptation.NO_FOOD: _without(WorkFact.FOOD),
    Adaptation.NO_ANIMALS: _without(WorkFact.ANIMALS),
    Adaptation.NOT_ALONE: _without(WorkFact.ALONE),
    Adaptation.NO_NIGHTS: _without(WorkFact.NIGHTS),
    Adaptation.DAYTIME: _without(WorkFact.EVENINGS, WorkFact.NIGHTS),
    Adaptation.INDOORS: _without(WorkFact.OUTDOORS),
    Adaptation.FEW_PEOPLE: _without(WorkFact.CROWD),
    Adaptation.SCENT_FREE: _without(WorkFact.SCENTS),
    Adaptation.NO_DUST: _without(WorkFact.DUST),
    Adaptation.NO_ALLERGENS: _without(WorkFact.ALLERGENS),
    Adaptation.WITHOUT_CAR: _having(WorkFact.WITHOUT_CAR),
    Adaptation.ACCESSIBLE_TOILET: _having(WorkFact.ACCESSIBLE_TOILET),
    Adaptation.STEP_FREE: Answer(
        {WorkFact.STEP_FREE: True, WorkFact.STAIRS: False}, {WorkFact.STEP_FREE: False, WorkFact.STAIRS: True}
    ),
    # A place without noise need not be calm, nor is sitting all that is not standing: these are asked about.
    Adaptation.CALM: Answer({}, {WorkFact.NOISE: True}),
    Adaptation.SEATED: Answer({}, {WorkFact.STANDING: True}),
}


def in_words(code: str, *, is_so: bool) -> str:
    """Return a fact with its answer."""
    words = gettext("%(fact)s: yes") if is_so else gettext("%(fact)s: no")
    return words % {"fact": WorkFact(code).label}


def in_force(
    present: Iterable[str], absent: Iterable[str], *, own_present: Iterable[str], own_absent: Iterable[str]
) -> dict[str, bool]:
    """Return the facts of an opening by code: those of its workplace, unless it says otherwise."""
    said = dict.fromkeys(present, True) | dict.fromkeys(absent, False)
    return said | dict.fromkeys(own_present, True) | dict.fromkeys(own_absent, False)


def can_be_had(
    facts: Facts, *, offered_here: Collection[str], offered: Collection[str], refused: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return which needs an opening answers, and which it cannot; what is in neither is to be asked.

    What somebody has said can be arranged counts first, then what is so without being arranged, then what
    cannot be arranged or is otherwise. What the opening offers goes before its workplace's no.
    """
    met, unmet = _by_facts(tuple(sorted(facts.items())))
    had = {*offered_here, *offered} | met
    return frozenset(had), (frozenset(refused) | unmet) - had


def why_not(code: str, facts: Facts) -> list[tuple[str, bool]]:
    """Return the facts, with their answers, that stand against a need."""
    answer = ANSWERS.get(code)
    return [each for each in answer.unmet.items() if facts.get(each[0]) is each[1]] if answer else []


def reasons_against(code: str, facts: Facts) -> list[str]:
    """Return the same in words."""
    return [in_words(fact, is_so=is_so) for fact, is_so in why_not(code, facts)]


@lru_cache(maxsize=4096)
def _by_facts(said: tuple[tuple[str, bool], ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the needs that facts meet and those that they stand against; many workplaces say the same."""
    facts = dict(said)
    unmet = {code for code in ANSWERS if why_not(code, facts)}
    met = {code for code, answer in ANSWERS.items() if answer.met and answer.met.items() <= facts.items()}
    return frozenset(met), frozenset(unmet)
