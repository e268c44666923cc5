"""The engine's explanations in the words that people read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backend.matching.bridge.catalogue import Catalogue
from backend.matching.engine import TOTAL, Band, Condition, Explanation, Line, Outcome, Part, Reason
from backend.participants.enums import EvidenceSource
from backend.skills.relations.said_aloud import is_said_aloud

MET_FROM = 0.94
"""Degree of another word for the same thing, one byte's rounding allowed: met, though not in full points."""
MOST_CHANGES = 2
INFERRED_FROM = 0.3
"""Certainty from which somebody is said to know much of the work, by the skills that belong to it."""
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
    Condition.ADAPTATIONS: gettext_lazy("A needed adaptation cannot be arranged"),
}
BANDS: Mapping[Band, Promise] = {
    Band.FITS: gettext_lazy("Meets the requirements, or is worth asking"),
    Band.ONE_MISSING: gettext_lazy("One requirement is missing"),
    Band.FAR: gettext_lazy("Far from it"),
}
SOURCES: Mapping[str, Promise] = {
    EvidenceSource.SELF: gettext_lazy("in the person's own words; a supervisor's word weighs more"),
    EvidenceSource.COACH: gettext_lazy("said by the job coach; a supervisor's word weighs more"),
    EvidenceSource.SUPERVISOR: gettext_lazy("said by a supervisor"),
    EvidenceSource.INTERNSHIP: gettext_lazy("shown in an internship"),
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


ABOUT: Mapping[Part, str] = {
    Part.ASKED: "requirement",
    Part.DONE: "experience",
    Part.WISHED: "wish",
}


@dataclass(frozen=True)
class Mark:
    """How one line is met: `mark` is met, near, ask or missing; `points` are whole hundredths of the match.

    `about` is requirement, experience (work of this kind that was done) or wish. `via` is what counts instead
    of the thing itself, `degree` (0-1) how near that is, `why` the relation; `is_inferred` that nobody has
    said it; `counts` are the person's concepts behind it, `strength` (0-1) how well the evidence holds,
    `said_by` whose word it is; `asked` and `own` are the keys of the two concepts whose relation counts,
    where one concept does, and `counted` names the person's own, also where it only orders.
    """

    text: str
    mark: str
    essential: bool
    about: str = "requirement"
    via: str = ""
    degree: float = 0.0
    why: str = ""
    points: int = 0
    possible: int = 0
    is_inferred: bool = False
    counts: tuple[str, ...] = ()
    strength: float = 1.0
    said_by: str = ""
    counted: str = ""
    asked: str = ""
    own: str = ""

    def as_data(self) -> dict[str, object]:
        """Return the mark for JSON: the snapshot of a proposal, the API, the command."""
        return {
            "text": self.text,
            "mark": self.mark,
            "about": self.about,
            "essential": self.essential,
            "via": self.via,
            "degree": round(self.degree, 2),
            "why": self.why,
            "strength": round(self.strength, 2),
            "points": self.points,
            "possible": self.possible,
        }


def marks_of(explanation: Explanation, catalogue: Catalogue, *, occupation: str) -> list[Mark]:
    """Return a mark for each line; their points add up to the match in whole hundredths.

    `occupation` names the kind of work of the opening, for the lines about it.
    """
    lines = zip(explanation.lines, explanation.percents, strict=True)
    return [_mark(line, points, catalogue, occupation) for line, points in lines]


def _mark(line: Line, points: int, catalogue: Catalogue, occupation: str) -> Mark:
    outcome = _outcome(line)
    via = _via(line, catalogue)
    return Mark(
        text=TEXTS[line.part](line, catalogue, occupation),
        mark=outcome.value,
        essential=line.essential,
        about=ABOUT[line.part],
        via=via if outcome is Outcome.NEAR else "",
        counted=via if line.via is not None else "",
        degree=line.degree,
        why=_why(line) if outcome is Outcome.NEAR else "",
        points=points,
        possible=round(100 * line.points_possible / TOTAL),
        is_inferred=line.group is not None and line.part == Part.DONE,
        strength=line.strength,
        said_by=str(SOURCES[line.source]) if line.source and line.part == Part.ASKED else "",
        counts=line.because if line.via is None else (line.via, *line.because),
        **_relation(line),
    )


def _relation(line: Line) -> dict[str, str]:
    """Return the keys of the concepts that a coach may set the relation of: none where the words decide."""
    if line.item is None or line.item.concept is None or line.via is None:
        return {}
    return {"asked": line.item.concept, "own": line.via}


def _outcome(line: Line) -> Outcome:
    """Return what is said of a line: a relation that a coach would not say aloud only orders.

    What follows from skills alone is never a tick: nobody has said that the work was done.
    """
    if line.part == Part.DONE and line.group is not None:
        return Outcome.NEAR if line.degree * line.strength >= INFERRED_FROM else Outcome.MISSING
    if line.outcome is Outcome.ASK:
        return Outcome.ASK if line.essential or line.part == Part.WISHED else Outcome.MISSING
    if line.outcome is not Outcome.NEAR:
        return line.outcome
    if line.degree >= MET_FROM:
        return Outcome.MET
    if line.part == Part.WISHED or line.text or _is_said(line):
        return Outcome.NEAR
    return Outcome.ASK if line.essential else Outcome.MISSING


def _is_said(line: Line) -> bool:
    return line.reason is not None and is_said_aloud(line.reason, line.degree)


def _requirement(line: Line, catalogue: Catalogue, _occupation: str) -> str:
    if line.item is None:
        return ""
    known = line.item.concept is not None and line.item.concept in catalogue.names
    return catalogue.name(line.item.concept or "") if known else line.item.text


def _experience(line: Line, _catalogue: Catalogue, occupation: str) -> str:
    if line.group is not None:
        return _("Can much of the work as: %(occupation)s") % {"occupation": occupation or _("this")}
    if not occupation:
        return _("Has done this kind of work")
    return _("Has worked as: %(occupation)s") % {"occupation": occupation}


def _wish(line: Line, _catalogue: Catalogue, occupation: str) -> str:
    if line.outcome is Outcome.ASK:
        return _("No wish is said – ask")
    if line.group is not None or not occupation:
        return _("Wants work of this kind")
    if line.outcome is Outcome.NEAR and line.via is None and line.text is None:
        return _("Wants any work")
    return _("Wants to work as: %(occupation)s") % {"occupation": occupation}


TEXTS: Mapping[Part, Callable[[Line, Catalogue, str], str]] = {
    Part.ASKED: _requirement,
    Part.DONE: _experience,
    Part.WISHED: _wish,
}


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
        _("%(skill)s (+%(points)s)") % {"skill": _requirement(line, catalogue, ""), "points": points}
        for line, points in lifts[:MOST_CHANGES]
        if points >= LEAST_LIFT
    ]


def sentence(name: str, marks: Sequence[Mark]) -> str:
    """Return in plain words how `name` meets what is essential, what to ask about, and what is missing."""
    essential = [mark for mark in marks if mark.essential]
    if not essential:
        return _without_essentials(name, marks)
    named = {mark.mark: [each.text for each in essential if each.mark == mark.mark] for mark in essential}
    met = len(named.get("met", ()))
    words = {"name": name, "all": len(essential), "met": met, "near": len(named.get("near", ()))}
    if met == len(essential):
        return _("%(name)s meets everything essential.") % words
    if words["near"] == len(essential):
        return _all_nearly(words["near"]) % {**words, "what": ", ".join(named["near"])}
    parts = [_("%(name)s meets %(met)s of %(all)s requirements") % words]
    if not met and "near" not in named and "ask" not in named:
        parts = [_("%(name)s meets none of the %(all)s requirements yet") % words]
    if "near" in named:
        parts.append(_("nearly: %(what)s") % {"what": ", ".join(named["near"])})
    if "ask" in named:
        parts.append(_("ask about: %(what)s") % {"what": ", ".join(named["ask"])})
    if "missing" in named:
        parts.append(_("missing: %(what)s") % {"what": ", ".join(named["missing"])})
    return "; ".join(parts) + "."


def _all_nearly(count: int) -> str:
    if count == 2:
        return _("%(name)s nearly meets both requirements: %(what)s.")
    return ngettext(
        "%(name)s nearly meets the requirement: %(what)s.",
        "%(name)s nearly meets all %(all)s requirements: %(what)s.",
        count,
    )


def _without_essentials(name: str, marks: Sequence[Mark]) -> str:
    asked = [mark for mark in marks if mark.about == "requirement"]
    wants = any(mark.about == "wish" and mark.mark == "met" for mark in marks)
    words = {"name": name, "all": len(asked), "met": sum(mark.mark == "met" for mark in asked)}
    if asked and words["met"]:
        return _("Nothing is essential here. %(name)s has %(met)s of %(all)s merits.") % words
    if wants:
        return _("Nothing is essential here, and %(name)s wants this.") % words
    return _("Nothing is essential here.")
