"""Minimum-cost maximum flow: by OR-tools where it is installed, else by slower NumPy that is as good."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

try:
    from ortools.graph.python import min_cost_flow
except ImportError:
    min_cost_flow = None

Numbers = npt.NDArray[np.int64]

FAR = np.iinfo(np.int64).max // 4


class Arcs(NamedTuple):
    """A network: arc i takes up to capacity[i] from tail[i] to head[i] at cost[i] (0 or more) a unit."""

    tail: Numbers
    head: Numbers
    capacity: Numbers
    cost: Numbers
    source: int
    sink: int


def cheapest_flow(arcs: Arcs) -> Numbers:
    """Send as much as possible from source to sink, as cheaply as possible; return the flow on each arc."""
    if min_cost_flow is None:
        return successive_paths(arcs)
    solver = min_cost_flow.SimpleMinCostFlow()
    added = solver.add_arcs_with_capacity_and_unit_cost(arcs.tail, arcs.head, arcs.capacity, arcs.cost)
    most = int(arcs.capacity[arcs.tail == arcs.source].sum())
    solver.set_nodes_supplies(np.array([arcs.source, arcs.sink]), np.array([most, -most]))
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"no flow was found: {status}")
    flow: Numbers = solver.flows(added)
    return flow


def successive_paths(arcs: Arcs) -> Numbers:
    """The same by sending one unit at a time along the cheapest path that is left."""
    count = len(arcs.tail)
    both_ways = arcs._replace(
        tail=np.concatenate([arcs.tail, arcs.head]),
        head=np.concatenate([arcs.head, arcs.tail]),
        capacity=np.concatenate([arcs.capacity, np.zeros(count, dtype=np.int64)]),
        cost=np.concatenate([arcs.cost, -arcs.cost]),
    )
    left = both_ways.capacity
    while (path := _cheapest_path(both_ways)) is not None:
        left[path] -= 1
        left[(path + count) % (2 * count)] += 1
    return left[count:]


def _cheapest_path(arcs: Arcs) -> Numbers | None:
    """The arcs from the sink back to the source (Bellman-Ford, all arcs at once)."""
    usable = np.flatnonzero(arcs.capacity > 0)
    start, end, price = arcs.tail[usable], arcs.head[usable], arcs.cost[usable]
    nodes = int(max(arcs.head.max(initial=0), arcs.source, arcs.sink)) + 1
    distance = np.full(nodes, FAR, dtype=np.int64)
    distance[arcs.source] = 0
    arrived = np.full(nodes, -1, dtype=np.int64)
    for _ in range(nodes):
        reach = distance[start] + price
        shorter = np.flatnonzero((reach < distance[end]) & (distance[start] < FAR))
        if not len(shorter):
            break
        falling = shorter[np.argsort(-reach[shorter], kind="stable")]
        distance[end[falling]] = reach[falling]
        arrived[end[falling]] = usable[falling]
    if distance[arcs.sink] >= FAR:
        return None
    path, node = [], arcs.sink
    while node != arcs.source:
        path.append(int(arrived[node]))
        node = int(arcs.tail[path[-1]])
    return np.array(path, dtype=np.int64)
