"""The table of the README: each aim, what was measured, and the best of the peers in the same run."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent / "results"
README = Path(__file__).parents[1] / "README.md"
PART = re.compile(r"(<!-- figures -->\n).*(<!-- /figures -->)", re.DOTALL)
OURS, ENGINE = "Praktikbron", "this engine"
Results = dict[str, Any]
Value = Callable[[Results], float]


@dataclass(frozen=True)
class Aim:
    """A figure to reach: at least `bound`, or at most where `most` is set."""

    what: str
    bound: float
    here: Value
    most: bool = False
    unit: str = ""
    peer: Callable[[Results], str] | None = None

    def row(self, results: Results) -> list[str]:
        value = self.here(results)
        reached = value <= self.bound if self.most else value >= self.bound
        sign = "≤" if self.most else "≥"
        beside = self.peer(results) if self.peer else ""
        return [
            self.what,
            f"{sign} {shown(self.bound)}{self.unit}",
            f"{shown(value)}{self.unit}",
            beside,
            "yes" if reached else "**no**",
        ]


def shown(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 1 else f"{value:.3f}"


def quality(judged: str, figure: str) -> Value:
    return lambda results: results["labels"]["quality"][judged][OURS][figure]


def best_peer(judged: str, figure: str) -> Callable[[Results], str]:
    def best(results: Results) -> str:
        peers = {
            name: row[figure] for name, row in results["labels"]["quality"][judged].items() if name != OURS
        }
        name = max(peers, key=peers.__getitem__)
        return f"{shown(peers[name])} {name}"

    return best


def search(figure: str) -> Value:
    return lambda results: results["labels"]["speed"][OURS][figure]


def times_faster(peer: str, figure: str = "cpu_median_ms") -> Value:
    def times(results: Results) -> float:
        speed = results["labels"]["speed"]
        return speed[peer][figure] / speed[OURS][figure]

    return times


def ranked(figure: str) -> Value:
    return lambda results: results["ranking"]["quality"][ENGINE][figure]


def loop_quality(figure: str) -> Callable[[Results], str]:
    return lambda results: f"{shown(results['ranking']['quality'][LOOP_JUDGED][figure])} rapidfuzz token_set"


def batch(beginning: str, figure: str) -> Value:
    def value(results: Results) -> float:
        rows = results["ranking"]["speed"]["batch"]
        return next(row[figure] for name, row in rows.items() if name.startswith(beginning))

    return value


def over_ours(beginning: str, figure: str) -> Value:
    return lambda results: batch(beginning, figure)(results) / batch(ENGINE, figure)(results)


LOOP_JUDGED = "rapidfuzz token_set, all pairs"
TOP_TEN = "top 10 people for an opening"
CANDIDATES = "candidates of an opening"
SKILLS, OCCUPATIONS, TYPOS = "Swedish skills", "Swedish occupations", "typing errors in Swedish skills"
AIMS = (
    Aim(
        "occupations named in Swedish, right at first",
        0.346,
        quality(OCCUPATIONS, "success@1"),
        peer=best_peer(OCCUPATIONS, "success@1"),
    ),
    Aim(
        "occupations named in Swedish, MRR@10",
        0.43,
        quality(OCCUPATIONS, "mrr@10"),
        peer=best_peer(OCCUPATIONS, "mrr@10"),
    ),
    Aim(
        "skills named in Swedish, right at first",
        0.58,
        quality(SKILLS, "success@1"),
        peer=best_peer(SKILLS, "success@1"),
    ),
    Aim("skills named in Swedish, MRR@10", 0.65, quality(SKILLS, "mrr@10"), peer=best_peer(SKILLS, "mrr@10")),
    Aim(
        "two typing errors, right at first",
        0.995,
        quality(TYPOS, "success@1"),
        peer=best_peer(TYPOS, "success@1"),
    ),
    Aim("one text among 100,000 labels, median", 0.25, search("cpu_median_ms"), most=True, unit=" ms"),
    Aim("one text among 100,000 labels, p99", 0.5, search("cpu_p99_ms"), most=True, unit=" ms"),
    Aim("times faster than bm25s", 1.5, times_faster("bm25s, 3-grams"), unit=" ×"),
    Aim("times faster than tantivy", 3, times_faster("tantivy, 3-grams"), unit=" ×"),
    Aim(
        "times faster than pg_trgm with GIN",
        50,
        times_faster("pg_trgm GIN (PostgreSQL)", "median_ms"),
        unit=" ×",
    ),
    Aim("times faster than rapidfuzz WRatio", 600, times_faster("rapidfuzz WRatio"), unit=" ×"),
    Aim("building that label index", 1.5, search("build_cpu_s"), most=True, unit=" s"),
    Aim("the label index", 20, search("index_mb"), most=True, unit=" MB"),
    Aim("people for openings, nDCG@10", 0.92, ranked("ndcg@10"), peer=loop_quality("ndcg@10")),
    Aim("people for openings, MRR@10", 0.97, ranked("mrr@10"), peer=loop_quality("mrr@10")),
    Aim(
        "top 10 of 100,000 people, p99",
        3,
        lambda all_: all_["ranking"]["speed"]["one"][TOP_TEN]["cpu_p99_ms"],
        most=True,
        unit=" ms",
    ),
    Aim(
        "10,000 openings × 100,000 people",
        5,
        batch(ENGINE, "cpu_s"),
        most=True,
        unit=" s",
        peer=lambda all_: f"{shown(batch('sparse_dot_topn', 'cpu_s')(all_))} s sparse_dot_topn",
    ),
    Aim(
        "index of 100,000 people",
        64,
        lambda all_: all_["ranking"]["speed"]["index_mb"],
        most=True,
        unit=" MB",
    ),
    Aim(
        "100,000 openings × 1,000,000 people",
        10,
        lambda all_: all_["ranking"]["large"]["in_proportion"][1],
        most=True,
        unit=" min",
    ),
    Aim("times faster than a loop of rapidfuzz", 1_000, over_ours("a loop", "cpu_s"), unit=" ×"),
    Aim(
        "a week's allocation, 1,000 × 300, solved again",
        100,
        lambda all_: max(
            row["cpu_ms"] for key, row in all_["allocation"].items() if key.startswith("priority")
        ),
        most=True,
        unit=" ms",
    ),
    Aim(
        "candidates page, 5,000 × 10,000, p95",
        100,
        lambda all_: all_["pages"]["crowd"][CANDIDATES]["cpu_p95_ms"],
        most=True,
        unit=" ms",
    ),
    Aim(
        "queries of a main page, the most of nine",
        10,
        lambda all_: max(page["queries"] for page in all_["pages"]["crowd"].values()),
        most=True,
    ),
)


def read(folder: Path) -> Results:
    """What each bench left, by its name."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}


def table(results: Results) -> str:
    """The aims as a Markdown table; what was not measured is named below it."""
    rows, missing = [], []
    for aim in AIMS:
        try:
            rows.append(aim.row(results))
        except (KeyError, StopIteration):
            missing.append(aim.what)
    lines = ["| | aim | here | best peer | reached |", "|---|--:|--:|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    if missing:
        lines += ["", f"Not measured: {'; '.join(missing)}."]
    return "\n".join([*lines, "", where(results)])


def where(results: Results) -> str:
    """One sentence on the machine."""
    made = [each["made_with"] for each in results.values()]
    if not made:
        return "Nothing is measured yet."
    load = max(each["load"][0] for each in made if "load" in each)
    machine = f"{made[0]['machine']}, Python {made[0]['python']}"
    return (
        f"{machine}. Times are the processor's, for the machine had other work (load up to {load});\n"
        "beside PostgreSQL they are the clock's. Everything else measured: [bench/results](bench/results)."
    )


def keep(folder: Path) -> None:
    """Make what lies in `folder` the results of the README, and write its table."""
    KEPT.mkdir(exist_ok=True)
    for path in (*folder.glob("*.json"), *folder.glob("*.svg")):
        shutil.copy(path, KEPT)
    README.write_text(with_table(README.read_text(), table(read(KEPT))))
    print(f"Kept in {KEPT.name}/ and {README.name}.")


def with_table(page: str, figures: str) -> str:
    """Put the table between the marks of the page."""
    return PART.sub(lambda found: f"{found[1]}{figures}\n{found[2]}", page)
