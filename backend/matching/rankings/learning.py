"""What would open doors: for a person one more skill or another condition, for an opening one demand less."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.scopes import matched_openings
from backend.matching.bridge import pools
from backend.matching.bridge.catalogue import Catalogue
from backend.matching.bridge.changes import About, Change, easier, would_open
from backend.matching.bridge.keys import Key, key_of, rows_of
from backend.matching.bridge.pools import Pool
from backend.matching.rankings.ranked import WhatIf, WorthLearning
from backend.participants.models import Participant
from backend.skills import wording
from backend.skills.enums import LanguageLevel

MOST_CHANGES = 6
MOST_SKILLS = 5
MOST_OPENINGS = 5


def worth_learning(participant: Participant, *, by: User, at: datetime) -> list[WorthLearning]:
    """Return the skills, the one that brings most first, with the openings that it would bring."""
    openings = matched_openings(by)
    pool = pools.openings_and_person(openings, participant, today=day_of(at))
    if key_of(participant) not in pool.matcher.people:
        return []
    skills = pool.matcher.skills_to_learn(key_of(participant), limit=MOST_SKILLS)
    keys = {each.opening for skill in skills for each in skill.reached[:MOST_OPENINGS]}
    rows = rows_of(openings.rows.select_related("workplace__employer"), keys)
    return [
        WorthLearning(
            skill=pool.catalogue.name(skill.concept),
            openings=[rows[each.opening] for each in skill.reached[:MOST_OPENINGS] if each.opening in rows],
            count=len(skill.reached),
        )
        for skill in skills
        if skill.reached
    ]


def would_open_for(participant: Participant, *, by: User, at: datetime) -> list[WhatIf]:
    """Return which other conditions of a person would open most openings: languages, licences, way, hours."""
    pool = pools.openings_and_person(matched_openings(by), participant, today=day_of(at))
    if key_of(participant) not in pool.matcher.people:
        return []
    return [
        WhatIf(_of_person(each.change), each.count) for each in would_open(participant, pool)[:MOST_CHANGES]
    ]


def easier_to_fill(opening: Key, pool: Pool, *, exclude: Collection[Key]) -> list[WhatIf]:
    """Return which demand less of the pool's opening would let most of its people, save some, fit."""
    found = easier(opening, pool, exclude=exclude)[:MOST_CHANGES]
    return [WhatIf(_of_opening(each.change, pool.catalogue), each.count) for each in found]


def _of_person(change: Change) -> str:
    if change.about is About.LANGUAGE:
        return wording.language(change.code, LanguageLevel.values[change.level - 1])
    if change.about is About.LICENCE:
        return wording.licence(change.code)
    if change.about is About.JOURNEY:
        return _("A longer way, up to %(km)s km") % {"km": change.level}
    return _("Other hours a week")


def _of_opening(change: Change, catalogue: Catalogue) -> str:
    if change.about is About.LANGUAGE:
        words = wording.language(change.code, LanguageLevel.values[change.level - 1])
        return _("With %(language)s as the least") % {"language": words}
    if change.about is About.HOURS:
        return _("With other hours a week")
    if change.about is About.NEED:
        return _("With the adaptation: %(what)s") % {"what": wording.adaptation(change.code)}
    what = wording.licence(change.code) if change.about is About.LICENCE else catalogue.name(change.code)
    return _("Without the demand for: %(what)s") % {"what": what}
