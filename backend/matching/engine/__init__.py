"""The matcher: plain Python and NumPy, without Django.

Put people, openings and the catalogue in as dataclasses, get rankings and explanations out:

    relations = Relations.build(concepts=…, edges=…, memberships=…, kin=…)
    matcher = Matcher(people, openings, relations=relations, today=today)
    matcher.rank_people(opening, limit=25)   -> Ranking: rows, how many each hard condition removed
    matcher.rank_openings(person, limit=25)  -> Ranking
    matcher.explain(person, opening)         -> Explanation: lines that add up to the points exactly
    matcher.skills_to_learn(person)          -> skills that would bring most openings within reach
    matcher.with_openings(others)            -> Matcher: the same people, indexed already, beside others
    allocate(Task(matcher.options(), …))     -> Allocation: a whole suggestion at once
    measure_exposure(people, suggested, waiting_days) -> Exposure: who gets chances and who never

`Matcher` is the only way in: the arrays behind it (`supply`, `demand`, `index` …) are imported by nobody else
in the house but `bench`, which measures them.

How a list is made. Hard conditions (`conditions`) compare circumstances and are never outvoted. What is
essential decides the band (`bands`). Within a band, an opening's points are shared out over its requirements
(essential ones twice, telling ones more), a line for work of its kind that was done and one for the wish; a
person earns of each line the best of what they have: degree of relation × strength of evidence. Near-ties
(half a point of 100) go to whoever has waited longest, then to the lower id. Every number is in `weights`.

The matcher is never told health, origin, sex, age, benefits or ratings of behaviour; `Person` is the whole
list of what it may know.
"""

from backend.matching.engine.allocation import Allocation, Option, Pair, Suggestion, Task, allocate
from backend.matching.engine.bands import worth_of
from backend.matching.engine.conditions import Condition
from backend.matching.engine.demand import Part
from backend.matching.engine.explain import Explanation, Line, Outcome
from backend.matching.engine.exposure import Exposure, measure_exposure
from backend.matching.engine.matcher import Matcher
from backend.matching.engine.openings import Mention, Opening, Requirement
from backend.matching.engine.people import Evidence, Person, Point, Span, Wish
from backend.matching.engine.rank import Candidate, Ranking
from backend.matching.engine.reach import Reached, SkillToLearn
from backend.matching.engine.relations import Edge, Membership, Relations
from backend.matching.engine.weights import LEAST, TOTAL, Band, Kind, Level, Source
from backend.skills.relations.relatedness import Reason

__all__ = [
    "LEAST",
    "TOTAL",
    "Allocation",
    "Band",
    "Candidate",
    "Condition",
    "Edge",
    "Evidence",
    "Explanation",
    "Exposure",
    "Kind",
    "Level",
    "Line",
    "Matcher",
    "Membership",
    "Mention",
    "Opening",
    "Option",
    "Outcome",
    "Pair",
    "Part",
    "Person",
    "Point",
    "Ranking",
    "Reached",
    "Reason",
    "Relations",
    "Requirement",
    "SkillToLearn",
    "Source",
    "Span",
    "Suggestion",
    "Task",
    "Wish",
    "allocate",
    "measure_exposure",
    "worth_of",
]
