"""Whose turn it is at a workplace of the demo: a few come, then somebody is hired, as a good one does."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from backend.demo.evaluations import Placement
from backend.demo.trades import LOOKS_EXPLOITATIVE
from backend.demo.world import Workshop

SO_MANY: Final = 2
"""So many come before somebody is hired: with one more the municipality would ask."""
SOON: Final = 0.9
"""The chance that somebody who did well is hired once the next one would be one too many."""


@dataclass
class Turns:
    """Who has come to each opening since somebody was hired from it: the first days."""

    came: defaultdict[UUID | None, list[date]] = field(default_factory=lambda: defaultdict(list))

    def may_come(self, workshop: Workshop, opening: UUID | None, placements: Iterable[Placement]) -> bool:
        """Tell whether one more is no cause to ask; the workplace that looks exploitative asks for all."""
        if workshop.employer.name == LOOKS_EXPLOITATIVE:
            return True
        at_once = sum(each.workshop is workshop for each in placements)
        for_its_size = (workshop.employer.employees or 0) * 3 // 10
        return len(self.came[opening]) < SO_MANY and at_once < max(2, for_its_size)

    def take(self, opening: UUID | None, day: date) -> None:
        """Note that somebody has come."""
        self.came[opening].append(day)

    def hire(self, opening: UUID | None, day: date) -> None:
        """Note that somebody was hired, for whom those came who had come by then."""
        self.came[opening] = [each for each in self.came[opening] if each > day]

    def chance(self, usual: float, placement: Placement) -> float:
        """Return the chance of a job after a placement."""
        is_soon = placement.goes_well and len(self.came[placement.internship.opening_id]) >= SO_MANY
        return SOON if is_soon else usual
