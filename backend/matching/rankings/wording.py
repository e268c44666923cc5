"""The engine's explanations in the words that people read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.matching.bridge.catalogue import Catalogue
from backend.matching.engine import TOTAL, Condition, Explanation, Line, Outcome, Reason

MET_FROM = 0.94
"""Degree of another word for the same thing, one byte's rounding allowed: met, though not in full points."""
MOST_CHANGES = 2
NEAR_FROM = 0.35
"""Degree below which something related earns its points but is not called nearly met."""
LEAST_LIFT = 3
"""Points of a hundred below which it is not worth saying that something would lift the match."""

REMOVED: Mapping[Condition, Promise] = {
    Condition.STANDING: gettext_lazy("The employer is not approved for placements"),
    Condition.PLACES: gettext_lazy("No place is left"),
    Condition.TENANT: gettext_lazy("Another municipality"),
    Condition.PERIOD: gettext_lazy("Not free in the period"),
    Condition.HOURS: gettext_lazy("The hours do not meet"),
    Condition.DISTANCE: gettext_lazy("Too far to travel"),
    Condition.LICENCES: gettext_lazy("A licence is missing"),
    Condition.LANGUAGES: gettext_lazy("The language level is not reached"),
    Condition.ADAPTATIONS: gettext_lazy("A needed adaptation is not offered"),
}
REASONS: Mapping[Reason, Promise] = {
    Reason.SYNONYM: gettext_lazy("another word for it"),
    Reason.NARROWER: gettext_lazy("a part of it"),
    Reason.BROADER: gettext_lazy("a wider word for it"),
    Reason.SUBSTITUTABLE: gettext_lazy("nearly the same work"),
    Reason.SAME_GROUP: gettext_lazy("both belong to one group of occupations"),
    Reason.SHARED_OCCUPATIONS: gettext_lazy("often found in the same occupations"),
    Reason.OCCUPATION_SKILL: gettext_lazy("part of that work"),
    Reason.SIMILAR_LABEL: gettext_lazy("almost the same words"),
    Reason.SAME_TEXT: gettext_lazy("the same words"),
    Reason.OVERRIDE: gettext_lazy("set by a job coach"),
}


@dataclass(frozen=True)
class Mark:
    """How one requirement is met: `mark` is met, near or missing; `points` are whole hundredths of the match.

    `via` is what counts instead of the thing itself, `degree` (0-1) how near that is, `why` the relation;
    `counts` are the person's concepts behind it, `strength` (0-1) how well the evidence holds; `asked` and
    `own` are the keys of the two concepts whose relation counts, where one concept does.
    """

    text: str
    mark: str
    essential: bool
    via: str = ""
    degree: float = 0.0
    why: str = ""
    points: int = 0
    possible: int = 0
    is_occupation: bool = False
    counts: tuple[str, ...] = ()
    strength: float = 1.0
    asked: str = ""
    own: str = ""

    def as_data(self) -> dict[str, object]:
        """Return the mark for JSON: the snapshot of a proposal, the API, the command."""
        return {
            "text": self.text,
            "mark": self.mark,
            "essential": self.essential,
            "via": self.via,
            "degree": round(self.degree, 2),
            "why": self.why,
            "strength": round(self.strength, 2),
            "points": self.points,
            "possible": self.possible,
            "is_occupation": self.is_occupation,
        }


def marks_of(explanation: Explanation, catalogue: Catalogue, *, occupation: str) -> list[Mark]:
    """Return a mark for each line; their points add up to the match in whole hundredths.

    `occupation` names the kind of work of the opening, for the line about it.
    """
    lines = zip(explanation.lines, explanation.percents, strict=True)
    return [_mark(line, points, catalogue, occupation) for line, points in lines]


def _mark(line: Line, points: int, catalogue: Catalogue, occupation: str) -> Mark:
    outcome = _outcome(line)
    return Mark(
        text=_asked_for(line, catalogue, occupation),
        mark=outcome.value,
        essential=line.essential,
        via=_via(line, catalogue) if outcome is Outcome.NEAR else "",
        degree=line.degree,
        why=_why(line) if outcome is Outcome.NEAR else "",
        points=points,
        possible=round(100 * line.points_possible / TOTAL),
        is_occupation=line.is_occupation,
        strength=line.strength,
        counts=line.because if line.via is None else (line.via, *line.because),
        **_relation(line),
    )


def _relation(line: Line) -> dict[str, str]:
    """Return the keys of the concepts that a coach may set the relation of: none where the words decide."""
    if line.item is None or line.item.concept is None or line.via is None:
        return {}
    return {"asked": line.item.concept, "own": line.via}


def _outcome(line: Line) -> Outcome:
    if line.outcome is not Outcome.NEAR:
        return line.outcome
    if line.degree >= MET_FROM:
        return Outcome.MET
    return Outcome.NEAR if line.degree >= NEAR_FROM else Outcome.MISSING


def _asked_for(line: Line, catalogue: Catalogue, occupation: str) -> str:
    if line.item is None:
        if not occupation:
            return _("Experience of this kind of work")
        return _("Experience as: %(occupation)s") % {"occupation": occupation}
    known = line.item.concept is not None and line.item.concept in catalogue.names
    return catalogue.name(line.item.concept or "") if known else line.item.text


def _via(line: Line, catalogue: Catalogue) -> str:
    """Return the person's own skill or words that count, or the skills that point to the kind of work."""
    if line.via is not None:
        return ", ".join(catalogue.named([line.via]))
    return ", ".join(catalogue.named(line.because)) or line.text or ""


def _why(line: Line) -> str:
    if line.reason is None or line.reason is Reason.SAME:
        return ""
    return str(REASONS[line.reason])


def would_change(explanation: Explanation, catalogue: Catalogue) -> list[str]:
    """Return what would lift the match most, each as a short phrase with its points of a hundred."""
    lifts = [(line, round(100 * line.points_lost / TOTAL)) for line in explanation.would_change]
    return [
        _("%(skill)s (+%(points)s)") % {"skill": _asked_for(line, catalogue, ""), "points": points}
        for line, points in lifts[:MOST_CHANGES]
        if points >= LEAST_LIFT
    ]


def sentence(name: str, marks: Sequence[Mark]) -> str:
    """Return in one plain sentence how `name` meets the essential requirements, or the desirable ones."""
    asked = [mark for mark in marks if not mark.is_occupation]
    judged = [mark for mark in asked if mark.essential] or asked
    if not judged:
        return _("Nothing is asked for but the kind of work.")
    count = {outcome: sum(mark.mark == outcome for mark in judged) for outcome in ("met", "near")}
    words = {"name": name, "all": len(judged), "met": count["met"], "near": count["near"]}
    if count["met"] == len(asked):
        return _("%(name)s meets everything that is asked for.") % words
    if count["met"] == len(judged):
        return _("%(name)s meets everything essential.") % words
    if not count["met"] and not count["near"]:
        return _("%(name)s meets none of the %(all)s requirements yet.") % words
    if count["near"]:
        return _("%(name)s meets %(met)s of %(all)s requirements and %(near)s nearly.") % words
    return _("%(name)s meets %(met)s of %(all)s requirements.") % words
