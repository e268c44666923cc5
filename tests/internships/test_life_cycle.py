"""From an accepted proposal to the end of its internship, and round again."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.enums import OpeningKind, OpeningState
from backend.employers.models import Capacity, Opening
from backend.internships.enums import EndReason, InternshipState, Side, WayIn
from backend.internships.models import Employment, Internship
from backend.internships.services import (
    cancel_internship,
    complete_internship,
    end_internship_early,
    plan_internship,
    record_employment,
    start_internship,
)
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.services import draft_proposal, renew_consent, send_proposal, withdraw_proposal
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from backend.participants.services import protect_participant
from tests.cast import Cast
from tests.factories import InternshipFactory, OpeningFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.internships.test_planning import TERMS
from tests.refusals import refused_for

LAST_DAY, AT_LAST = TODAY + timedelta(days=40), NOW + timedelta(days=40)


@pytest.fixture
def accepted(cast: Cast) -> Proposal:
    Opening.objects.filter(pk=cast.opening.pk).update(places_taken=1, state=OpeningState.FILLED)
    return ProposalFactory(opening=cast.opening, participant=cast.pia, state=ProposalState.ACCEPTED)


def plan(proposal: Proposal, cast: Cast, **changes: Any) -> Internship:
    return plan_internship(proposal_id=proposal.pk, by=cast.coach, at=NOW, **(TERMS | changes))


def start(internship: Internship, cast: Cast) -> Internship:
    day = internship.starts_on
    return start_internship(
        internship_id=internship.pk, started_on=day, by=cast.coach, at=NOW + timedelta(days=4)
    )


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def places_of(cast: Cast) -> tuple[int, str]:
    return Opening.objects.values_list("places_taken", "state").get(pk=cast.opening.pk)


def cut_short(internship: Internship, cast: Cast) -> None:
    end_internship_early(
        internship_id=internship.pk,
        ended_on=LAST_DAY,
        side=Side.PARTICIPANT,
        reason=EndReason.TASKS,
        by=cast.coach,
        at=AT_LAST,
    )


class TestPlaced:
    def test_a_planned_internship_has_a_placed_proposal(self, cast: Cast, accepted: Proposal) -> None:
        plan(accepted, cast)

        assert state_of(accepted) == ProposalState.PLACED
        assert places_of(cast) == (1, OpeningState.FILLED)

    def test_what_else_was_open_for_the_person_is_withdrawn(self, cast: Cast, accepted: Proposal) -> None:
        other = ProposalFactory(opening__workplace__employer=cast.joinery, participant=cast.pia)
        elsewhere = OpeningFactory(workplace__employer=cast.joinery, places_taken=1, state="filled")
        held = ProposalFactory(opening=elsewhere, participant=cast.pia, state=ProposalState.ACCEPTED)

        plan(accepted, cast)

        assert [state_of(other), state_of(held)] == [ProposalState.WITHDRAWN] * 2
        assert Opening.objects.get(pk=elsewhere.pk).places_taken == 0

    def test_a_placed_proposal_is_not_withdrawn_from_under_its_internship(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        plan(accepted, cast)

        with refused_for("internship_is_planned"):
            withdraw_proposal(proposal_id=accepted.pk, why="x", by=cast.coach, at=NOW)

        assert state_of(accepted) == ProposalState.PLACED

    def test_the_database_wants_to_know_how_somebody_came_to_a_workplace(self, cast: Cast) -> None:
        for proposal, way_in in ((None, WayIn.PROPOSAL), (None, "")):
            with pytest.raises(IntegrityError), transaction.atomic():
                InternshipFactory(opening=cast.opening, proposal=proposal, way_in=way_in)


class TestCalledOff:
    @pytest.fixture
    def called_off(self, cast: Cast, accepted: Proposal) -> Proposal:
        internship = plan(accepted, cast)
        cancel_internship(internship_id=internship.pk, why="Flyttas", by=cast.coach, at=NOW)
        return accepted

    def test_the_employers_yes_holds_and_so_does_the_place(self, cast: Cast, called_off: Proposal) -> None:
        called_off.refresh_from_db()
        assert (called_off.state, called_off.consent.withdrawn_at) == (ProposalState.ACCEPTED, None)
        assert places_of(cast) == (1, OpeningState.FILLED)

    def test_a_protected_persons_place_is_given_back(self, cast: Cast, accepted: Proposal) -> None:
        internship = plan(accepted, cast)
        case = {"participant_id": accepted.participant_id, "by": cast.coach, "at": NOW}
        protect_participant(handlers=[cast.coach], **case)
        way = {"item_keys": ["first_name"], "means": "by_phone", "by": cast.coach, "at": NOW}
        renew_consent(proposal_id=accepted.pk, **way)

        cancel_internship(internship_id=internship.pk, why="Flyttas", by=cast.coach, at=NOW)

        accepted.refresh_from_db()
        assert (accepted.state, accepted.holds_place) == (ProposalState.WITHDRAWN, False)

    def test_it_can_be_planned_anew(self, cast: Cast, called_off: Proposal) -> None:
        assert plan(called_off, cast).state == InternshipState.PLANNED
        assert Internship.objects.filter(proposal=called_off).count() == 2

    def test_it_can_be_withdrawn_which_frees_the_place_and_proposed_again(
        self, cast: Cast, called_off: Proposal
    ) -> None:
        withdraw_proposal(proposal_id=called_off.pk, why="x", by=cast.coach, at=NOW)

        assert places_of(cast) == (0, OpeningState.PUBLISHED)
        assert draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)

    def test_one_that_cannot_go_on_is_withdrawn_with_it(self, cast: Cast, accepted: Proposal) -> None:
        internship = plan(accepted, cast)
        accepted.consent.__class__.objects.update(withdrawn_at=NOW)

        cancel_internship(internship_id=internship.pk, why="x", by=cast.coach, at=NOW)

        assert state_of(accepted) == ProposalState.WITHDRAWN
        assert places_of(cast) == (0, OpeningState.PUBLISHED)


class TestOver:
    def test_a_single_place_is_used_up_when_the_internship_ran_to_its_end(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        internship = start(plan(accepted, cast), cast)

        complete_internship(internship_id=internship.pk, ended_on=LAST_DAY, by=cast.coach, at=AT_LAST)

        assert state_of(accepted) == ProposalState.FINISHED
        assert places_of(cast) == (1, OpeningState.FILLED)

    def test_a_place_that_was_left_early_is_free_again(self, cast: Cast, accepted: Proposal) -> None:
        internship = start(plan(accepted, cast), cast)

        cut_short(internship, cast)

        assert state_of(accepted) == ProposalState.FINISHED
        assert places_of(cast) == (0, OpeningState.PUBLISHED)

    def test_a_second_period_at_the_same_standing_place_is_possible(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        capacity = Capacity.objects.create(workplace=cast.opening.workplace, placement_kind="sprakpraktik")
        Opening.objects.filter(pk=cast.opening.pk).update(capacity=capacity)
        internship = start(plan(accepted, cast), cast)
        complete_internship(internship_id=internship.pk, ended_on=LAST_DAY, by=cast.coach, at=AT_LAST)

        again = draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)

        assert again.pk != accepted.pk
        assert places_of(cast) == (0, OpeningState.PUBLISHED)


class TestAJob:
    @pytest.fixture
    def job(self, cast: Cast, accepted: Proposal) -> Proposal:
        Opening.objects.filter(pk=cast.opening.pk).update(kind=OpeningKind.JOB)
        return accepted

    def record(self, cast: Cast, **changes: Any) -> Employment:
        facts = {"form": "ordinary", "title": "Bagare", "percent": 100, "starts_on": TODAY}
        facts |= {"participant_id": cast.pia.pk, "employer_name": "Bageriet AB", "by": cast.coach, "at": NOW}
        return record_employment(**(facts | changes))

    def test_the_yes_that_led_to_it_is_placed_and_the_others_withdrawn(
        self, cast: Cast, job: Proposal
    ) -> None:
        other = ProposalFactory(opening__workplace__employer=cast.joinery, participant=cast.pia)

        self.record(cast, proposal_id=job.pk)

        assert [state_of(job), state_of(other)] == [ProposalState.PLACED, ProposalState.WITHDRAWN]
        assert places_of(cast) == (1, OpeningState.FILLED)

    def test_a_job_elsewhere_frees_the_place(self, cast: Cast, job: Proposal) -> None:
        self.record(cast, employer_name="Någon annan")

        assert state_of(job) == ProposalState.WITHDRAWN
        assert places_of(cast) == (0, OpeningState.PUBLISHED)

    def test_a_yes_that_was_taken_back_leads_to_no_job(self, cast: Cast, job: Proposal) -> None:
        withdraw_proposal(proposal_id=job.pk, why="x", by=cast.coach, at=NOW)

        with pytest.raises(TransitionNotAllowed):
            self.record(cast, proposal_id=job.pk)

        assert not Employment.objects.exists()


def test_whoever_is_proposed_for_the_first_time_looks_for_a_place(cast: Cast) -> None:
    Participant.objects.filter(pk=cast.pia.pk).update(state=ParticipantState.ENROLLED)
    draft = draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)
    items = {"item_keys": ["first_name"], "means": "by_phone", "message": ""}

    send_proposal(proposal_id=draft.pk, by=cast.coach, at=NOW, **items)

    cast.pia.refresh_from_db()
    assert cast.pia.state == ParticipantState.ACTIVE


class TestRowsFromBefore:
    """What the migration makes of rows in which only the internship said what had become of a proposal."""

    @pytest.mark.parametrize(
        ("became", "state", "taken"),
        [
            ("planned", "placed", 1),
            ("ongoing", "placed", 1),
            ("completed", "finished", 1),
            ("ended_early", "finished", 1),
            ("cancelled", "withdrawn", 0),
        ],
    )
    def test_a_proposal_says_what_became_of_it(
        self, cast: Cast, accepted: Proposal, became: str, state: str, taken: int
    ) -> None:
        why = {"ended_by_side": Side.OTHER, "end_reason": EndReason.MOVED} if "early" in became else {}
        InternshipFactory(proposal=accepted, opening=cast.opening, participant=cast.pia, state=became, **why)

        self.migrate()

        assert state_of(accepted) == state
        assert places_of(cast)[0] == taken

    def test_what_was_held_for_somebody_employed_elsewhere_is_free(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        Participant.objects.filter(pk=cast.pia.pk).update(state=ParticipantState.EMPLOYED)

        self.migrate()

        accepted.refresh_from_db()
        assert accepted.state == ProposalState.WITHDRAWN
        assert accepted.consent.withdrawn_at is not None
        assert places_of(cast) == (0, OpeningState.PUBLISHED)

    def test_whoever_has_been_proposed_is_no_longer_only_enrolled(self, cast: Cast) -> None:
        Participant.objects.update(state=ParticipantState.ENROLLED)
        ProposalFactory(opening=cast.opening, participant=cast.pia)

        self.migrate()

        states = dict(Participant.objects.values_list("first_name", "state"))
        assert (states["Pia"], states["Pelle"]) == ("active", "enrolled")

    def migrate(self) -> None:
        module = import_module("backend.internships.migrations.0009_proposals_follow_placements")
        for operation in module.Migration.operations:
            operation.code(apps, None)
