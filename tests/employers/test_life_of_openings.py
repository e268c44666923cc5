"""Openings and lasting places, whatever is done to them in whatever order: Hypothesis looks for a fault."""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from backend.core.clock import day_of
from backend.core.models import AuditEntry
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers import services
from backend.employers.enums import OPENING_LIFECYCLE, OpeningState
from backend.employers.jobs import look_after_openings
from backend.employers.models import Opening
from backend.matching.enums import HOLDS_PLACE, UNDECIDED
from backend.matching.models import Proposal
from backend.matching.services import accept_proposal, withdraw_proposal
from tests.cast import Cast
from tests.factories import (
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
    UserFactory,
    WorkplaceFactory,
)
from tests.factories.base import NOW

TOLD = (ValidationError, TransitionNotAllowed, ObjectDoesNotExist)
EXAMPLES = int(os.environ.get("PRAKTIK_EXAMPLES", "10"))
STEPS = int(os.environ.get("PRAKTIK_STEPS", "20"))
WHICH = st.integers(0, 30)
DAYS = st.integers(-5, 60)


class LifeOfOpenings(RuleBasedStateMachine):
    """One walk; what it did is rolled back afterwards."""

    cast: Cast
    done: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.walk = transaction.atomic()
        self.walk.__enter__()
        self.at = NOW
        self.by = {"by": self.cast.employer_member}
        self.where = WorkplaceFactory(employer=self.cast.bakery)
        self.logged: Counter[str] = Counter()
        first: list[Opening] = []
        self.write("create", lambda: first.append(self._draft(places=2)))
        self.write(
            "publish",
            lambda: services.publish_opening(opening_id=first[0].pk, at=self.at, **self.by),
        )

    def teardown(self) -> None:
        """Look whether everything comes to an end or waits for somebody, and undo it all."""
        try:
            for _ in range(3):
                self.at += timedelta(days=400)
                look_after_openings(self.at)
            assert not Opening.objects.in_state(OpeningState.PUBLISHED, OpeningState.PAUSED).exists()
        finally:
            transaction.set_rollback(True)
            self.walk.__exit__(None, None, None)

    def write(self, name: str, act: Callable[[], Any]) -> None:
        """Do it, or be told why not: then nothing has changed."""
        self.at += timedelta(minutes=1)
        before = (AuditEntry.objects.count(), self._all())
        try:
            with transaction.atomic():
                act()
        except TOLD:
            assert (AuditEntry.objects.count(), self._all()) == before
        else:
            self.done[name] += 1

    def _all(self) -> list[tuple[Any, ...]]:
        return list(
            Opening.objects.order_by("pk").values_list("pk", "state", "places", "places_taken", "back_on")
        )

    def _draft(self, **fields: Any) -> Opening:
        words = {
            "workplace": self.where,
            "kind": "internship",
            "title": "Diskare",
            "description": "Du diskar.",
        }
        return services.save_opening(fields=words | fields, at=self.at, **self.by)

    def any(self, which: int) -> Any:
        """Return one of the openings of this employer."""
        mine = list(Opening.objects.filter(workplace=self.where).order_by("created_at", "pk"))
        return mine[which % len(mine)]

    @rule(places=st.integers(1, 3))
    def create(self, places: int) -> None:
        self.write("create", lambda: self._draft(places=places))

    @rule(places=st.integers(1, 3))
    def register_capacity(self, places: int) -> None:
        words = {"workplace": self.where, "title": "Fika", "description": "Du fikar.", "places": places}
        kind = {"placement_kind": "arbetspraktik", "supervisors": 1}
        act = services.register_capacity
        self.write("register", lambda: act(fields=words | kind, at=self.at, **self.by))

    @rule(which=WHICH, name=st.sampled_from(["publish", "publish", "resume", "close", "refresh", "copy"]))
    def move(self, which: int, name: str) -> None:
        act = getattr(services, f"{name}_opening")
        self.write(name, lambda: act(opening_id=self.any(which).pk, at=self.at, **self.by))

    @rule(which=WHICH, days=st.one_of(st.none(), DAYS))
    def pause(self, which: int, days: int | None) -> None:
        back_on = None if days is None else day_of(self.at) + timedelta(days=days)
        key = self.any(which).pk
        self.write(
            "pause",
            lambda: services.pause_opening(opening_id=key, back_on=back_on, at=self.at, **self.by),
        )

    @rule(which=WHICH, places=st.integers(0, 4), days=st.one_of(st.none(), DAYS))
    def edit(self, which: int, places: int, days: int | None) -> None:
        ends_on = None if days is None else day_of(self.at) + timedelta(days=days)
        fields, opening = {"places": places, "ends_on": ends_on}, self.any(which)
        if opening.capacity is None:
            act = services.save_opening
            self.write("edit", lambda: act(fields=fields, opening=opening, at=self.at, **self.by))
            return
        change = services.register_capacity
        words = services.words_of(opening)
        self.write(
            "edit",
            lambda: change(fields=fields, capacity=opening.capacity, at=self.at, **words, **self.by),
        )

    @rule(which=WHICH)
    def rewrite(self, which: int) -> None:
        opening, fields = self.any(which), {"title": f"Diskare {self.at:%d%H%M}"}
        act = services.save_opening
        self.write("rewrite", lambda: act(fields=fields, opening=opening, at=self.at, **self.by))

    @rule(which=WHICH, approves=st.booleans())
    def decide(self, which: int, approves: bool) -> None:
        key, coach = self.any(which).pk, {"by": self.cast.coach}
        if approves:
            act = services.approve_opening
            self.write("approve", lambda: act(opening_id=key, at=self.at, **coach))
        else:
            back = services.return_opening
            self.write("return", lambda: back(opening_id=key, why="Skriv mer.", at=self.at, **coach))

    @rule(which=WHICH)
    def reserve(self, which: int) -> None:
        """Put somebody forward, as a coach has, for whatever takes people in."""
        opening = self.any(which)
        if opening.is_open_on(day_of(self.at)):
            person = ParticipantFactory(unit=self.cast.unit, coach=self.cast.coach)
            ProposalFactory(opening=opening, participant=person, proposed_by=self.cast.coach)

    @rule(which=WHICH)
    def accept(self, which: int) -> None:
        sent = list(Proposal.objects.filter(state="sent", opening__workplace=self.where).order_by("pk"))
        if sent:
            key = sent[which % len(sent)].pk
            self.write("accept", lambda: accept_proposal(proposal_id=key, at=self.at, **self.by))

    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        mine = Proposal.objects.open().filter(opening__workplace=self.where).order_by("pk")
        if found := list(mine):
            key, coach = found[which % len(found)].pk, {"by": self.cast.coach}
            self.write("cancel", lambda: withdraw_proposal(proposal_id=key, why="Nej.", at=self.at, **coach))

    @rule(days=st.sampled_from([1, 20, 80, 95]))
    def let_days_pass(self, days: int) -> None:
        self.at += timedelta(days=days)
        look_after_openings(self.at)

    @invariant()
    def places_agree(self) -> None:
        """As many places are taken as people hold, and the state says whether any is left."""
        for opening in Opening.objects.filter(workplace=self.where):
            held = Proposal.objects.filter(opening=opening, state__in=HOLDS_PLACE).count()
            assert 0 <= opening.places_taken == held <= opening.places
            if opening.is_public:
                assert opening.is_full == (opening.places_left == 0)
            assert opening.back_on is None or opening.is_paused
            if opening.capacity:
                assert opening.capacity.places == opening.places

    @invariant()
    def nothing_is_undecided_where_all_is_over(self) -> None:
        over = Opening.objects.in_state(OpeningState.CLOSED, OpeningState.EXPIRED)
        assert not Proposal.objects.filter(opening__in=over, state__in=UNDECIDED).exists()

    @invariant()
    def each_change_of_state_is_in_the_log_once(self) -> None:
        """The log leads from the first state to the present one, each step once and by the table."""
        for opening in Opening.objects.filter(workplace=self.where):
            moves = AuditEntry.objects.about(opening).exclude(to_state="").order_by("at", "pk")
            state = OpeningState.DRAFT
            for before, after in moves.values_list("from_state", "to_state"):
                assert before == state
                assert OPENING_LIFECYCLE.allows(before, after)
                state = after
            assert state == opening.state

    @invariant()
    def nobody_is_stuck(self) -> None:
        """From every state there is a way on."""
        for state in OpeningState:
            assert OPENING_LIFECYCLE.moves[state]


@pytest.mark.django_db
def test_whatever_is_done_to_openings(cast: Cast) -> None:
    done: Counter[str] = Counter()
    machine = type("Openings", (LifeOfOpenings,), {"cast": cast, "done": done})
    steps = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=steps)

    assert {"publish", "edit"} <= done.keys(), done
    assert len(done) >= 6, done


def room_for(connections: int) -> int:
    """Return how many connections are made at once: all, or a fifth where the server is small."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int - (SELECT count(*) FROM pg_stat_activity)"
        )
        free = cursor.fetchone()[0]
    return connections if free > connections + 10 else connections // 5


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_who_reserve_five_places_at_once_five_get_one() -> None:
    opening = OpeningFactory(places=5)
    by = UserFactory()
    at_once = room_for(100)
    together = Barrier(at_once)

    def take(_number: int) -> bool:
        together.wait()
        try:
            services.take_place(opening_id=opening.pk, by=by, at=NOW)
        except ValidationError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(at_once) as pool:
        outcomes = list(pool.map(take, range(100)))

    opening = Opening.objects.get(pk=opening.pk)
    assert outcomes.count(True) == opening.places_taken == 5
    assert opening.state == OpeningState.FILLED
    assert AuditEntry.objects.about(opening).filter(action="place_taken").count() == 5
