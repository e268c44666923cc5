"""The title and words of the opening behind lasting places, made of what was said of them."""

import re
from typing import Any

from django.utils.text import Truncator, capfirst

from backend.employers.models import Capacity
from backend.employers.services.words import RequirementDraft

LONGEST_TITLE = 80
MOST_SKILLS = 8
BETWEEN = re.compile(r"[,;.\n]| och | samt | and ")
SHORTEST, LONGEST = 3, 60


def parts_of(work: str) -> list[str]:
    """Return what one can do there, one thing each, as they were said."""
    parts = (" ".join(part.split()) for part in BETWEEN.split(work))
    return [part for part in parts if SHORTEST <= len(part) <= LONGEST]


def facts_made(work: str, support: str) -> dict[str, str]:
    """Return title and description of the opening."""
    said = " ".join(work.split()).rstrip(". ")
    title = Truncator(capfirst(re.split(r"[.;\n]", said)[0])).chars(LONGEST_TITLE)
    return {"title": title, "description": "\n\n".join(filter(None, [f"{capfirst(said)}.", support.strip()]))}


def skills_made(work: str) -> list[RequirementDraft]:
    """Return the skills that are good to have there."""
    return [RequirementDraft(part) for part in parts_of(work)[:MOST_SKILLS]]


def words_kept(capacity: Capacity, work: str, support: str) -> dict[str, Any]:
    """Return title, description and skills after a change: anew where they were made, else as they stand."""
    opening = capacity.opening
    stands = {"title": opening.title, "description": opening.description}
    was_made = stands == facts_made(capacity.work, capacity.support)
    asked = [each.text for each in opening.requirements.order_by("position", "pk")]
    made = [each.text for each in skills_made(capacity.work)]
    occupation = getattr(opening, "occupation", None)
    return {
        "facts": facts_made(work, support) if was_made else {},
        "occupation": occupation.text if occupation else "",
        "requirements": skills_made(work) if asked == made else _as_asked(capacity),
    }


def _as_asked(capacity: Capacity) -> list[RequirementDraft]:
    rows = capacity.opening.requirements.order_by("position", "pk")
    return [
        RequirementDraft(each.text, each.essential, each.concept_id if each.is_recognised else None)
        for each in rows
    ]
