"""Which single skills would bring most openings within a person's reach."""

from datetime import datetime

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.scopes import matched_openings
from backend.matching.bridge import pools
from backend.matching.bridge.keys import key_of, rows_of
from backend.matching.rankings.ranked import WorthLearning
from backend.participants.models import Participant

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
