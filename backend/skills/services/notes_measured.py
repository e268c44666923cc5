"""How well notes are read: a file of lines with what each tells, beside what `read_note` makes of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from backend.skills.enums import Tells
from backend.skills.label_index.normalise import key_of
from backend.skills.models import Label
from backend.skills.services.notes import Told, read_note

NOTHING = "-"
"""Stands among the alternatives of an expectation that need not be met."""


class Name(NamedTuple):
    """One name that is right for a piece, with the level and the way that go with it, where they matter."""

    kind: str
    text: str
    level: str = ""
    way: str = ""


Expected = Sequence[Name]
"""The names of which any will do; one of kind `NOTHING` says that none is needed."""


@dataclass
class Measured:
    """Counts over lines, and the lines where something was missed or wrong, in words."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the readings accepted that are right."""
        return self.counts["right"] / max(self.counts["accepted"], 1)

    @property
    def recall(self) -> float:
        """The share of what the lines tell that was accepted, or is among what is asked about."""
        return self.counts["found"] / max(self.counts["told"], 1)

    def as_json(self) -> dict[str, float]:
        """Return the figures by name, rounded for reading."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "attributes": round(self.counts["attributes right"] / max(self.counts["attributes"], 1), 4),
            **{name: self.counts[name] for name in ("lines", "told", "accepted", "asked")},
        }


def measure_notes(file: Path) -> Measured:
    """Read each line of `file` (TSV: line, expected) and compare. Raises ValueError for a broken line.

    Expected readings stand apart by ";", names of which any will do by "|": `kind:name[@level][^way]`.
    """
    measured = Measured()
    for line, expected in read_expectations(file):
        _compare(line, expected, measured)
    return measured


def read_expectations(file: Path) -> Iterator[tuple[str, list[Expected]]]:
    """Yield each line with what it tells. Raises ValueError for a broken line."""
    for row in file.read_text(encoding="utf-8").splitlines()[1:]:
        line, told = row.split("\t")
        pieces = [piece.strip() for piece in told.split(";") if piece.strip()]
        yield line.replace("\\n", "\n"), [[_name(each) for each in piece.split("|")] for piece in pieces]


def _name(text: str) -> Name:
    text = text.strip()
    if text == NOTHING:
        return Name(NOTHING, "")
    kind, rest = text.split(":", 1)
    rest, _, way = rest.partition("^")
    name, _, level = rest.partition("@")
    return Name(Tells(kind).value, name, level, way)


def _compare(line: str, expected: Sequence[Expected], measured: Measured) -> None:
    counts, open_ones, wrong = measured.counts, list(expected), []
    told = [each for each in read_note(line) if each.kind != Tells.NONE]
    for each in sorted(told, key=lambda each: each.decision != "accept"):
        met = next((names for names in open_ones if _meets(each, names)), None)
        counts["accepted" if each.decision == "accept" else "asked"] += 1
        if met is not None:
            open_ones.remove(met)
            _count_attributes(each, met, counts)
            counts["right"] += each.decision == "accept"
        elif each.decision == "accept":
            wrong.append(f"{each.text} → {each.kind.value}:{each.name}")
    missed = [
        names
        for names in open_ones
        if all(name.kind != NOTHING for name in names) and not any(_meets(each, names) for each in told)
    ]
    counts["lines"] += 1
    counts["told"] += sum(all(name.kind != NOTHING for name in names) for names in expected)
    counts["found"] += sum(all(name.kind != NOTHING for name in names) for names in expected) - len(missed)
    if missed or wrong:
        words = [" | ".join(f"{name.kind}:{name.text}" for name in names) for names in missed]
        measured.faults.append(f"{line}\n    missed {words}\n    wrong {wrong}\n    read {_in_words(told)}")


def _meets(told: Told, names: Iterable[Name]) -> bool:
    said = [told.name] if told.decision == "accept" else [told.name, *told.offered]
    return any(
        not _words_for(name.text, told.kind).isdisjoint(_words_for(text, told.kind))
        for name in names
        for text in said
        if text and name.kind == told.kind.value
    )


def _words_for(name: str, kind: Tells) -> set[str]:
    """Return all that the catalogues call what one of them names `name`: each has names of its own."""
    if kind not in (Tells.SKILL, Tells.OCCUPATION):
        return {key_of(name)}
    labels = Label.objects.filter(concept__kind=kind.value, concept__name_sv=name)
    return {key_of(name), *map(key_of, labels.values_list("text", flat=True))}


def _count_attributes(told: Told, names: Iterable[Name], counts: Counter[str]) -> None:
    for name in names:
        for wanted, said in ((name.level, told.level), (name.way, told.way)):
            if wanted and name.kind == told.kind.value:
                counts["attributes"] += 1
                counts["attributes right"] += wanted == said


def _in_words(told: Iterable[Told]) -> list[str]:
    return [f"{each.decision} {each.kind.value}:{each.name or '?'} {list(each.offered)}" for each in told]
