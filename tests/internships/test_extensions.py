"""An internship is extended as a version of itself; where a gate is in the way the manager decides."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from backend.employers.enums import PlacementKind
from backend.home.day.my_day import coach_day, manager_day
from backend.home.enums import Matter
from backend.internships.enums import FollowUpKind, InternshipState
from backend.internships.models import (
    Correction,
    Extension,
    FollowUp,
    Internship,
    ManagerDecision,
    PlacementRule,
)
from backend.internships.services import (
    apply_extension,
    correct_terms,
    decide_extension,
    decide_objection,
    end_internship_early,
    extend_internship,
    plan_internship,
    start_internship,
)
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from tests.cast import Cast
from tests.factories import EmploymentFactory, InternshipFactory, ParticipantFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.internships.test_planning import TERMS
from tests.refusals import refused_for
from tests.told import told

DAY = timedelta(days=1)
ENDS = TODAY + 60 * DAY


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    planned = InternshipFactory(
        opening=cast.opening, participant=cast.pia, starts_on=TODAY, ends_on=ENDS, hours_per_week=20
    )
    return start_internship(internship_id=planned.pk, started_on=TODAY, by=cast.coach, at=NOW)


NEW: dict[str, Any] = {
    "valid_from": ENDS + DAY,
    "ends_on": ENDS + 30 * DAY,
    "hours_per_week": 20,
    "tasks": "Baka bröd på egen hand.",
    "new_content": "",
    "basis_by": "Arbetsförmedlingen",
    "decision_reference": "AF-2026/999",
    "basis_from": ENDS + DAY,
    "basis_until": ENDS + 30 * DAY,
    "union_name": "Livs",
    "union_asked_on": TODAY,
    "union_outcome": "no_objection",
    "why": "Ett nytt beslut.",
}
AS_BEFORE = {"tasks": "Disk och enklare matlagning."}


def extend(internship: Internship, cast: Cast, **changes: Any) -> Extension:
    who = {"by": cast.coach, "at": NOW}
    return extend_internship(internship_id=internship.pk, **(NEW | who | changes))


def state(internship: Internship) -> tuple[Any, ...]:
    internship.refresh_from_db()
    return internship.ends_on, internship.tasks, internship.decision_reference, internship.gates


class TestExtension:
    def test_is_a_version_of_the_same_internship(self, cast: Cast, ongoing: Internship) -> None:
        wanted = extend(ongoing, cast)

        assert state(ongoing) == (NEW["ends_on"], NEW["tasks"], "AF-2026/999", [])
        assert (Internship.objects.count(), wanted.applied_at, wanted.gates) == (1, NOW, [])
        assert Correction.objects.get().was["ends_on"] == str(ENDS)

    def test_follow_ups_follow_the_new_days(self, cast: Cast, ongoing: Internship) -> None:
        extend(ongoing, cast)

        end = FollowUp.objects.get(internship=ongoing, kind=FollowUpKind.END)
        assert end.due_on > ENDS

    def test_new_hours_or_tasks_without_more_days(self, cast: Cast, ongoing: Internship) -> None:
        extend(ongoing, cast, valid_from=TODAY + 7 * DAY, ends_on=ENDS, hours_per_week=30, basis_from=TODAY)

        ongoing.refresh_from_db()
        assert (ongoing.ends_on, ongoing.hours_per_week) == (ENDS, 30)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"why": " "}, "extension_without_why"),
            ({"valid_from": ENDS + 2 * DAY}, "extension_not_from_there"),
            ({"valid_from": TODAY - DAY}, "extension_not_from_there"),
            ({"ends_on": ENDS - DAY, "valid_from": TODAY}, "extension_shorter"),
            ({"basis_from": ENDS + 5 * DAY}, "extension_decision_later"),
            ({"basis_until": ENDS + 5 * DAY}, "outside_basis"),
            ({"ends_on": TODAY + 300 * DAY, "basis_until": TODAY + 300 * DAY}, "too_long"),
            ({"union_asked_on": None}, "union_not_asked"),
            ({"union_asked_on": TODAY + DAY}, "union_asked_ahead"),
        ],
    )
    def test_is_refused(self, cast: Cast, ongoing: Internship, changes: dict[str, Any], code: str) -> None:
        before = state(ongoing)

        with refused_for(code):
            extend(ongoing, cast, **changes)

        assert state(ongoing) == before
        assert (Extension.objects.count(), Correction.objects.count()) == (0, 0)

    def test_is_refused_for_what_is_not_under_way(self, cast: Cast) -> None:
        for each in (InternshipState.PLANNED, InternshipState.COMPLETED, InternshipState.NO_SHOW):
            other = InternshipFactory(opening=cast.opening, participant=cast.pia, state=each)
            with refused_for("internship_not_under_way"):
                extend(other, cast)

        assert Extension.objects.count() == 0

    def test_strangers_do_not_know_of_it(self, cast: Cast, ongoing: Internship) -> None:
        for by in (cast.other_coach, cast.manager, cast.employer_member):
            with pytest.raises(Internship.DoesNotExist):
                extend(ongoing, cast, by=by)

        assert Extension.objects.count() == 0


class TestGates:
    """Each is told to the manager, and nothing is changed before the yes."""

    def waits(self, cast: Cast, ongoing: Internship, gate: str, **changes: Any) -> None:
        before = state(ongoing)

        wanted = extend(ongoing, cast, **changes)

        assert (wanted.gates, wanted.applied_at, state(ongoing)) == ([gate], None, before)
        assert told(kind="extension_asked") == {cast.manager}

    def test_the_same_tasks_and_nothing_new(self, cast: Cast, ongoing: Internship) -> None:
        self.waits(cast, ongoing, "nothing_new", **AS_BEFORE)

    def test_new_things_to_learn_are_something_new(self, cast: Cast, ongoing: Internship) -> None:
        assert extend(ongoing, cast, **AS_BEFORE, new_content="Ta emot beställningar.").gates == []

    def test_all_days_at_the_employer(self, cast: Cast, ongoing: Internship) -> None:
        InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            kind=PlacementKind.SPRAKPRAKTIK,
            state=InternshipState.COMPLETED,
            starts_on=date(2025, 9, 1),
            ends_on=date(2026, 1, 30),
        )
        self.waits(cast, ongoing, "too_long_at_employer")

    def test_little_time_to_look_for_work_by_an_own_rule(self, cast: Cast, ongoing: Internship) -> None:
        PlacementRule.objects.filter(kind=ongoing.kind).update(most_hours_a_week=25, is_statute=False)

        self.waits(cast, ongoing, "no_time_to_seek", hours_per_week=30)

    def test_what_a_statute_says_is_refused(self, cast: Cast, ongoing: Internship) -> None:
        PlacementRule.objects.filter(kind=ongoing.kind).update(most_hours_a_week=25, is_statute=True)

        with refused_for("no_time_to_seek"):
            extend(ongoing, cast, hours_per_week=30)
        assert Extension.objects.count() == 0

    def test_an_objection_of_the_union(self, cast: Cast, ongoing: Internship) -> None:
        self.waits(cast, ongoing, "union_objects", union_outcome="objection")


class TestTheManagersDecision:
    @pytest.fixture
    def wanted(self, cast: Cast, ongoing: Internship) -> Extension:
        return extend(ongoing, cast, **AS_BEFORE)

    def decide(self, wanted: Extension, cast: Cast, **changes: Any) -> ManagerDecision:
        words = {"allows": True, "reason": "Sista steget.", "by": cast.manager, "at": NOW}
        return decide_extension(extension_id=wanted.pk, **(words | changes))

    def test_stands_on_the_managers_day_until_it_is_made(self, cast: Cast, wanted: Extension) -> None:
        rows = [row.url for row in manager_day(cast.manager, today=TODAY) if row.matter == Matter.DECISION]
        assert rows == [reverse("internships:extension_decide", args=[wanted.pk])]

        self.decide(wanted, cast)

        assert [row for row in manager_day(cast.manager, today=TODAY) if row.matter == Matter.DECISION] == []

    def test_a_yes_lets_the_coach_go_on(self, cast: Cast, ongoing: Internship, wanted: Extension) -> None:
        self.decide(wanted, cast)

        assert told(kind="extension_decided") == {cast.coach}
        asked = [row.reason for row in coach_day(cast.coach, today=TODAY) if row.thing == ongoing.pk]
        assert "The manager has said yes to the extension" in map(str, asked)
        apply_extension(internship_id=ongoing.pk, by=cast.coach, at=NOW)
        assert state(ongoing)[0] == NEW["ends_on"]
        assert ongoing.gates == ["nothing_new"]

    def test_nothing_holds_before_it_or_against_it(
        self, cast: Cast, ongoing: Internship, wanted: Extension
    ) -> None:
        apply: dict[str, Any] = {"internship_id": ongoing.pk, "by": cast.coach, "at": NOW}
        with refused_for("extension_undecided"):
            apply_extension(**apply)
        self.decide(wanted, cast, allows=False, reason="Anställ hellre.")
        with refused_for("extension_refused") as refusal:
            apply_extension(**apply)

        assert "Anställ hellre." in refusal.value.messages[0]
        assert state(ongoing)[0] == ENDS

    def test_what_has_changed_since_is_asked_anew(
        self, cast: Cast, ongoing: Internship, wanted: Extension
    ) -> None:
        self.decide(wanted, cast)
        InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            state=InternshipState.COMPLETED,
            starts_on=date(2025, 8, 1),
            ends_on=date(2026, 1, 30),
        )
        with refused_for("extension_changed"):
            apply_extension(internship_id=ongoing.pk, by=cast.coach, at=NOW)

        assert state(ongoing)[0] == ENDS

    def test_another_extension_takes_its_place(
        self, cast: Cast, ongoing: Internship, wanted: Extension
    ) -> None:
        extend(ongoing, cast)

        wanted.refresh_from_db()
        assert wanted.dropped_at == NOW
        with refused_for("nothing_to_decide"):
            self.decide(wanted, cast)
        assert not ManagerDecision.objects.exists()

    def test_is_the_managers_with_reasons(self, cast: Cast, wanted: Extension) -> None:
        for by in (cast.coach, cast.other_coach, cast.employer_member):
            with pytest.raises(Extension.DoesNotExist):
                self.decide(wanted, cast, by=by)
        with refused_for("decision_without_reasons"):
            self.decide(wanted, cast, reason=" ")
        assert not ManagerDecision.objects.exists()

    def test_ends_with_the_internship(self, cast: Cast, ongoing: Internship, wanted: Extension) -> None:
        why = {"side": "employer", "reason": "tasks", "ended_on": TODAY}
        end_internship_early(internship_id=ongoing.pk, **why, by=cast.coach, at=NOW)

        with refused_for("nothing_to_decide"):
            self.decide(wanted, cast)
        assert not ManagerDecision.objects.exists()

    def test_is_made_on_a_page(self, cast: Cast, wanted: Extension, client: Client) -> None:
        client.force_login(cast.manager)
        url = reverse("internships:extension_decide", args=[wanted.pk])
        assert "AF-2026/999" in client.get(url).content.decode()

        client.post(url, {"allows": "yes", "reason": "Ja."})

        assert wanted.decisions.get().decided_by == cast.manager


class TestPlanning:
    """A placement with a gate in its way is planned, and does not start before the manager's yes."""

    @pytest.fixture
    def accepted(self, cast: Cast) -> Proposal:
        return ProposalFactory(opening=cast.opening, participant=cast.pia, state=ProposalState.ACCEPTED)

    def plan(self, accepted: Proposal, cast: Cast, **changes: Any) -> Internship:
        return plan_internship(proposal_id=accepted.pk, by=cast.coach, at=NOW, **(TERMS | changes))

    def earlier(self, cast: Cast, count: int) -> list[Internship]:
        return [
            InternshipFactory(
                opening=cast.opening,
                participant=ParticipantFactory(unit=cast.unit, coach=cast.coach),
                state=InternshipState.COMPLETED,
                starts_on=date(2025, 3 + 2 * n, 1),
                ends_on=date(2025, 4 + 2 * n, 20),
            )
            for n in range(count)
        ]

    def test_one_after_another_with_the_same_tasks(self, cast: Cast, accepted: Proposal) -> None:
        self.earlier(cast, 3)

        planned = self.plan(accepted, cast)

        assert planned.gates == ["same_tasks"]
        assert told(kind="decision_wanted") == {cast.manager}
        start: dict[str, Any] = {"internship_id": planned.pk, "started_on": planned.starts_on}
        start |= {"by": cast.coach, "at": NOW + 4 * DAY}
        with refused_for("gate_undecided"):
            start_internship(**start)
        decide_objection(internship_id=planned.pk, allows=False, reason="Nej.", by=cast.manager, at=NOW)
        with refused_for("gate_upheld"):
            start_internship(**start)
        assert Internship.objects.get(pk=planned.pk).state == InternshipState.PLANNED
        decide_objection(internship_id=planned.pk, allows=True, reason="Ja.", by=cast.manager, at=NOW + DAY)
        assert start_internship(**start).state == InternshipState.ONGOING

    @pytest.mark.parametrize("n", [0, 2])
    def test_fewer_than_the_rule_says_nothing(self, cast: Cast, accepted: Proposal, n: int) -> None:
        self.earlier(cast, n)

        assert self.plan(accepted, cast).gates == []

    def test_a_hire_begins_the_count_anew(self, cast: Cast, accepted: Proposal) -> None:
        last = self.earlier(cast, 3)[-1]
        EmploymentFactory(participant=last.participant, internship=last, starts_on=last.ends_on)

        assert self.plan(accepted, cast).gates == []

    def test_what_was_let_pass_is_not_made_more_by_changing_the_terms(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        self.earlier(cast, 3)
        planned = self.plan(accepted, cast)
        change: dict[str, Any] = {"internship_id": planned.pk, "why": "Fel.", "by": cast.coach, "at": NOW}

        assert correct_terms(**change, supervisor_name="Sven")
        with refused_for("same_tasks"):
            correct_terms(**change, hours_per_week=planned.hours_per_week + 1)
        assert Internship.objects.get(pk=planned.pk).hours_per_week == planned.hours_per_week


class TestPage:
    def test_a_coach_extends_and_reads_the_versions(
        self, cast: Cast, ongoing: Internship, client: Client
    ) -> None:
        cast.coach.language = "en"
        cast.coach.save()
        data = {name: "" if value is None else str(value) for name, value in NEW.items()}
        url = reverse("internships:internship_extend", args=[ongoing.pk])
        with time_machine.travel(NOW, tick=False):
            client.force_login(cast.coach)
            assert client.get(url).status_code == 200

            client.post(url, data)

            assert Extension.objects.get().applied_at
            assert "Versions" in client.get(ongoing.get_absolute_url()).content.decode()

    def test_the_manager_decides_from_the_internship_too(
        self, cast: Cast, ongoing: Internship, client: Client
    ) -> None:
        wanted = extend(ongoing, cast, **AS_BEFORE)
        decide = reverse("internships:extension_decide", args=[wanted.pk])
        with time_machine.travel(NOW, tick=False):
            client.force_login(cast.coach)
            assert decide not in client.get(ongoing.get_absolute_url()).content.decode()
            client.force_login(cast.manager)
            assert decide in client.get(ongoing.get_absolute_url()).content.decode()
            decide_extension(extension_id=wanted.pk, allows=True, reason="Ja.", by=cast.manager, at=NOW)
            assert decide not in client.get(ongoing.get_absolute_url()).content.decode()
