"""The place that somebody got by a job follows the job: while it lasts, when it ends, when it was none."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.models import Opening
from backend.internships.models import Employment
from backend.internships.services import (
    correct_employment,
    end_employment,
    record_employment,
    strike_employment,
)
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.services import draft_proposal, withdraw_proposal
from backend.participants.models import Consent, Participant
from backend.participants.services import change_state, protect_participant, withdraw_consent
from tests.cast import Cast
from tests.factories import EmploymentFactory, OpeningFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told

LATER = NOW + timedelta(days=1)
JOB: dict[str, Any] = {"form": "ordinary", "title": "Bagare", "percent": 100, "starts_on": TODAY}
ACCEPTED = {"state": ProposalState.ACCEPTED, "decided_at": NOW}


@pytest.fixture
def accepted(cast: Cast) -> Proposal:
    Participant.objects.filter(pk=cast.pia.pk).update(enrolled_on=TODAY - timedelta(days=90))
    opening = OpeningFactory(
        workplace__employer=cast.bakery, kind="job", places=1, places_taken=1, state="filled"
    )
    return ProposalFactory(
        opening=opening, participant=cast.pia, decided_by=cast.employer_member, holds_place=True, **ACCEPTED
    )


@pytest.fixture
def job(cast: Cast, accepted: Proposal) -> Employment:
    who = {"participant_id": cast.pia.pk, "proposal_id": accepted.pk}
    return record_employment(**who, **JOB, by=cast.coach, at=NOW)


def end(job: Employment, cast: Cast) -> None:
    end_employment(employment_id=job.pk, ends_on=TODAY, reason="shortage", by=cast.coach, at=NOW)


def take_back_the_end(job: Employment, cast: Cast) -> None:
    words = {"ends_on": None, "end_reason": "", "why": "Fel person."}
    correct_employment(employment_id=job.pk, by=cast.coach, at=LATER, **words)


def strike(job: Employment, cast: Cast) -> None:
    strike_employment(employment_id=job.pk, why="Fel person.", by=cast.coach, at=LATER)


def stands(accepted: Proposal) -> tuple[str, bool, int, str]:
    """Return the state of the proposal, whether it holds a place, and what the opening says of places."""
    row = Proposal.objects.select_related("opening").get(pk=accepted.pk)
    return row.state, row.holds_place, row.opening.places_taken, row.opening.state


def test_a_job_knows_the_yes_that_it_came_of(job: Employment, accepted: Proposal) -> None:
    assert Employment.objects.get().proposal == accepted
    assert stands(accepted) == ("placed", True, 1, "filled")


class TestAJobThatEnds:
    def test_is_over_and_its_place_was_filled(self, cast: Cast, job: Employment, accepted: Proposal) -> None:
        end(job, cast)

        assert stands(accepted) == ("finished", True, 1, "filled")
        consent = Consent.objects.get(pk=accepted.consent_id)
        assert (consent.withdrawn_at, consent.end_reason) == (NOW, "placement_ended")

    def test_the_person_can_be_proposed_there_again(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        Opening.objects.filter(pk=accepted.opening_id).update(places=2, state="published")
        end(job, cast)

        pair = {"opening_id": accepted.opening_id, "participant_id": cast.pia.pk}
        assert draft_proposal(**pair, by=cast.coach, at=LATER).state == ProposalState.DRAFT

    def test_the_end_may_be_written_as_a_correction(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        words = {"ends_on": TODAY, "end_reason": "other", "why": "Slutade."}
        correct_employment(employment_id=job.pk, by=cast.coach, at=NOW, **words)

        assert stands(accepted)[0] == "finished"

    def test_an_end_written_by_mistake_makes_it_placed_again(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        end(job, cast)
        take_back_the_end(job, cast)

        assert stands(accepted) == ("placed", True, 1, "filled")

    def test_what_was_proposed_there_since_is_withdrawn_when_the_end_was_a_mistake(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        Opening.objects.filter(pk=accepted.opening_id).update(places=2, state="published")
        end(job, cast)
        pair = {"opening_id": accepted.opening_id, "participant_id": cast.pia.pk}
        second = draft_proposal(**pair, by=cast.coach, at=NOW)

        take_back_the_end(job, cast)

        assert (stands(second)[0], stands(accepted)[0]) == ("withdrawn", "placed")

    def test_a_second_job_there_is_not_overwritten_by_the_correction_of_the_first(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        Opening.objects.filter(pk=accepted.opening_id).update(places=2, places_taken=2)
        end(job, cast)
        ProposalFactory(
            opening=accepted.opening, participant=cast.pia, holds_place=True, state=ProposalState.PLACED
        )

        with refused_for("already_proposed"):
            take_back_the_end(job, cast)

        assert stands(accepted)[0] == "finished"
        assert Employment.objects.get(pk=job.pk).ends_on == TODAY

    def test_other_corrections_leave_the_place(self, cast: Cast, job: Employment, accepted: Proposal) -> None:
        first = TODAY - timedelta(days=3)
        correct_employment(employment_id=job.pk, starts_on=first, why="Fel.", by=cast.coach, at=NOW)

        assert stands(accepted) == ("placed", True, 1, "filled")

    def test_no_coach_withdraws_or_hires_by_what_is_over(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        end(job, cast)

        with pytest.raises(TransitionNotAllowed):
            withdraw_proposal(proposal_id=accepted.pk, why="x", by=cast.coach, at=LATER)
        words = JOB | {"title": "Diskare", "is_another": True, "starts_on": TODAY - timedelta(days=1)}
        words |= {"participant_id": cast.pia.pk, "proposal_id": accepted.pk}
        with refused_for("job_recorded_already"):
            record_employment(**words, by=cast.coach, at=LATER)

        assert stands(accepted)[0] == "finished"
        assert Employment.objects.count() == 1


class TestAJobThatIsStruck:
    def test_the_yes_still_holds(self, cast: Cast, job: Employment, accepted: Proposal) -> None:
        strike(job, cast)

        assert stands(accepted) == ("accepted", True, 1, "filled")
        assert not told(kind="proposal_withdrawn")

    def test_the_right_job_may_be_recorded_of_it(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        strike(job, cast)

        who = {"participant_id": cast.pia.pk, "proposal_id": accepted.pk}
        right = record_employment(**who, **JOB, by=cast.coach, at=LATER)

        assert (right.proposal, stands(accepted)[0]) == (accepted, "placed")

    def test_after_a_consent_was_taken_back_it_is_withdrawn_and_the_place_free(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        withdraw_consent(consent_id=accepted.consent_id, by=cast.participant_user, at=NOW)

        strike(job, cast)

        assert stands(accepted) == ("withdrawn", False, 0, "published")
        assert told(kind="proposal_withdrawn") == {cast.employer_member}

    def test_of_somebody_with_another_job_too(self, cast: Cast, job: Employment, accepted: Proposal) -> None:
        EmploymentFactory(participant=cast.pia, starts_on=TODAY)

        strike(job, cast)

        assert stands(accepted) == ("withdrawn", False, 0, "published")

    def test_of_somebody_whose_case_has_ended_too(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        change_state(participant_id=cast.pia.pk, to="ended", why="Klar", by=cast.coach, at=NOW)

        strike(job, cast)

        assert stands(accepted) == ("withdrawn", False, 0, "published")

    def test_of_a_protected_person_too_and_nobody_outside_is_told(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        protect_participant(participant_id=cast.pia.pk, handlers=[cast.coach], by=cast.coach, at=NOW)

        strike(job, cast)

        assert stands(accepted) == ("withdrawn", False, 0, "published")
        assert not told(kind="proposal_withdrawn")

    def test_of_somebody_placed_elsewhere_meanwhile_too(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        change_state(participant_id=cast.pia.pk, to="active", why="Söker", by=cast.coach, at=NOW)
        ProposalFactory(
            participant=cast.pia, opening__places_taken=1, holds_place=True, state=ProposalState.PLACED
        )

        strike(job, cast)

        assert stands(accepted) == ("withdrawn", False, 0, "published")

    def test_a_job_that_had_ended_gives_the_place_back(
        self, cast: Cast, job: Employment, accepted: Proposal
    ) -> None:
        end(job, cast)

        strike(job, cast)

        assert stands(accepted) == ("withdrawn", False, 0, "published")


class TestJobsRecordedBefore:
    """What the migration makes of jobs that did not say which yes they came of."""

    def migrate(self) -> None:
        module = import_module("backend.internships.migrations.0015_proposals_follow_jobs")
        module.find_jobs(apps, None)
        module.settle_places(apps, None)

    @pytest.fixture(autouse=True)
    def before(self, job: Employment) -> None:
        Employment.objects.update(proposal=None)

    def test_a_job_that_goes_on_finds_its_yes(self, job: Employment, accepted: Proposal) -> None:
        self.migrate()

        assert Employment.objects.get().proposal == accepted
        assert stands(accepted) == ("placed", True, 1, "filled")

    def test_one_that_has_ended_is_over(self, job: Employment, accepted: Proposal) -> None:
        Employment.objects.update(ends_on=TODAY, end_reason="shortage")

        self.migrate()

        assert stands(accepted) == ("finished", True, 1, "filled")
        assert Consent.objects.get(pk=accepted.consent_id).end_reason == "placement_ended"

    @pytest.mark.parametrize(
        ("person", "became"),
        [("active", ("accepted", True, 1, "filled")), ("employed", ("withdrawn", False, 0, "published"))],
    )
    def test_one_that_was_struck_gives_the_yes_back(
        self, job: Employment, accepted: Proposal, person: str, became: tuple[Any, ...]
    ) -> None:
        Participant.objects.filter(pk=job.participant_id).update(state=person)
        Consent.objects.update(valid_until=TODAY + timedelta(days=3650))
        Employment.objects.update(struck_at=NOW)

        self.migrate()

        assert stands(accepted) == became
        assert Employment.with_struck.get().proposal == accepted

    def test_a_place_of_somebody_employed_elsewhere_is_free(
        self, job: Employment, accepted: Proposal
    ) -> None:
        Employment.objects.update(employer=None, employer_name="Någon annan")

        self.migrate()

        assert stands(accepted) == ("withdrawn", False, 0, "published")
        assert Employment.objects.get().proposal is None
