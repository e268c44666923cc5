"""A row moves from state to state by the table, once, and it is written down."""

import pytest

from backend.core.models import AuditEntry
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.matching.enums import PROPOSAL_LIFECYCLE, ProposalState
from backend.matching.models import Proposal
from tests.cast import Cast
from tests.factories import ProposalFactory
from tests.factories.base import NOW


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    return ProposalFactory(opening=cast.opening, participant=cast.pia)


class TestMove:
    def test_the_audit_says_who_when_from_where_to_where_and_why(
        self, cast: Cast, proposal: Proposal
    ) -> None:
        to, why = ProposalState.WITHDRAWN, "ångrade sig"
        PROPOSAL_LIFECYCLE.move(proposal, to=to, by=cast.coach, at=NOW, why=why)
        entry = AuditEntry.objects.about(proposal).get()
        assert (entry.by, entry.at, entry.said) == (cast.coach, NOW, why)
        assert (entry.from_state, entry.to_state) == (ProposalState.SENT, to)

    def test_a_move_that_the_table_lacks_changes_nothing(self, cast: Cast, proposal: Proposal) -> None:
        with pytest.raises(TransitionNotAllowed):
            PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.DRAFT, by=cast.coach, at=NOW)
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.SENT
        assert not AuditEntry.objects.about(proposal).exists()

    def test_whoever_saw_an_older_state_is_told_the_present_one(self, cast: Cast, proposal: Proposal) -> None:
        seen_before = Proposal.objects.get(pk=proposal.pk)
        PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.WITHDRAWN, by=cast.coach, at=NOW)
        with pytest.raises(TransitionNotAllowed) as refusal:
            PROPOSAL_LIFECYCLE.move(seen_before, to=ProposalState.INTERVIEW, by=cast.coach, at=NOW)
        assert refusal.value.current == ProposalState.WITHDRAWN
        assert AuditEntry.objects.about(proposal).count() == 1


def test_every_state_of_every_table_is_a_state() -> None:
    from backend.employers.enums import OPENING_LIFECYCLE, OpeningState
    from backend.internships.enums import INTERNSHIP_LIFECYCLE, InternshipState
    from backend.participants.enums import PARTICIPANT_LIFECYCLE, ParticipantState

    tables = [
        (PROPOSAL_LIFECYCLE, ProposalState),
        (OPENING_LIFECYCLE, OpeningState),
        (INTERNSHIP_LIFECYCLE, InternshipState),
        (PARTICIPANT_LIFECYCLE, ParticipantState),
    ]
    for lifecycle, states in tables:
        named = set(lifecycle.moves) | set(lifecycle.steps) | set().union(*lifecycle.moves.values())
        assert named == set(states)
