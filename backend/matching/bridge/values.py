"""How columns that people and openings share become values of the engine."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from backend.skills.enums import LanguageLevel, Resolution

CEFR = {level: step for step, level in enumerate(LanguageLevel.values, start=1)}
UNDERSTOOD = (Resolution.ACCEPTED, Resolution.CONFIRMED)


def columns(row: Model, names: Iterable[str]) -> tuple[Any, ...]:
    """Return what `values_list` would of a row that is read; None where a row is missing on the way."""

    def column(path: str) -> Any:
        found: Any = row
        for name in path.split("__"):
            found = getattr(found, name, None)
        return found

    return tuple(map(column, names))


def meaning(concept: int | None, resolution: str) -> str | None:
    """Return the engine's name of a concept that a text was surely understood as; None where it was not."""
    return str(concept) if concept is not None and resolution in UNDERSTOOD else None


def levels(languages: Mapping[str, str]) -> dict[str, int]:
    """Return the steps of CEFR, from 1; what nobody has said is left out."""
    return {code: CEFR[level] for code, level in languages.items() if level}
