"""One pair, explained: from a ranking, by itself, or by what an employer has been told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from backend.core.clock import day_of
from backend.employers.models import Opening
from backend.matching.bridge import pools
from backend.matching.bridge.catalogue import Catalogue
from backend.matching.bridge.keys import key_of
from backend.matching.bridge.pools import Pool
from backend.matching.engine import Explanation
from backend.matching.engine import Opening as EngineOpening
from backend.matching.rankings import wording
from backend.matching.rankings.ranked import Match, Subject
from backend.matching.rankings.wording import Mark
from backend.participants.models import Participant

SOMEBODY = "somebody"


def match_of(opening: Opening, participant: Participant, *, at: datetime) -> Match[Participant]:
    """Explain one pair, proposed or not; both must be open to whoever reads it."""
    today = day_of(at)
    pool = pools.pair(opening, participant, today=today)
    explained = pool.matcher.explain(key_of(participant), key_of(opening))
    words = {"name": participant.first_name, "waiting_days": participant.days_waited(today)}
    return as_match(participant, explained, pool, words)


def marks_of_told(opening: Opening, told: Iterable[tuple[int | None, str]], *, at: datetime) -> list[Mark]:
    """Hold what an employer has been told, as (concept, text), and nothing else, against `opening`.

    What only follows from it is not said: an employer reads what was told.
    """
    pool = pools.told_and_opening(told, opening, key=SOMEBODY, today=day_of(at))
    marks = _marks(pool.matcher.explain(SOMEBODY, key_of(opening)), pool)
    return [_as_told(mark) for mark in marks if mark.about == "requirement" or _was_done(mark)]


def _was_done(mark: Mark) -> bool:
    return mark.about == "experience" and mark.mark != "missing" and not mark.is_inferred


def _as_told(mark: Mark) -> Mark:
    return replace(mark, mark="missing") if mark.mark == "ask" else mark


def as_match(subject: Subject, explained: Explanation, pool: Pool, words: dict[str, Any]) -> Match[Subject]:
    """Put an explained pair in words; `words` has the person's `name` and, for a person, `waiting_days`."""
    marks = _marks(explained, pool)
    return Match(
        subject=subject,
        band=explained.band,
        percent=round(100 * explained.score),
        marks=marks,
        sentence=wording.sentence(words["name"], marks),
        distance_km=explained.distance_km,
        failed=[wording.REMOVED[condition] for condition in explained.failed],
        would_change=wording.would_change(explained, pool.catalogue),
        waiting_days=words.get("waiting_days"),
    )


def _marks(explained: Explanation, pool: Pool) -> list[Mark]:
    occupation = _occupation(pool.matcher.opening(explained.opening), pool.catalogue)
    return wording.marks_of(explained, pool.catalogue, occupation=occupation)


def _occupation(opening: EngineOpening, catalogue: Catalogue) -> str:
    """Return the name of the kind of work, as understood or as written."""
    names = [
        catalogue.name(each.concept) if each.concept and each.concept in catalogue.names else each.text
        for each in opening.occupations
    ]
    return ", ".join(names)
