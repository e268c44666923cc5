"""What the plan of a placement must say by law, and what it may not say of the person."""

from collections.abc import Iterator
from datetime import date

from backend.core import rules as dated
from backend.core.writing.refusals import Reason
from backend.internships.enums import KINDS_OF_THE_YOUNG
from backend.internships.models import Internship, lines_of
from backend.internships.safeguards import rules
from backend.internships.safeguards.refusals import PlacementRefusal
from backend.participants.models import Consent
from backend.participants.services import released_adaptations
from backend.skills.enums import Adaptation

MOST_GOALS = 8
OF_RISK = ("kind", "is_minor", "risk_words", "risk_assessed_on", "risk_assessed_by")


def risk_not_assessed(internship: Internship, *, today: date) -> Iterator[Reason]:
    """Yield why a placement must not begin without a risk assessment, or with this one.

    Whoever is under age needs one; in the kinds that schools and summers have, so does whoever may be.
    """
    day, assessed = internship.starts_on, internship.risk_assessed_on
    age = dated.value_on(rules.MINOR_UNDER_AGE, day)
    source = rules.dated_source(rules.MINOR_UNDER_AGE, day)
    needs_one = needs_risk_assessment(internship)
    if needs_one and not internship.has_risk_assessment:
        is_said = internship.is_minor is not None
        why = PlacementRefusal.RISK_NOT_ASSESSED if is_said else PlacementRefusal.AGE_NOT_SAID
        yield Reason(why, {"age": age, "source": source}, "risk_words" if is_said else "is_minor")
    elif assessed and assessed > today:
        yield Reason(PlacementRefusal.RISK_AHEAD, about="risk_assessed_on")
    elif needs_one and assessed and assessed > (internship.started_on or internship.starts_on):
        yield Reason(PlacementRefusal.RISK_LATE, {"source": source}, "risk_assessed_on")


def needs_risk_assessment(internship: Internship) -> bool:
    """Tell whether the person is under age, or may be in such a kind of placement."""
    may_be = internship.kind in KINDS_OF_THE_YOUNG and internship.is_minor is None
    return bool(internship.is_minor) or may_be


def too_many_goals(internship: Internship) -> Iterator[Reason]:
    """Yield why the workplace cannot be asked about all of the goals."""
    if len(lines_of(internship.goals)) > MOST_GOALS:
        yield Reason(PlacementRefusal.TOO_MANY_GOALS, {"most": MOST_GOALS}, "goals")


def adaptations_not_told(internship: Internship, *, agreed_before: list[str] = ()) -> Iterator[Reason]:  # type: ignore[assignment]
    """Yield why what is arranged would tell more of the person than was released.

    What the workplace offers to everybody tells of nobody, and what stood there before stands.
    """
    known = {*adaptations_that_may_be(internship), *agreed_before}
    untold = [code for code in internship.adaptations if code not in known]
    if untold:
        words = ", ".join(str(Adaptation(code).label) for code in untold)
        yield Reason(PlacementRefusal.ADAPTATION_NOT_TOLD, {"adaptations": words}, "adaptations")


def adaptations_that_may_be(internship: Internship) -> list[str]:
    """Return what can be agreed on: what the person released, and what the workplace offers."""
    told, offered = told_and_offered(internship)
    return [code for code in Adaptation.values if code in told | offered]


def told_and_offered(internship: Internship) -> tuple[set[str], set[str]]:
    """Return which adaptations the employer may know that the person needs, and which it offers."""
    consent: Consent | None = internship.standing_consent
    opening = internship.opening
    offered = opening.arranged if opening else set(internship.workplace.adaptations_offered)
    return (released_adaptations(consent) if consent else set()), offered
