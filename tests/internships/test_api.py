"""Internships in the API: the same scopes and services as the pages, and nothing that was not released."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.models import AuditEntry, OutboxMessage, ReadEntry
from backend.employers.models import Opening
from backend.internships.models import Correction, Extension, Internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.enums import ReleasedKind
from backend.participants.models import ReleasedItem
from tests.cast import Cast
from tests.factories import InternshipFactory, OpeningFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.internships.calling import get, post
from tests.internships.test_extensions import NEW
from tests.internships.test_planning import TERMS

DAY = timedelta(days=1)
PLACED: dict[str, Any] = {
    **TERMS,
    "way_in": "by_phone",
    "agreed_with": "Bo Ek",
    "agreed_on": TODAY,
    "items": ["first_name"],
    "means": "in_person",
}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def accepted(cast: Cast) -> Proposal:
    Opening.objects.filter(pk=cast.opening.pk).update(places_taken=1)
    proposal: Proposal = ProposalFactory(
        opening=cast.opening,
        participant=cast.pia,
        state=ProposalState.ACCEPTED,
        decided_at=NOW,
        decided_by=cast.employer_member,
    )
    ReleasedItem.objects.create(consent=proposal.consent, kind=ReleasedKind.FIRST_NAME, text="Pia")
    return proposal


def at_bakery(cast: Cast, state: str = "planned", **values: Any) -> Internship:
    days = {"starts_on": TODAY - 10 * DAY, "ends_on": TODAY + 50 * DAY} | values
    made: Internship = InternshipFactory(opening=cast.opening, participant=cast.pia, state=state, **days)
    return made


def written() -> tuple[int, ...]:
    return AuditEntry.objects.count(), OutboxMessage.objects.count(), Correction.objects.count()


class TestRead:
    def test_a_list_names_nobody(self, cast: Cast) -> None:
        internship = at_bakery(cast, "ongoing")
        for reader in (cast.coach, cast.manager, cast.employer_member, cast.participant_user):
            answer = get(reader, "internship-list")
            assert [each["id"] for each in answer.json()["results"]] == [str(internship.pk)]
            assert "Pia" not in answer.content.decode()
            assert "participant" not in answer.json()["results"][0]
        for stranger in (cast.other_coach, cast.other_employer, cast.other_participant_user):
            assert get(stranger, "internship-list").json()["count"] == 0

    def test_a_protected_identity_is_in_no_list_and_open_to_its_handler(self, cast: Cast) -> None:
        hers = InternshipFactory(opening=cast.opening, participant=cast.skye, state="ongoing")
        assert get(cast.coach, "internship-list").json()["count"] == 0
        assert get(cast.coach, "internship-detail", hers).json()["participant_name"].startswith("Skye")
        assert get(cast.employer_member, "internship-detail", hers).status_code == 404

    def test_an_employer_reads_what_was_released(self, cast: Cast, accepted: Proposal) -> None:
        internship = at_bakery(cast, "ongoing", proposal=accepted)
        answer = get(cast.employer_member, "internship-detail", internship)
        assert answer.json()["person"] == "Pia"
        assert {"participant", "participant_name", "end_note", "decision_reference"}.isdisjoint(answer.json())
        assert ReadEntry.objects.get(by=cast.employer_member).subject_id == cast.pia.pk

        ReleasedItem.objects.all().delete()
        answer = get(cast.employer_member, "internship-detail", internship)
        assert "Pia" not in answer.content.decode()

    def test_a_coach_reads_the_case_and_the_person_what_was_agreed(self, cast: Cast) -> None:
        internship = at_bakery(cast, "ongoing")
        assert get(cast.coach, "internship-detail", internship).json()["participant"] == str(cast.pia.pk)
        own = get(cast.participant_user, "internship-detail", internship).json()
        assert own["tasks"] == "Disk och enklare matlagning."
        assert "gates" not in own

    def test_is_narrowed_by_the_filters_of_the_page(self, cast: Cast) -> None:
        at_bakery(cast, "ongoing")
        assert get(cast.coach, "internship-list", state="ongoing").json()["count"] == 1
        assert get(cast.coach, "internship-list", state="planned").json()["count"] == 0
        assert get(cast.coach, "internship-list", state="lost").status_code == 422
        assert get(cast.coach, "internship-list", q="Pia").json()["count"] == 0

    @pytest.mark.parametrize("who", ["coach", "employer_member"])
    def test_the_number_of_queries_is_constant(self, cast: Cast, who: str) -> None:
        reader, counted = getattr(cast, who), []
        for rows in (1, 2):
            for _row in range(rows):
                opening = OpeningFactory(workplace__employer=cast.bakery)
                InternshipFactory(opening=opening, participant__coach=cast.coach, participant__unit=cast.unit)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert get(reader, "internship-list").status_code == 200
            counted.append(len(queries))
        assert counted[0] == counted[1]


class TestPlanned:
    def test_by_an_accepted_proposal_once(self, cast: Cast, accepted: Proposal) -> None:
        first = post(cast.coach, "internship_plan", accepted, key="5b1f", **TERMS)
        once = written()
        second = post(cast.coach, "internship_plan", accepted, key="5b1f", **TERMS)

        assert (first.status_code, first.json()["state"]) == (201, "planned")
        assert (second.status_code, second.json()["id"]) == (201, first.json()["id"])
        assert written() == once
        assert Internship.objects.get().planned_by == cast.coach

    def test_every_reason_against_it_is_told(self, cast: Cast, accepted: Proposal) -> None:
        wrong = TERMS | {"decision_reference": " ", "hours_per_week": 60}
        answer = post(cast.coach, "internship_plan", accepted, **wrong)
        assert answer.status_code == 422
        assert {each.get("field") for each in answer.json()["reasons"]} >= {"decision_reference"}
        assert not Internship.objects.exists()

    def test_what_the_safeguards_refuse_has_its_code(self, cast: Cast, accepted: Proposal) -> None:
        no_union = TERMS | {"union_asked_on": None}
        answer = post(cast.coach, "internship_plan", accepted, **no_union)
        assert (answer.status_code, answer.json()["code"]) == (422, "union_not_asked")
        assert not Internship.objects.exists()

    def test_without_a_proposal_once(self, cast: Cast) -> None:
        said = PLACED | {"workplace": cast.opening.workplace_id}
        first, second = (
            post(cast.coach, "internship_place", cast.pia, key="5b1f", **said) for _time in range(2)
        )
        assert (first.status_code, first.json()["way_in"]) == (201, "by_phone")
        assert first.json() == second.json()
        assert Internship.objects.get().consent is not None

    def test_without_a_yes_of_the_person_it_is_refused(self, cast: Cast) -> None:
        said = PLACED | {"workplace": cast.opening.workplace_id, "items": []}
        assert post(cast.coach, "internship_place", cast.pia, **said).status_code == 422
        assert not Internship.objects.exists()

    @pytest.mark.parametrize("who", ["other_coach", "manager", "employer_member", "participant_user"])
    def test_by_nobody_else(self, cast: Cast, accepted: Proposal, who: str) -> None:
        sender = getattr(cast, who)
        said = PLACED | {"workplace": cast.opening.workplace_id}
        assert post(sender, "internship_plan", accepted, **TERMS).status_code == 404
        assert post(sender, "internship_place", cast.pia, **said).status_code == 404
        assert not Internship.objects.exists()


MOVES: dict[str, tuple[str, dict[str, Any], str]] = {
    "start": ("planned", {"started_on": TODAY - 10 * DAY, "backdated_why": "Sent beslut."}, "ongoing"),
    "complete": ("ongoing", {"ended_on": TODAY}, "completed"),
    "end": ("ongoing", {"ended_on": TODAY, "side": "employer", "reason": "tasks"}, "ended_early"),
    "cancel": ("planned", {"why": "Platsen försvann."}, "cancelled"),
    "no-show": ("planned", {"side": "participant"}, "no_show"),
    "pause": ("ongoing", {"from_on": TODAY, "back_on": TODAY + 7 * DAY, "reason": "closed"}, "paused"),
    "change-return": ("paused", {"back_on": TODAY + 9 * DAY, "why": "Ugnen är trasig."}, "paused"),
    "resume": ("paused", {"resumed_on": TODAY}, "ongoing"),
    "correct": ("ongoing", {"supervisor_name": "Sven Ek", "why": "Fel namn."}, "ongoing"),
}
REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "start": ("planned", {"started_on": TODAY + DAY}, "started_to_come"),
    "complete": ("ongoing", {"ended_on": TODAY + DAY}, "ended_to_come"),
    "end": ("ongoing", {"ended_on": TODAY + DAY, "side": "employer", "reason": "tasks"}, "ended_to_come"),
    "pause": ("ongoing", {"from_on": TODAY, "back_on": TODAY, "reason": "closed"}, "back_before_pause"),
    "change-return": ("paused", {"back_on": TODAY + 9 * DAY}, "correction_without_why"),
    "resume": ("paused", {"resumed_on": TODAY + DAY}, "resumed_to_come"),
    "correct": ("ongoing", {"ended_on": TODAY, "why": "Slut."}, "not_happened_to_internship"),
}


class TestMoved:
    @pytest.mark.parametrize("move", sorted(MOVES))
    def test_by_its_coach_once(self, cast: Cast, move: str) -> None:
        state, said, to = MOVES[move]
        internship = at_bakery(cast, state)
        first = post(cast.coach, f"internship-{move}", internship, key="5b1f", **said)
        once = written()
        second = post(cast.coach, f"internship-{move}", internship, key="5b1f", **said)

        assert (first.status_code, first.json().get("state")) == (200, to), first.json()
        assert (second.status_code, second.json()) == (200, first.json())
        assert written() == once

    @pytest.mark.parametrize("move", sorted(REFUSED))
    def test_a_refusal_has_its_code_and_changes_nothing(self, cast: Cast, move: str) -> None:
        state, said, why = REFUSED[move]
        internship = at_bakery(cast, state)
        before = written()

        answer = post(cast.coach, f"internship-{move}", internship, **said)

        assert (answer.status_code, answer.json()["code"]) == (422, why)
        assert written() == before
        assert Internship.objects.get().state == state

    @pytest.mark.parametrize("move", ["start", "complete", "end", "cancel", "no-show", "pause"])
    def test_whoever_comes_second_is_told(self, cast: Cast, move: str) -> None:
        _state, said, _to = MOVES[move]
        internship = at_bakery(cast, "cancelled")
        answer = post(cast.coach, f"internship-{move}", internship, **said)
        assert (answer.status_code, answer.json()["code"]) in {
            (409, "conflict"),
            (422, "internship_unsigned"),
        }
        assert answer.json()["state"] == "cancelled"

    @pytest.mark.parametrize("move", sorted(MOVES))
    @pytest.mark.parametrize("who", ["other_coach", "manager", "employer_member", "participant_user"])
    def test_by_nobody_else(self, cast: Cast, move: str, who: str) -> None:
        state, said, _to = MOVES[move]
        internship = at_bakery(cast, state)
        assert post(getattr(cast, who), f"internship-{move}", internship, **said).status_code == 404
        assert Internship.objects.get().state == state

    def test_what_is_not_sent_stays(self, cast: Cast) -> None:
        internship = at_bakery(cast, "ongoing")
        post(cast.coach, "internship-correct", internship, supervisor_name="Sven Ek", why="Fel namn.")
        after = Internship.objects.get()
        assert (after.supervisor_name, after.tasks) == ("Sven Ek", internship.tasks)
        assert Correction.objects.get().became == {"supervisor_name": "Sven Ek"}

    def test_a_correction_without_a_reason_is_refused(self, cast: Cast) -> None:
        internship = at_bakery(cast, "ongoing")
        answer = post(cast.coach, "internship-correct", internship, supervisor_name="Sven Ek")
        assert (answer.status_code, answer.json()["code"]) == (422, "correction_without_why")


class TestExtended:
    @pytest.fixture
    def ongoing(self, cast: Cast) -> Internship:
        return at_bakery(cast, "ongoing", ends_on=TODAY + 60 * DAY, hours_per_week=20)

    def test_once(self, cast: Cast, ongoing: Internship) -> None:
        first, second = (
            post(cast.coach, "internship-extend", ongoing, key="5b1f", **NEW) for _time in range(2)
        )
        assert (first.status_code, first.json()["waits_for"]) == (201, [])
        assert first.json() == second.json()
        ongoing.refresh_from_db()
        assert ongoing.ends_on == NEW["ends_on"]

    def test_with_nothing_new_it_waits_for_a_manager(self, cast: Cast, ongoing: Internship) -> None:
        answer = post(cast.coach, "internship-extend", ongoing, **(NEW | {"tasks": ongoing.tasks}))
        assert answer.json()["waits_for"]
        assert Extension.objects.get().applied_at is None

        answer = post(cast.coach, "internship-apply-extension", ongoing)
        assert (answer.status_code, answer.json()["code"]) == (422, "extension_undecided")

    def test_a_shorter_one_is_refused(self, cast: Cast, ongoing: Internship) -> None:
        answer = post(cast.coach, "internship-extend", ongoing, **(NEW | {"ends_on": TODAY + 20 * DAY}))
        assert answer.status_code == 422
        assert not Extension.objects.exists()

    @pytest.mark.parametrize("who", ["other_coach", "manager", "employer_member", "participant_user"])
    def test_by_nobody_else(self, cast: Cast, ongoing: Internship, who: str) -> None:
        assert post(getattr(cast, who), "internship-extend", ongoing, **NEW).status_code == 404
        assert post(getattr(cast, who), "internship-apply-extension", ongoing).status_code == 404
        assert not Extension.objects.exists()
