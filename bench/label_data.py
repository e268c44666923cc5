"""What the label index is measured with: open data where it is, else the starter catalogue."""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from backend.skills.label_index.evaluation import read_pairs, read_qrels
from backend.skills.label_index.normalise import key_of

ROOT = Path(__file__).parents[1]
STARTER = ROOT / "backend" / "skills" / "data" / "starter"
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
Labels = list[tuple[str, str]]


class Judged(NamedTuple):
    """Queries on labels, with the concepts that are right for each."""

    name: str
    labels: Labels
    queries: list[str]
    relevant: list[set[str]]


def data_folder() -> Path:
    """The open data beside the repository, or where PRAKTIKBRON_DATA says; it need not exist."""
    return Path(os.environ.get("PRAKTIKBRON_DATA", ROOT.parent / "shared" / "data"))


def judged_sets() -> Iterator[Judged]:
    """Yield the sets for quality: real vocabulary gaps, then typing errors on labels."""
    found = judged_names()
    if not found:
        print("No judged names in the open data: measuring on the starter catalogue instead.")
        found = [starter()]
    yield from found
    yield misspelt(found[-1])


def judged_names() -> list[Judged]:
    """Read the real names with judgements, where there are any."""
    folder = data_folder() / "resolver-dev"
    return [_read(name, folder) for name in ("occupations", "skills")] if folder.is_dir() else []


def _read(name: str, folder: Path) -> Judged:
    relevant = read_qrels(folder / f"{name}-qrels.tsv")
    queries = [pair for pair in read_pairs(folder / f"{name}-queries.tsv") if pair[0] in relevant]
    return Judged(
        f"Swedish {name}",
        read_pairs(folder / f"{name}-labels.tsv"),
        [text for _, text in queries],
        [relevant[key] for key, _ in queries],
    )


def starter() -> Judged:
    """Find the concept of each alternative label among the names of the concepts only."""
    rows = [row for name in ("skills", "occupations") for row in _table(STARTER / f"{name}.tsv")]
    alternatives = [row for row in _table(STARTER / "labels.tsv") if row["lang"] == "sv"]
    return Judged(
        "starter catalogue",
        [(row["id"], row["sv"]) for row in rows],
        [row["text"] for row in alternatives],
        [{row["concept"]} for row in alternatives],
    )


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def misspelt(judged: Judged, *, count: int = 1_000) -> Judged:
    """Write labels with one or two random errors each; the label's own concept is right."""
    chance = random.Random(7)
    distinct = list({key_of(text): (concept, text) for concept, text in judged.labels}.values())
    chosen = chance.sample(distinct, min(count, len(distinct)))
    wrong = [with_errors(text, chance) for _, text in chosen]
    return Judged(f"typing errors in {judged.name}", distinct, wrong, [{concept} for concept, _ in chosen])


def with_errors(text: str, chance: random.Random) -> str:
    """Leave out, add, replace or swap letters, once or twice."""
    for _ in range(chance.choice([1, 2])):
        place, letter = chance.randrange(len(text)), chance.choice(LETTERS)
        before, at, after = text[:place], text[place], text[place + 1 :]
        changed = (before + after, before + letter + at + after, before + letter + after)
        text = chance.choice([*changed, before + after[:1] + at + after[1:]]) or letter
    return text


def many_labels(count: int) -> tuple[Labels, list[str]]:
    """Make a vocabulary of `count` labels from real ones, and texts to search in it.

    The texts are names of another vocabulary where there is one, and labels with typing errors, half each;
    none of them is a label.
    """
    chance = random.Random(1)
    sets = [each for each in judged_sets() if not each.name.startswith("typing")]
    queries = list(dict.fromkeys(text for each in sets for text in each.queries))
    texts = dict.fromkeys(text for each in sets for _, text in each.labels)
    texts |= dict.fromkeys(_taxonomy_names(data_folder() / "jobtech"))
    known = {key_of(text) for text in queries}
    base = [text for text in texts if key_of(text) not in known]
    made = dict.fromkeys(base)
    while len(made) < count:
        made[_combined(chance.choice(base), chance.choice(base), chance)] = None
    labels = [text for text in list(made)[:count] if key_of(text) not in known]
    errors = [with_errors(text, chance) for text in chance.sample(labels, len(queries))]
    searched = chance.sample(queries + errors, len(queries) + len(errors))
    return [(str(number), text) for number, text in enumerate(labels)], searched


def _combined(left: str, right: str, chance: random.Random) -> str:
    """Put parts of two names together as taxonomies do: "head, qualifier", or another last or first word."""
    first, last = left.split(), right.split()
    return chance.choice(
        [
            f"{left}, {last[-1]}",
            " ".join([*first[:-1], last[-1]]),
            " ".join([last[0], *first[1:]]),
            f"{left} {last[0]}",
        ]
    )


def _taxonomy_names(folder: Path) -> Iterator[str]:
    for name in ("skills", "keyword-concepts-with-relations", "the-ssyk-hierarchy-with-occupations"):
        path = folder / f"{name}.json"
        if path.exists():
            yield from _names(json.loads(path.read_text(encoding="utf-8")))


def _names(value: Any) -> Iterator[str]:
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _names(inner)
    if isinstance(value, dict):
        yield from (
            text for key, text in value.items() if key.endswith("preferred_label") and isinstance(text, str)
        )
