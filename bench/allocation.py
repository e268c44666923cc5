"""The week's suggestions: how long one solution takes, and what priority to long waits costs and changes.

python -m bench.allocation
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from backend.matching.engine import Option, Pair, Task, allocate, measure_exposure
from backend.matching.engine import flow as flow_module
from backend.matching.engine.batch import best_pairs
from backend.matching.engine.circumstances import Codebook
from backend.matching.engine.demand import Demand
from backend.matching.engine.index import Index
from bench.tables import percentiles, print_table, save, timed
from bench.worlds import World

PEOPLE, OPENINGS, PER_OPENING, NAMES, CAP = 1_000, 300, 45, 2, 2
PRIORITIES = (0.0, 0.1, 0.25, 0.5, 1.0)
EDITS = 20


def main() -> None:
    task = make_task()
    people = sorted(task.waiting_days)
    rows = [["each opening's own best", *figures(people, own_best(task), task), "0.0 %", "", "", ""]]
    results: dict[str, Any] = {}
    for priority in PRIORITIES:
        edits = [edited(task, number, priority) for number in range(EDITS)]
        taken = [timed(lambda one=one: allocate(one))[0] for one in edits]
        times = percentiles([1000 * one.wall for one in taken])
        cpu = percentiles([1000 * one.cpu for one in taken])["median_ms"]
        allocation = allocate(edited(task, 0, priority))
        named = [suggestion.person for suggestion in allocation.suggestions]
        price = f"{100 * allocation.price:.1f} %"
        rows.append([f"priority {priority}", *figures(people, named, task), price, *times.values(), cpu])
        results[f"priority {priority}"] = {**times, "cpu_ms": cpu, "price": round(allocation.price, 4)}
    header = [
        "",
        "names",
        "people named",
        "Gini",
        "longest fifth named",
        "price",
        "median ms",
        "p99 ms",
        "CPU ms",
    ]
    title = (
        f"{PEOPLE:,} people x {OPENINGS} openings, {len(task.options):,} options, {NAMES} names an opening"
    )
    print_table(f"{title}, {EDITS} edits each", header, rows)
    results["without_or_tools_ms"] = without_or_tools(task)
    print(f"\nWithout OR-tools, the same by successive shortest paths: {results['without_or_tools_ms']:,} ms")
    print(f"Kept in {save('allocation', results, packages=('numpy', 'ortools'))}")


def make_task() -> Task:
    """The best pairs of a random world; waits are skewed, as they are."""
    world, codes = World.make(), Codebook()
    supply, openings = world.supply(PEOPLE, codes, scattered=False), world.openings(OPENINGS, scattered=False)
    demand = Demand.of(openings, world.relations, codes=codes)
    pairs = best_pairs(demand, Index(supply, world.relations), limit=PER_OPENING)
    columns = zip(*(column.tolist() for column in pairs), strict=True)
    days = world.rng.exponential(250, PEOPLE).astype(int).tolist()
    return Task(
        options=[Option(supply.ids[person], openings[row].id, points) for row, person, points in columns],
        names={opening.id: NAMES for opening in openings},
        waiting_days=dict(zip(supply.ids, days, strict=True)),
        cap=CAP,
    )


def edited(task: Task, number: int, priority: float) -> Task:
    """The task after a coach's edits: some pairs pinned and some banned, others each time."""
    picked = [
        Pair(option.person, option.opening) for option in task.options[number :: len(task.options) // 9]
    ]
    return Task(
        options=task.options,
        names=task.names,
        waiting_days=task.waiting_days,
        cap=task.cap,
        priority=priority,
        pins=frozenset(picked[:4] if number else ()),
        bans=frozenset(picked[4:] if number else ()),
    )


def own_best(task: Task) -> list[str]:
    """The first names of every opening's own list, as a ranking alone would suggest them."""
    taken: dict[str, list[str]] = {}
    for option in task.options:
        taken.setdefault(option.opening, []).append(option.person)
    return [person for people in taken.values() for person in people[:NAMES]]


def figures(people: list[str], named: Iterable[str], task: Task) -> list[object]:
    found = measure_exposure(people, named, task.waiting_days)
    shown = found.people - len(found.never)
    return [found.suggestions, shown, f"{found.gini:.2f}", f"{100 * found.longest_waiting_named_share:.0f} %"]


def without_or_tools(task: Task) -> int:
    solver, flow_module.min_cost_flow = flow_module.min_cost_flow, None
    try:
        return round(1000 * timed(lambda: allocate(task))[0].wall)
    finally:
        flow_module.min_cost_flow = solver


if __name__ == "__main__":
    main()
