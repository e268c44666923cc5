"""A pool that is brought up to date says what one made anew says, after each of many changes."""

from random import Random

import pytest
from django.db import transaction

from backend.core.writing import audit
from backend.employers.enums import OpeningState, Standing
from backend.employers.models import Opening
from backend.employers.scopes import matched_openings
from backend.matching.bridge import pools
from backend.matching.engine import Matcher
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from backend.participants.scopes import listed_people
from backend.skills.enums import Resolution
from tests.factories import (
    OpeningFactory,
    ParticipantFactory,
    SkillEvidenceFactory,
    SkillRequirementFactory,
    stand,
)
from tests.factories.base import NOW

TODAY = NOW.date()


@pytest.fixture
def world(asks_for_baking):
    cast = asks_for_baking
    for number in range(4):
        ParticipantFactory(unit=cast.unit, coach=cast.coach, waiting_since=TODAY.replace(day=number + 1))
        OpeningFactory(workplace=cast.opening.workplace)
    return cast


def rankings(cast):
    """Everything that both pools say now."""
    people, openings = listed_people(cast.coach), matched_openings(cast.coach)
    forth = pools.people_and_opening(people, cast.opening, today=TODAY).matcher
    back = pools.openings_and_person(openings, cast.pia, today=TODAY).matcher
    return (
        list(forth.people),
        [forth.rank_people(str(cast.opening.pk), near=near) for near in (False, True)],
        [forth.explain(each, str(cast.opening.pk)) for each in forth.people],
        list(back.openings),
        [back.rank_openings(key, near=near) for key in back.people for near in (False, True)],
    )


def anew(cast):
    kept = dict(pools._kept._held)
    pools.forget()
    found = rankings(cast)
    pools._kept._held.update(kept)
    return found


class Changes:
    """Changes of rows, each with its audit row as the services leave it."""

    def __init__(self, cast, baking, rng):
        self.cast, self.baking, self.rng = cast, baking, rng

    def person(self):
        return self.rng.choice(Participant.objects.filter(unit=self.cast.unit).order_by("pk"))

    def opening(self):
        return self.rng.choice(Opening.objects.order_by("pk"))

    def save(self, row, **values):
        type(row).objects.filter(pk=row.pk).update(**values)
        action = "updated" if isinstance(row, Participant) else "changed"
        audit.record(row, action, by=None, at=NOW)

    def enrolled(self):
        audit.record(ParticipantFactory(unit=self.cast.unit), "enrolled", by=None, at=NOW)

    def skill(self):
        person, text = self.person(), self.rng.choice(["bakar bröd", "Städa", "lödning"])
        known = {"concept": self.baking, "resolution": Resolution.ACCEPTED} if "bröd" in text else {}
        person.skills.filter(text=text).delete()
        SkillEvidenceFactory(participant=person, text=text, **known)
        self.save(person)

    def no_skill(self):
        person = self.person()
        person.skills.all().delete()
        self.save(person)

    def hours(self):
        self.save(self.person(), hours_min=self.rng.randint(5, 20), hours_max=self.rng.randint(20, 40))

    def languages(self):
        self.save(self.person(), languages={"sv": self.rng.choice(["A1", "C1"])}, licences=["B"])

    def address(self):
        self.save(self.person(), latitude=59 + self.rng.random(), longitude=18.0)

    def ended(self):
        self.save(self.person(), state=self.rng.choice(list(ParticipantState.values)))

    def protected(self):
        person = self.person()
        self.save(person, is_protected=not person.is_protected)

    def moved(self):
        self.save(self.person(), unit=self.rng.choice([self.cast.unit, self.cast.other_unit]))

    def asked(self):
        opening = self.opening()
        opening.requirements.all().delete()
        SkillRequirementFactory(
            opening=opening, text="Baka bröd", concept=self.baking, resolution=Resolution.ACCEPTED
        )
        SkillRequirementFactory(opening=opening, text="lödning")
        self.save(opening)

    def filled(self):
        self.save(self.opening(), state=self.rng.choice([OpeningState.PUBLISHED, OpeningState.FILLED]))

    def workplace(self):
        workplace = self.opening().workplace
        type(workplace).objects.filter(pk=workplace.pk).update(
            latitude=59 + self.rng.random(), longitude=18.0
        )
        audit.record(workplace, "workplace_changed", by=None, at=NOW)

    def employer(self):
        employer = self.opening().workplace.employer
        standing = self.rng.choice([Standing.GOOD, Standing.PAUSED])
        stand(employer, standing)
        audit.record(employer, "measure_pause", by=None, at=NOW)

    def rolled_back(self):
        with transaction.atomic():
            self.skill()
            rankings(self.cast)
            transaction.set_rollback(True)

    def all(self):
        names = [name for name in vars(Changes) if not name.startswith("_")]
        return [getattr(self, name) for name in names if name not in ("person", "opening", "save", "all")]


@pytest.mark.parametrize("seed", range(3))
def test_the_same_after_each_change(world, baking, seed):
    rng = Random(seed)
    changes = Changes(world, baking, rng)
    rankings(world)
    for change in rng.choices(changes.all(), k=30):
        change()
        world.pia.refresh_from_db()
        world.opening.refresh_from_db()
        assert rankings(world) == anew(world), change.__name__


def test_only_what_has_changed_is_made_anew(world, monkeypatch):
    rankings(world)
    made = []
    build = Matcher.__init__
    monkeypatch.setattr(
        Matcher, "__init__", lambda self, *args, **kwargs: made.append(1) or build(self, *args, **kwargs)
    )
    for row, action in ((world.pia, "updated"), (world.opening, "changed")):
        audit.record(row, action, by=None, at=NOW)
    rankings(world)

    assert made == []
