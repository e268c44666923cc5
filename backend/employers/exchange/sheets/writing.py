"""What an exported file says of an opening, in words that an import reads again."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import TextChoices

from backend.employers.exchange.sheets.columns import COLUMNS, label_of
from backend.employers.models import Opening, OpeningQuerySet
from backend.employers.work_facts import WorkFact
from backend.skills.enums import Adaptation, Language, Licence, Weekday

WRITTEN: Final = (
    *(
        "workplace",
        "description",
        "occupation",
        "hours_min",
        "hours_max",
        "weekdays",
        "essential",
        "desirable",
    ),
    *("languages", "licences", "adaptations", "facts_present", "facts_absent", "intent", "supervisor_name"),
)
"""The columns beside those that the list itself shows."""


def with_all(openings: OpeningQuerySet) -> OpeningQuerySet:
    """Load with each opening what its row says."""
    return openings.select_related("workplace__employer", "occupation").prefetch_related("requirements")


def headings() -> list[str]:
    """Return the headings of the columns WRITTEN."""
    return [label_of(each) for name in WRITTEN for each in COLUMNS if each.name == name]


def cells_of(opening: Opening) -> list[Any]:
    """Return what stands in the columns WRITTEN."""
    occupation = getattr(opening, "occupation", None)
    asked_for = list(opening.requirements.all())
    return [
        opening.workplace.name,
        opening.description,
        occupation.text if occupation else "",
        opening.hours_min,
        opening.hours_max,
        _labels(Weekday, opening.weekdays),
        _listed(each.text for each in asked_for if each.essential),
        _listed(each.text for each in asked_for if not each.essential),
        _listed(f"{Language(code).label} {level}" for code, level in sorted(opening.languages.items())),
        _labels(Licence, opening.licences),
        _labels(Adaptation, opening.adaptations),
        _labels(WorkFact, opening.facts_present),
        _labels(WorkFact, opening.facts_absent),
        opening.get_intent_display(),
        opening.supervisor_name,
    ]


def _labels(choices: type[TextChoices], codes: Iterable[str]) -> str:
    return _listed(str(choices(code).label) for code in codes)


def _listed(words: Iterable[str]) -> str:
    """Return words with semicolons between; a comma in one of them then parts nothing."""
    text = "; ".join(words)
    return f"{text};" if "," in text and ";" not in text else text
