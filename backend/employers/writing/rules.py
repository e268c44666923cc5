"""The rules of rules.tsv: which words, on which ground, and how to say it instead.

Each pattern is a regular expression of whole words; `{NAME}` in it stands for a pattern of fragments.tsv.
What only sounds alike is left out on purpose, with the case in the tests: "ungdomsgård", "man" as a pronoun,
"sjuksköterska", "stark i Excel", "arbeta med flickor i simskolan".
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.functional import Promise

from backend.employers.writing.grounds import Ground
from backend.employers.writing.instead import INSTEAD

_HERE: Final = Path(__file__).parent
_OF_INTERNSHIPS: Final = "internships"


@dataclass(frozen=True)
class Rule:
    """Words that are remarked on; `of_internships` alone: for a job the same requirement may well be fair."""

    ground: Ground
    pattern: re.Pattern[str]
    instead: Promise | str
    of_internships: bool


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules in the order of the file. Raises KeyError for a key that nothing stands for."""
    fragments = {row["name"]: row["words"] for row in _rows("fragments.tsv")}
    return tuple(_rule(row, fragments) for row in _rows("rules.tsv"))


def _rule(row: Mapping[str, str], fragments: Mapping[str, str]) -> Rule:
    words = row["words"]
    for name, pattern in fragments.items():
        words = words.replace(f"{{{name}}}", pattern)
    return Rule(
        Ground(row["ground"]),
        re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE),
        INSTEAD[row["instead"]],
        of_internships=row["of"] == _OF_INTERNSHIPS,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
