"""What becomes of proposals when something happens to the person."""

import pytest

from backend.core.models import AuditEntry
from backend.employers.models import Opening
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.services import accept_proposal
from backend.participants.services import change_state, move_participant, protect_participant
from tests.factories.base import NOW
from tests.told import told


def state_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).state


def paused(cast):
    change_state(participant_id=cast.pia.pk, to="paused", why="Vila", by=cast.coach, at=NOW)


def ended(cast):
    change_state(participant_id=cast.pia.pk, to="ended", why="Flyttar", by=cast.coach, at=NOW)


def employed(cast):
    move_participant(participant=cast.pia, to="employed", by=cast.coach, at=NOW)


def protected(cast):
    protect_participant(participant_id=cast.pia.pk, handlers=[cast.coach], by=cast.coach, at=NOW)


REASONS = {paused: "paused", ended: "ended", employed: "got_job", protected: "protected"}


@pytest.mark.parametrize("happens", REASONS)
class TestAPersonWhoLeaves:
    def test_what_is_open_is_withdrawn_and_the_employer_told_without_a_reason(
        self, cast, propose_pia, happens
    ):
        proposal = propose_pia()

        happens(cast)

        assert state_of(proposal) == ProposalState.WITHDRAWN
        assert AuditEntry.objects.about(proposal).first().why == REASONS[happens]
        assert told(kind="proposal_withdrawn") == {cast.employer_member}
        assert Proposal.objects.get().consent.withdrawn_at == NOW

    def test_an_accepted_place_is_free_again(self, cast, propose_pia, happens):
        proposal = propose_pia()
        accept_proposal(proposal_id=proposal.pk, by=cast.employer_member, at=NOW)

        happens(cast)

        opening = Opening.objects.get(pk=cast.opening.pk)
        assert (state_of(proposal), opening.places_taken) == (ProposalState.WITHDRAWN, 0)
        assert opening.state == "published"
