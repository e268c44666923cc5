"""Each signal is one expression: what alarms of an employer is what a gate asks of a placement there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.core.models import DatedRule
from backend.employers.enums import PlacementKind
from backend.employers.models import Employer
from backend.employers.services import record_redundancies, take_back_redundancies
from backend.internships.enums import Gate
from backend.internships.jobs import look_for_gates
from backend.internships.models import Extension, Internship, PlacementRule
from backend.internships.safeguards import rules, signals
from backend.internships.safeguards.gates import (
    OF_PERSON,
    OF_WORKPLACE,
    SIGNAL_OF,
    codes_of_gates,
    gates_of,
    gates_of_extension,
)
from backend.internships.services import decide_objection, plan_internship, start_internship
from backend.matching.enums import ProposalState
from backend.safeguarding.enums import Signal
from backend.safeguarding.models import Evidence
from backend.safeguarding.services import notice_signals
from backend.safeguarding.services.signals import SIGNALS
from tests.cast import Cast
from tests.factories import (
    InternshipFactory,
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
    WorkplaceFactory,
)
from tests.factories.base import NOW, TODAY
from tests.internships.test_planning import TERMS
from tests.refusals import refused_for
from tests.told import told

DAY = timedelta(days=1)
GOES_ON = {"state": "ongoing", "starts_on": TODAY - 10 * DAY, "started_on": TODAY - 10 * DAY}
IS_OVER = {"state": "completed", "starts_on": TODAY - 90 * DAY, "ends_on": TODAY - 30 * DAY}


def placed(cast: Cast, **facts: Any) -> Internship:
    """Place somebody at the bakery, in an opening of their own."""
    who = ParticipantFactory(unit=cast.unit, coach=cast.coach)
    if "workplace" not in facts:
        facts = {"opening": OpeningFactory(workplace=cast.opening.workplace), **facts}
    days = {"starts_on": TODAY, "ends_on": TODAY + 60 * DAY}
    internship: Internship = InternshipFactory(
        **{"participant": who, "supervisor_name": "Berit", **days, **facts}
    )
    return internship


def extension(internship: Internship, cast: Cast, **facts: Any) -> Extension:
    terms = {"valid_from": TODAY, "ends_on": internship.ends_on, "hours_per_week": 20, "tasks": "Disk"}
    basis = {"basis_by": "AF", "decision_reference": "1", "basis_from": TODAY, "basis_until": TODAY}
    who = {"wanted_by": cast.coach, "wanted_at": NOW, "applied_at": NOW, "union_outcome": "no_union"}
    return Extension.objects.create(
        internship=internship, **{"why": "Mer.", "brings_new": False, **terms, **basis, **who, **facts}
    )


def same_tasks(cast: Cast, new: Internship) -> None:
    for _each in range(3):
        placed(cast, opening=new.opening, **IS_OVER)


def for_one_supervisor(cast: Cast, new: Internship) -> None:
    for name in ("Berit", "berit", "Berit"):
        placed(cast, supervisor_name=name, **GOES_ON)


def for_its_employees(cast: Cast, new: Internship) -> None:
    Employer.objects.filter(pk=cast.bakery.pk).update(employees=6)
    for name in ("Bo", "Eva"):
        placed(cast, supervisor_name=name, **GOES_ON)


def ended_early(cast: Cast, new: Internship) -> None:
    ended = {"state": "ended_early", "ended_by_side": "employer", "end_reason": "supervision"}
    for number in range(3):
        placed(cast, **{**IS_OVER, **ended}, ended_on=TODAY - (40 + number) * DAY)


def made_redundant(cast: Cast, new: Internship) -> None:
    facts: dict[str, Any] = {"happened_on": TODAY - 40 * DAY, "how_many": 2, "words": "Kvällspasset."}
    record_redundancies(
        employer_id=cast.bakery.pk, workplace_id=new.workplace_id, **facts, by=cast.coach, at=NOW
    )


def long_at_employer(cast: Cast, new: Internship) -> None:
    days = {"starts_on": TODAY - 200 * DAY, "ends_on": TODAY - 20 * DAY, "state": "completed"}
    placed(cast, participant=new.participant, kind=PlacementKind.SPRAKPRAKTIK, **days)


def with_nothing_new(cast: Cast, new: Internship) -> None:
    extension(new, cast)
    DatedRule.objects.filter(key=rules.NOTHING_NEW_DAYS).update(value=30)


def without_time_to_seek(cast: Cast, new: Internship) -> None:
    PlacementRule.objects.filter(kind=new.kind).update(most_hours_a_week=15, is_statute=False)


def written_late(cast: Cast, new: Internship) -> None:
    for _each in range(2):
        placed(cast, **IS_OVER, backdated_why="Glömt.")
    Internship.objects.filter(pk=new.pk).update(backdated_why="Glömt.")
    new.backdated_why = "Glömt."


CASES: list[tuple[Signal, Gate, Callable[[Cast, Internship], None]]] = [
    (Signal.SAME_TASKS, Gate.SAME_TASKS, same_tasks),
    (Signal.PER_SUPERVISOR, Gate.PER_SUPERVISOR, for_one_supervisor),
    (Signal.PER_EMPLOYEE, Gate.PER_EMPLOYEE, for_its_employees),
    (Signal.EARLY_ENDINGS, Gate.EARLY_ENDINGS, ended_early),
    (Signal.REDUNDANCIES, Gate.REDUNDANCIES, made_redundant),
    (Signal.AT_EMPLOYER, Gate.AT_EMPLOYER, long_at_employer),
    (Signal.NOTHING_NEW, Gate.NOTHING_NEW, with_nothing_new),
    (Signal.JOB_SEEKING, Gate.JOB_SEEKING, without_time_to_seek),
    (Signal.BACKDATED, Gate.WRITTEN_LATE, written_late),
]


@pytest.fixture
def new(cast: Cast) -> Internship:
    """A placement that goes on from today, as alarm and gate both see it."""
    return placed(cast, participant=cast.pia, state="ongoing", started_on=TODAY, hours_per_week=20)


def test_every_signal_is_asked_by_alarm_and_gate() -> None:
    assert {signal for signal, _gate, _so in CASES} == set(Signal) == set(SIGNALS)
    assert {gate for _signal, gate, _so in CASES} == set(Gate) - {Gate.UNION} == set(SIGNAL_OF)
    assert all(SIGNALS[signal] is SIGNAL_OF[gate] for signal, gate, _so in CASES)


@pytest.mark.parametrize(("signal", "gate", "so"), CASES, ids=[str(gate) for _signal, gate, _so in CASES])
class TestSame:
    def test_what_alarms_is_what_the_gate_asks(
        self, cast: Cast, new: Internship, signal: Signal, gate: Gate, so: Any
    ) -> None:
        ask = SIGNAL_OF[gate]
        assert list(ask(on=TODAY)) == list(ask(on=TODAY, of=new) if gate != Gate.NOTHING_NEW else [])

        so(cast, new)

        more = {"most": 30} if gate == Gate.NOTHING_NEW else {}
        [alarm], [asked] = list(ask(on=TODAY)), list(ask(on=TODAY, of=new, **more))
        came_itself = gate == Gate.SAME_TASKS
        assert (alarm.employer, alarm.number) == (asked.employer, asked.number + came_itself)
        assert alarm.about == asked.about

    def test_elsewhere_the_gate_is_silent(
        self, cast: Cast, new: Internship, signal: Signal, gate: Gate, so: Any
    ) -> None:
        so(cast, new)
        there = WorkplaceFactory(employer=cast.joinery)
        other = placed(cast, opening=None, workplace=there, work="Snickra", hours_per_week=10, **GOES_ON)

        assert [each.employer for each in SIGNALS[signal](on=TODAY)] == [cast.bakery.pk]
        if gate != Gate.NOTHING_NEW:
            assert list(SIGNAL_OF[gate](on=TODAY, of=other)) == []


class TestGates:
    """What is asked of a manager before somebody new comes: never silent, and never a dead end."""

    def plan(self, cast: Cast, **changes: Any) -> Internship:
        accepted = ProposalFactory(opening=cast.opening, participant=cast.pia, state=ProposalState.ACCEPTED)
        return plan_internship(proposal_id=accepted.pk, by=cast.coach, at=NOW, **(TERMS | changes))

    @pytest.mark.parametrize(
        ("gate", "so"),
        [pytest.param(gate, so, id=str(gate)) for _signal, gate, so in CASES if gate in OF_WORKPLACE],
    )
    def test_it_is_planned_waits_and_starts_after_a_reasoned_yes(
        self, cast: Cast, gate: Gate, so: Any
    ) -> None:
        so(cast, placed(cast, opening=cast.opening, state="cancelled"))

        planned = self.plan(cast, supervisor_name="Berit")

        assert planned.gates == [gate]
        assert told(kind="decision_wanted") == {cast.manager}
        start: dict[str, Any] = {"internship_id": planned.pk, "started_on": planned.starts_on}
        start |= {"by": cast.coach, "at": NOW + 4 * DAY}
        with refused_for("gate_undecided"):
            start_internship(**start)
        with refused_for("decision_without_reasons"):
            decide_objection(internship_id=planned.pk, allows=True, reason=" ", by=cast.manager, at=NOW)
        decide_objection(
            internship_id=planned.pk, allows=True, reason="Två handledare.", by=cast.manager, at=NOW
        )
        assert start_internship(**start).state == "ongoing"

    def test_another_supervisor_is_no_gate(self, cast: Cast) -> None:
        for_one_supervisor(cast, placed(cast, state="cancelled"))

        assert self.plan(cast, supervisor_name="Eva").gates == []

    def test_who_has_left_by_then_is_not_counted(self, cast: Cast) -> None:
        for _each in range(3):
            placed(cast, **GOES_ON, ends_on=TODAY - DAY)

        assert self.plan(cast, supervisor_name="Berit").gates == []

    def test_redundancies_at_another_workplace_or_long_ago_or_taken_back(self, cast: Cast) -> None:
        facts: dict[str, Any] = {"employer_id": cast.bakery.pk, "how_many": 2, "words": "x"}
        facts |= {"by": cast.coach, "at": NOW}
        other = WorkplaceFactory(employer=cast.bakery)
        record_redundancies(workplace_id=other.pk, happened_on=TODAY, **facts)
        record_redundancies(happened_on=TODAY - 400 * DAY, **facts)
        row = record_redundancies(happened_on=TODAY, **facts)
        take_back_redundancies(redundancy_id=row.pk, why="Fel.", by=cast.coach, at=NOW)

        assert self.plan(cast).gates == []

    def test_redundancies_anywhere_at_the_employer(self, cast: Cast) -> None:
        facts: dict[str, Any] = {"happened_on": TODAY, "how_many": 2, "words": "x"}
        record_redundancies(employer_id=cast.bakery.pk, **facts, by=cast.coach, at=NOW)

        assert self.plan(cast).gates == [Gate.REDUNDANCIES]

    def test_the_words_say_how_many_and_by_which_rule(self, cast: Cast, new: Internship) -> None:
        made_redundant(cast, new)

        [reason] = gates_of(new)
        assert "2018:43 § 21" in " ".join(reason.as_error().messages)
        assert (reason.params["people"], reason.params["months"]) == (2, 12)

    def test_staying_longer_is_asked_about_too(self, cast: Cast, new: Internship) -> None:
        made_redundant(cast, new)
        before = Internship.objects.get(pk=new.pk)
        new.ends_on += 30 * DAY

        asked = gates_of_extension(new, before=before, brings_new=True, union_outcome="no_union")
        assert codes_of_gates(list(asked)) == [Gate.REDUNDANCIES]

    def test_what_was_written_late_goes_on_and_the_manager_is_asked(
        self, cast: Cast, new: Internship
    ) -> None:
        written_late(cast, new)
        assert not set(codes_of_gates(list(gates_of(new)))) - set(OF_PERSON)

        assert look_for_gates(NOW + DAY) == "noticed 1"

        new.refresh_from_db()
        assert (new.state, new.gates) == ("ongoing", [Gate.WRITTEN_LATE])
        assert told(kind="decision_wanted") == {cast.manager}


class TestWhatIsNew:
    def test_days_are_counted_from_what_was_new_last(self, cast: Cast, new: Internship) -> None:
        Internship.objects.filter(pk=new.pk).update(starts_on=TODAY - 200 * DAY, started_on=TODAY - 200 * DAY)
        extension(new, cast)
        assert [each.number for each in signals.with_nothing_new(on=TODAY)] == [1]

        extension(new, cast, brings_new=True, valid_from=TODAY + DAY)
        assert list(signals.with_nothing_new(on=TODAY)) == []

    def test_what_was_only_wanted_does_not_count(self, cast: Cast, new: Internship) -> None:
        Internship.objects.filter(pk=new.pk).update(starts_on=TODAY - 200 * DAY, started_on=TODAY - 200 * DAY)
        extension(new, cast, applied_at=None)

        assert list(signals.with_nothing_new(on=TODAY)) == []


class TestRedundanciesAlarm:
    def test_only_where_somebody_is_placed(self, cast: Cast) -> None:
        made_redundant(cast, placed(cast, state="cancelled"))
        assert notice_signals(at=NOW) == 0

        placed(cast)

        assert notice_signals(at=NOW) == 1
        row = Evidence.objects.get(signal=Signal.REDUNDANCIES)
        assert (row.number, row.threshold) == (2, 12)
        assert notice_signals(at=NOW + DAY) == 0
