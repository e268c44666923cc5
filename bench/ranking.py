"""The ranking beside its peers: quality on judged people and openings, speed and memory in a skewed world.

python -m bench.ranking                      speed, 10,000 openings x 100,000 people
python -m bench.ranking --large              also 100,000 openings x 1,000,000 people (minutes)
python -m bench.ranking --taxonomy DIR --judged DIR [--sensitivity]
                                             also quality: JobTech query files, and people.jsonl,
                                             openings.jsonl and qrels.tsv
"""

from __future__ import annotations

import argparse
import heapq
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from backend.matching.engine import Edge, Membership, Reason, Relations, weights
from backend.matching.engine import bands as bands_module
from backend.matching.engine import demand as demand_module
from backend.matching.engine import index as index_module
from backend.matching.engine import profile as profile_module
from backend.matching.engine.batch import best_pairs, best_pairs_in_shards
from backend.matching.engine.circumstances import Codebook
from backend.matching.engine.demand import Demand
from backend.matching.engine.evaluation import Case, Meaning, Meanings, evaluate, quality, read_judgements
from backend.matching.engine.explain import explain
from backend.matching.engine.index import Index
from backend.matching.engine.rank import rank_people
from backend.matching.engine.reverse import rank_openings
from backend.matching.engine.supply import Supply
from backend.matching.engine.weights import FULL
from bench.tables import Taken, in_own_process, installed, percentiles, print_table, save, timed
from bench.worlds import CONCEPTS, TODAY, World

PEOPLE, OPENINGS = 100_000, 10_000
LARGE_PEOPLE, LARGE_OPENINGS = 1_000_000, 100_000
SINGLE, NAIVE = 1_000, 1
PACKAGES = ("numpy", "rapidfuzz", "scipy", "sparse_dot_topn")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--large", type=int, nargs="?", const=LARGE_OPENINGS, metavar="OPENINGS")
    parser.add_argument("--sensitivity", action="store_true")
    parser.add_argument("--taxonomy", type=Path)
    parser.add_argument("--judged", type=Path)
    options = parser.parse_args()
    results: dict[str, Any] = {}
    if options.taxonomy and options.judged:
        results |= measure_quality(options.taxonomy, options.judged, sensitivity=options.sensitivity)
    results["speed"] = measure_speed()
    if options.large:
        results["large"] = measure_large(options.large)
    print(f"\nKept in {save('ranking', results, packages=PACKAGES)}")


def measure_speed() -> dict[str, Any]:
    world, codes = World.make(), Codebook()
    supply, openings = world.supply(PEOPLE, codes), world.openings(OPENINGS)
    demand = Demand.of(openings, world.relations, codes=codes)
    building, index = timed(lambda: Index(supply, world.relations))
    rows = {
        "top 10 people for an opening, lists not made yet": each_taken(
            lambda at: rank_people(demand, at, index)
        ),
        "top 10 people for an opening": each_taken(lambda at: rank_people(demand, at, index)),
        "top 10 openings for a person": each_taken(
            lambda at: rank_openings(demand, supply, at, world.relations)
        ),
        "explanation of a pair": each_taken(lambda at: explain(demand, at, supply, at, world.relations)),
    }
    keys = ["median_ms", "p99_ms", "cpu_median_ms", "cpu_p99_ms"]
    print_table(
        f"One at a time: {PEOPLE:,} people, {OPENINGS:,} openings, conditions and counts included",
        ["", "median ms", "p99 ms", "CPU median", "CPU p99"],
        [[name, *(row[key] for key in keys)] for name, row in rows.items()],
    )
    results = {"index_s": round(building.wall, 2), "index_mb": round(index.nbytes / 1e6, 1), "one": rows}
    return results | measure_batch(demand, supply, world.relations)


def each_taken(work: Callable[[int], object]) -> dict[str, float]:
    """Percentiles of a thousand calls, by the clock and of the processor."""
    taken = [timed(lambda row=row: work(row))[0] for row in range(SINGLE)]
    cpu = percentiles([1000 * one.cpu for one in taken])
    return percentiles([1000 * one.wall for one in taken]) | {f"cpu_{name}": ms for name, ms in cpu.items()}


def measure_batch(demand: Demand, supply: Supply, relations: Relations) -> dict[str, Any]:
    """All openings beside all people, on one core, each contender in a process of its own for its memory."""
    contenders = {"this engine": lambda: engine_batch(demand, supply, relations)}
    if installed("sparse_dot_topn"):
        contenders["sparse_dot_topn, same credits added up, no conditions"] = lambda: sparse_batch(
            demand, supply, relations
        )
    measured = {name: in_own_process(work) for name, work in contenders.items()}
    loop, _ = in_own_process(lambda: naive_batch(demand, supply))
    measured[f"a loop of rapidfuzz token_set over all pairs ({NAIVE} opening measured)"] = (loop, 0.0)
    ours = measured["this engine"][0].cpu
    print_table(
        f"Top 10 of {PEOPLE:,} people for each of {OPENINGS:,} openings, index or matrices included",
        ["", "seconds", "CPU s", "MB more", "CPU times"],
        [
            [name, f"{taken.wall:,.1f}", f"{taken.cpu:,.1f}", round(grown) or "", f"{taken.cpu / ours:,.1f}"]
            for name, (taken, grown) in measured.items()
        ],
    )
    return {
        "batch": {
            name: {"wall_s": round(taken.wall, 2), "cpu_s": round(taken.cpu, 2), "more_mb": round(grown)}
            for name, (taken, grown) in measured.items()
        }
    }


def engine_batch(demand: Demand, supply: Supply, relations: Relations) -> Taken:
    return timed(lambda: best_pairs(demand, Index(supply, relations), limit=10))[0]


def naive_batch(demand: Demand, supply: Supply) -> Taken:
    """The loop that one would write first: each requirement beside each skill; from some openings to all."""
    people = [names_of(supply.can.concepts(row)[0].tolist()) for row in range(len(supply))]
    concepts = [np.concatenate([demand.concepts(line) for line in demand.lines(row)]) for row in range(NAIVE)]

    def loop() -> None:
        for wanted in concepts:
            asked = names_of(wanted.tolist())
            scores = [
                sum(max(fuzz.token_set_ratio(one, other) for other in skills) for one in asked)
                for skills in people
            ]
            heapq.nlargest(10, range(len(people)), key=scores.__getitem__)

    return timed(loop)[0].times(len(demand) / NAIVE)


def names_of(concepts: Sequence[int]) -> list[str]:
    """A made-up name of two words and 22 letters for each concept, as long as the taxonomy's."""
    return [f"{word(number)} {word(number + CONCEPTS)}" for number in concepts]


def word(number: int) -> str:
    return "".join(chr(97 + number * prime % 26) for prime in (7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43))


def sparse_batch(demand: Demand, supply: Supply, relations: Relations) -> Taken:
    """The same credits as a product of sparse matrices, where they add up instead of the best counting."""
    from scipy.sparse import csr_matrix, hstack
    from sparse_dot_topn import sp_matmul_topn

    def multiply() -> object:
        index = Index(supply, relations)  # only for its lists: the profiles are part of both contenders
        columns = [
            csr_matrix((lists.strength.astype(np.float32), lists.row, lists.start), shape=(size, len(supply)))
            for lists, size in [(index.can.concepts, CONCEPTS), (index.can.groups, len(relations.groups))]
        ]
        people = hstack([matrix.T for matrix in columns]).tocsr()
        return sp_matmul_topn(wanted_credits(demand, relations), people.T.tocsr(), top_n=10, n_threads=1)

    return timed(multiply)[0]


def wanted_credits(demand: Demand, relations: Relations) -> Any:
    """Openings x (concepts, groups): each line's share times the degree of what counts for it."""
    from scipy.sparse import csr_matrix

    rows, columns, values = [], [], []
    for opening in range(len(demand)):
        for line in demand.lines(opening):
            share = int(demand.shares[line])
            for concept in demand.concepts(line).tolist():
                related, degrees, _ = relations.related.row(concept)
                rows.append(np.full(len(related), opening))
                columns.append(related)
                values.append(degrees.astype(np.float32) * share / FULL)
            groups, degrees = demand.groups(line)
            rows.append(np.full(len(groups), opening))
            columns.append(groups + CONCEPTS)
            values.append(degrees.astype(np.float32) * share / FULL)
    shape = (len(demand), CONCEPTS + len(relations.groups))
    return csr_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=shape)


def measure_large(count: int) -> dict[str, Any]:
    world, codes = World.make(), Codebook()
    supply, openings = world.supply(LARGE_PEOPLE, codes), world.openings(count)
    demand = Demand.of(openings, world.relations, codes=codes)
    taken, _ = timed(lambda: best_pairs_in_shards(demand, supply, world.relations, limit=10))
    whole = taken.times(LARGE_OPENINGS / count)
    print_table(
        f"Top 10 of {LARGE_PEOPLE:,} people, on one core, an index of 100,000 at a time",
        ["", "minutes", "CPU minutes"],
        [
            [f"{count:,} openings", *minutes(taken)],
            [f"{LARGE_OPENINGS:,} openings (in proportion)", *minutes(whole)],
        ],
    )
    return {"openings": count, "minutes": minutes(taken), "in_proportion": minutes(whole)}


def minutes(taken: Taken) -> tuple[float, float]:
    return round(taken.wall / 60, 1), round(taken.cpu / 60, 1)


def measure_quality(taxonomy: Path, judged: Path, *, sensitivity: bool) -> dict[str, Any]:
    labels, relations = read_taxonomy(taxonomy)
    case = read_case(judged)
    meanings = read_meanings(case, labels)
    bare = Relations.build(concepts=relations.concepts)
    rows = {
        "rapidfuzz token_set, all pairs": token_set(case),
        "concepts alone": evaluate(case, meanings=meanings, relations=bare, today=TODAY),
        "this engine": evaluate(case, meanings=meanings, relations=relations, today=TODAY),
    }
    keys = ["ndcg@10", "mrr@10", "recall@10", "median_ms", "p99_ms"]
    print_table(
        f"{len(case.openings)} openings, {len(case.people):,} people, judged 0-3",
        ["", *keys],
        [[name, *(row[key] for key in keys)] for name, row in rows.items()],
    )
    results: dict[str, Any] = {"quality": rows}
    if sensitivity:
        results["sensitivity"] = measure_sensitivity(case, meanings, relations)
    return results


def read_taxonomy(directory: Path) -> tuple[list[tuple[str, str]], Relations]:
    """The JobTech query files as labels and relations, as the import makes them."""
    from backend.skills.enums import ConceptKind
    from backend.skills.importers.jobtech import read
    from backend.skills.relations.relatedness import kindred_groups, pairs, related_concepts

    catalogue = read(directory)
    names = sorted(catalogue.concepts)
    number = {name: at for at, name in enumerate(names)}
    groups = sorted({group for _, group in catalogue.groups})
    group_number = {group: at for at, group in enumerate(groups)}
    parents = {parent: at for at, parent in enumerate(sorted({group[:3] for group in groups}))}
    members = [(uri, group) for uri, group in sorted(catalogue.groups) if uri in number]

    def of_kind(kind: ConceptKind) -> Any:
        wanted = [(uri, group) for uri, group in members if catalogue.concepts[uri].kind == kind]
        return pairs([(number[uri], group_number[group]) for uri, group in wanted])

    swaps = [
        each
        for each in sorted(catalogue.substitutes)
        if each.occupation in number and each.stand_in in number
    ]
    substitutes = pairs([(number[each.occupation], number[each.stand_in]) for each in swaps])
    share = np.array([each.share for each in swaps], dtype=np.float32)
    occupations = of_kind(ConceptKind.OCCUPATION)
    related = related_concepts(
        skills_in_groups=of_kind(ConceptKind.SKILL),
        occupations_in_groups=occupations,
        substitutes=substitutes,
        substitute_share=share,
    )
    kin = kindred_groups(
        occupations_in_groups=occupations,
        substitutes=substitutes,
        substitute_share=share,
        group_parents=pairs([(group_number[group], parents[group[:3]]) for group in groups]),
    )
    relations = Relations.build(
        concepts=names,
        edges=edges(related, names),
        memberships=[Membership(uri, group) for uri, group in members],
        kin=edges(kin, groups),
    )
    return [(uri, catalogue.concepts[uri].name_sv) for uri in names], relations


def edges(found: Any, names: Sequence[str]) -> list[Edge]:
    columns = zip(*(column.tolist() for column in found), strict=True)
    return [Edge(names[one], names[other], degree, Reason(reason)) for one, other, degree, reason in columns]


def read_case(directory: Path) -> Case:
    def lines(name: str) -> list[str]:
        return (directory / name).read_text(encoding="utf-8").splitlines()

    return Case(
        people=[json.loads(line) for line in lines("people.jsonl")],
        openings=[json.loads(line) for line in lines("openings.jsonl")],
        judgements=read_judgements(lines("qrels.tsv")),
    )


def read_meanings(case: Case, labels: Sequence[tuple[str, str]]) -> Meanings:
    """The best label for every text of people and openings, taken as sure."""
    from backend.skills.label_index import LabelIndex

    records = [*case.people, *case.openings]
    words = [text for record in records for key in ("skills", "occupations") for text in record.get(key, ())]
    texts = sorted({text if isinstance(text, str) else text["text"] for text in words})
    found = LabelIndex(labels).search(texts, 3)
    return {text: [Meaning(hits[0].concept_id)] for text, hits in zip(texts, found, strict=True) if hits}


def token_set(case: Case) -> dict[str, float]:
    """What rapidfuzz makes of the same texts: the best skill for each requirement, and their mean."""
    skills = [[*person["skills"], *person.get("occupations", ())] for person in case.people]
    start = np.cumsum([0, *(len(each) for each in skills)])[:-1]
    every = [default_process(text) for each in skills for text in each]
    rankings, times = {}, []
    for opening in case.openings:
        asked = [*(item["text"] for item in opening["skills"]), *opening.get("occupations", ())]
        asked = [default_process(text) for text in asked]
        started = perf_counter()
        ratios = process.cdist(asked, every, scorer=fuzz.token_set_ratio, dtype=np.uint8)
        score = np.maximum.reduceat(ratios, start, axis=1).mean(axis=0)
        found = np.argsort(-score, kind="stable")[:10]
        times.append(1000 * (perf_counter() - started))
        rankings[opening["id"]] = [case.people[at]["id"] for at in found.tolist()]
    judged = {opening: ranked for opening, ranked in rankings.items() if opening in case.judgements}
    return {**quality(judged, case.judgements), **percentiles(times)}


def measure_sensitivity(case: Case, meanings: Meanings, relations: Relations) -> dict[str, Any]:
    """How much each weight matters, changed alone; and whether two halves of the openings agree."""
    halves = [Case(case.people, case.openings[first::2], case.judgements) for first in (0, 1)]
    results: dict[str, Any] = {}
    for name, values in {
        "RELATED_FROM": (40, 51, 64),
        "KNOWS_WORK_FROM": (100, 128, 160),
        "PROFILE_SCALE": (1.5, 2.2, 3.0),
        "ESSENTIAL_WEIGHT": (1.0, 2.0, 3.0),
        "GROUP_FLOOR": (0.05, 0.1, 0.2),
    }.items():
        for value in values:
            with weight(name, value):
                found = [
                    evaluate(half, meanings=meanings, relations=relations, today=TODAY) for half in halves
                ]
            results[f"{name}={value}"] = [round(half["ndcg@10"], 3) for half in found]
    rows = [[name, *halves] for name, halves in results.items()]
    print_table("nDCG@10 when one weight is changed", ["", "one half", "other half"], rows)
    return results


@contextmanager
def weight(name: str, value: float) -> Iterator[None]:
    """Change one weight wherever it is used, for a while."""
    modules = (weights, bands_module, demand_module, index_module, profile_module)
    places = [module for module in modules if hasattr(module, name)]
    before = getattr(weights, name)
    try:
        for module in places:
            setattr(module, name, value)
        yield
    finally:
        for module in places:
            setattr(module, name, before)


if __name__ == "__main__":
    main()
