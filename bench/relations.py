"""How many of the relations of each kind a coach would say aloud, counted from judged pairs.

python -m bench.relations
A pair is judged as "somebody who has the one nearly can the other: would a coach say so at a workplace?"
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from backend.reports.statistics import wilson_interval
from backend.skills.relations.relatedness import Reason
from backend.skills.relations.said_aloud import is_said_aloud
from bench.tables import print_table

JUDGEMENTS = Path(__file__).parents[1] / "tests" / "skills" / "relation_judgements.tsv"
REASONS: Mapping[str, Reason] = {
    "synonym": Reason.SYNONYM,
    "narrower": Reason.NARROWER,
    "substitutable": Reason.SUBSTITUTABLE,
    "essential": Reason.OCCUPATION_SKILL,
    "useful": Reason.OCCUPATION_SKILL,
    "broader": Reason.BROADER,
    "same_group": Reason.SAME_GROUP,
    "related": Reason.SHARED_OCCUPATIONS,
    "shared_occupations": Reason.SHARED_OCCUPATIONS,
    "similar_label": Reason.SIMILAR_LABEL,
}
"""What each kind of the judgements becomes in the catalogue; the starter catalogue writes some by hand."""
BANDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.8, 1.0)


class Judgement(NamedTuple):
    """Whether a coach would say of somebody who `has` the one that they nearly can what is `asked` for."""

    kind: str
    degree: float
    has: str
    asked: str
    is_sensible: bool

    @property
    def is_said(self) -> bool:
        return is_said_aloud(REASONS[self.kind], self.degree)


class Precision(NamedTuple):
    """The judged pairs of one kind and from one degree up to the next."""

    kind: str
    least: float
    said: bool
    sensible: int
    judged: int

    @property
    def share(self) -> float:
        return self.sensible / self.judged


def read_judgements(path: Path = JUDGEMENTS) -> list[Judgement]:
    """Read the pairs; concepts of the starter catalogue by their id there, others by name."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Judgement(row["kind"], float(row["degree"]), row["has"], row["asked"], row["sensible"] == "yes")
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def precisions(judgements: list[Judgement]) -> Iterator[Precision]:
    """Count each kind by bands of degree, and what is said apart from what is not."""
    bands: dict[tuple[str, float, bool], list[bool]] = {}
    for each in judgements:
        least = max(band for band in BANDS if band <= each.degree)
        bands.setdefault((each.kind, least, each.is_said), []).append(each.is_sensible)
    order = list(REASONS)
    for (kind, least, said), sensible in sorted(
        bands.items(), key=lambda item: (order.index(item[0][0]), item[0])
    ):
        yield Precision(kind, least, said, sum(sensible), len(sensible))


def main() -> None:
    judgements = read_judgements()
    found = list(precisions(judgements))
    said = [each.is_sensible for each in judgements if each.is_said]
    print_table(
        f"{len(judgements)} judged pairs; said aloud are {len(said)}, of which {sum(said)} are sensible",
        ["kind", "degree from", "sensible", "of", "precision", "95 %", "said"],
        [
            [
                each.kind,
                each.least,
                each.sensible,
                each.judged,
                f"{each.share:.2f}",
                "–".join(f"{end:.2f}" for end in wilson_interval(each.sensible, each.judged)),
                "yes" if each.said else "",
            ]
            for each in found
        ],
    )


if __name__ == "__main__":
    main()
