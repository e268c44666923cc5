"""The matcher: plain Python and NumPy, without Django.

Put people, openings and the catalogue in as dataclasses, get rankings and explanations out:

    relations = Relations.build(concepts=…, edges=…, memberships=…, kin=…)
    matcher = Matcher(people, openings, relations, today=today)
    matcher.rank_people(opening_id, limit=25)     -> Ranking: rows, how many each hard condition removed
    matcher.rank_openings(person_id, limit=25)    -> Ranking
    matcher.explain(person_id, opening_id)        -> Explanation: lines that add up to the points exactly
    matcher.caseload(person_ids, among=opening_ids)  -> who fits anything, the longest waiting first
    matcher.what_opens_doors(person_id)           -> skills that would bring the person into most openings
    allocate(Task(matcher.options(), …))          -> Allocation: a whole suggestion for the week
    measure_exposure(person_ids, suggested, waiting_days) -> Exposure: who gets chances and who never

How a score is made. Hard conditions (`conditions`) are comparisons of facts and never outvoted. Then an
opening's points are shared out over its requirements (essential ones twice, telling ones more) and one line
for the kind of work; a person earns of each line the best of what they have: degree of relation × strength
of evidence. Near-ties (half a point of 100) go to whoever has waited longest, then to the lower id. Every
number is in `weights`.

The matcher is never told health, origin, sex, age, benefits or ratings of behaviour; `Person` is the whole
list of what it may know.
"""

from backend.matching.engine.allocation import Allocation, Option, Pair, Suggestion, Task, allocate
from backend.matching.engine.conditions import Condition
from backend.matching.engine.doors import Door, Opened
from backend.matching.engine.explain import Explanation, Line, Outcome
from backend.matching.engine.exposure import Exposure, measure_exposure
from backend.matching.engine.matcher import Fit, Matcher
from backend.matching.engine.openings import Mention, Opening, Requirement
from backend.matching.engine.people import Evidence, Person, Point, Span
from backend.matching.engine.rank import Candidate, Ranking
from backend.matching.engine.relations import Edge, Membership, Relations
from backend.matching.engine.weights import TOTAL, Level, Source
from backend.skills.relatedness import Reason

__all__ = [
    "TOTAL",
    "Allocation",
    "Candidate",
    "Condition",
    "Door",
    "Edge",
    "Evidence",
    "Explanation",
    "Exposure",
    "Fit",
    "Level",
    "Line",
    "Matcher",
    "Membership",
    "Mention",
    "Opened",
    "Opening",
    "Option",
    "Outcome",
    "Pair",
    "Person",
    "Point",
    "Ranking",
    "Reason",
    "Relations",
    "Requirement",
    "Source",
    "Span",
    "Suggestion",
    "Task",
    "allocate",
    "measure_exposure",
]
