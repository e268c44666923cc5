"""Several people click at the same moment: on PostgreSQL, where rows are really fought over."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection

from backend.core.models import AuditEntry, OutboxMessage
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from backend.matching.enums import ProposalState, VisitState
from backend.matching.models import Proposal, Visit
from backend.matching.services import (
    accept_proposal,
    answer_as_participant,
    choose_time,
    decline_proposal,
    draft_proposal,
    withdraw_proposal,
)
from tests.factories import (
    AssignmentFactory,
    EmployerFactory,
    MembershipFactory,
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
    UnitFactory,
    UserFactory,
    VisitFactory,
    VisitTimeFactory,
)
from tests.factories.base import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Do all of `acts` at the same moment; tell of each whether it went through."""
    together = Barrier(len(acts))

    def do(act: Callable[[], object]) -> bool:
        together.wait()
        try:
            act()
        except (ValidationError, TransitionNotAllowed, ObjectDoesNotExist):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def opening(employer):
    return OpeningFactory(workplace__employer=employer)


@pytest.mark.parametrize("places", [1, 3])
def test_of_ten_who_say_yes_as_many_get_somebody_as_there_are_places(employer, places):
    opening = OpeningFactory(workplace__employer=employer, places=places)
    members = [MembershipFactory(employer=employer).user for _ in range(10)]
    proposals = [ProposalFactory(opening=opening) for _ in range(10)]

    outcomes = at_once(
        *[
            lambda it=it, by=by: accept_proposal(proposal_id=it.pk, by=by, at=NOW)
            for it, by in zip(proposals, members, strict=True)
        ]
    )

    opening = Opening.objects.get(pk=opening.pk)
    accepted = Proposal.objects.filter(state=ProposalState.ACCEPTED).count()
    assert outcomes.count(True) == accepted == opening.places_taken == places
    assert opening.state == OpeningState.FILLED
    # Who lost has left nothing behind.
    assert AuditEntry.objects.filter(action="state_accepted").count() == places
    assert OutboxMessage.objects.filter(kind="proposal_answered").count() == places


def test_a_yes_and_a_no_to_one_proposal_one_wins(employer, opening):
    yes, no = (MembershipFactory(employer=employer).user for _ in range(2))
    proposal = ProposalFactory(opening=opening)

    outcomes = at_once(
        lambda: accept_proposal(proposal_id=proposal.pk, by=yes, at=NOW),
        lambda: decline_proposal(proposal_id=proposal.pk, reason="other", by=no, at=NOW),
    )

    proposal = Proposal.objects.get()
    assert sorted(outcomes) == [False, True]
    assert proposal.decided_by == (yes if outcomes[0] else no)
    assert Opening.objects.get(pk=opening.pk).places_taken == int(outcomes[0])
    assert OutboxMessage.objects.filter(kind="proposal_answered").count() == 1


def coached(unit=None):
    unit = unit or UnitFactory()
    coach = UserFactory()
    AssignmentFactory(user=coach, unit=unit)
    return coach, ParticipantFactory(unit=unit, coach=coach, user=UserFactory(persona="participant"))


def test_two_coaches_propose_the_same_pair_once(opening):
    coach, participant = coached()
    other, _ = coached(participant.unit)

    outcomes = at_once(
        *[
            lambda by=by: draft_proposal(opening_id=opening.pk, participant_id=participant.pk, by=by, at=NOW)
            for by in (coach, other)
        ]
    )

    assert sorted(outcomes) == [False, True]
    assert Proposal.objects.count() == 1


def test_a_participant_s_yes_and_the_coach_s_withdrawal_end_in_one_state(opening):
    coach, participant = coached()
    proposal = ProposalFactory(
        opening=opening,
        participant=participant,
        state=ProposalState.ASKED,
        consent=None,
        sent_at=None,
        asked_items=["first_name"],
    )

    outcomes = at_once(
        lambda: answer_as_participant(proposal_id=proposal.pk, agrees=True, by=participant.user, at=NOW),
        lambda: withdraw_proposal(proposal_id=proposal.pk, why="x", by=coach, at=NOW),
    )

    proposal = Proposal.objects.select_related("consent").get()
    assert any(outcomes)
    if proposal.state == ProposalState.WITHDRAWN:
        assert proposal.consent is None or proposal.consent.withdrawn_at is not None
    else:
        assert proposal.consent.withdrawn_at is None


def test_a_withdrawal_and_a_yes_never_leave_a_place_taken_for_nobody(employer, opening):
    coach, participant = coached()
    member = MembershipFactory(employer=employer).user
    proposal = ProposalFactory(opening=opening, participant=participant)

    at_once(
        lambda: accept_proposal(proposal_id=proposal.pk, by=member, at=NOW),
        lambda: withdraw_proposal(proposal_id=proposal.pk, why="x", by=coach, at=NOW),
    )

    accepted = Proposal.objects.filter(state=ProposalState.ACCEPTED).count()
    assert Opening.objects.get(pk=opening.pk).places_taken == accepted


def test_of_two_who_choose_a_time_one_is_booked_and_told(employer, opening):
    proposal = ProposalFactory(opening=opening, state=ProposalState.INTERVIEW)
    coach = proposal.participant.coach
    AssignmentFactory(user=coach, unit=proposal.participant.unit)
    member = MembershipFactory(employer=employer).user
    visit = VisitFactory(proposal=proposal, chooser="employer")
    times = [VisitTimeFactory(visit=visit, starts_at=NOW + timedelta(days=day)) for day in (1, 2)]

    done = at_once(
        *(
            lambda by=by, time=time: choose_time(visit_id=visit.pk, time_id=time.pk, by=by, at=NOW)
            for by, time in zip((coach, member), times, strict=True)
        )
    )

    visit.refresh_from_db()
    assert sorted(done) == [False, True]
    assert visit.starts_at in {time.starts_at for time in times}
    assert visit.sequence == 1
    assert AuditEntry.objects.filter(action="state_booked").count() == 1
    assert OutboxMessage.objects.filter(kind="visit_booked").count() == 3


def test_two_meetings_of_a_person_are_never_booked_for_the_same_time():
    participant = ParticipantFactory()
    coach = participant.coach
    AssignmentFactory(user=coach, unit=participant.unit)
    visits = [
        VisitFactory(proposal=ProposalFactory(participant=participant, state=ProposalState.INTERVIEW))
        for _each in range(2)
    ]
    times = [VisitTimeFactory(visit=visit) for visit in visits]

    done = at_once(
        *(
            lambda time=time: choose_time(visit_id=time.visit_id, time_id=time.pk, by=coach, at=NOW)
            for time in times
        )
    )

    assert sorted(done) == [False, True]
    assert Visit.objects.booked().count() == 1


def test_a_time_chosen_while_the_proposal_is_withdrawn_stands_with_nobody(opening):
    proposal = ProposalFactory(opening=opening, state=ProposalState.INTERVIEW)
    coach = proposal.participant.coach
    AssignmentFactory(user=coach, unit=proposal.participant.unit)
    time = VisitTimeFactory(visit=VisitFactory(proposal=proposal))

    at_once(
        lambda: choose_time(visit_id=time.visit_id, time_id=time.pk, by=coach, at=NOW),
        lambda: withdraw_proposal(proposal_id=proposal.pk, why="Annat", by=coach, at=NOW),
    )

    assert Visit.objects.get().state == VisitState.CANCELLED
