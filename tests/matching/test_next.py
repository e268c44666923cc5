"""What comes next about a proposal: every state × every reader."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import translation

from backend.employers.enums import OpeningKind, OpeningState
from backend.employers.models import Employer, Opening, Workplace
from backend.matching.enums import PROPOSAL_LIFECYCLE, TELLS_EMPLOYER, ProposalState
from backend.matching.models import Proposal
from backend.matching.pages.for_employers import Contact, ProposalToEmployer
from backend.matching.pages.next import (
    next_for_coach,
    next_for_employer,
    next_for_participant,
    over_for_employer,
    told_to_participant,
    withdrawal,
)
from backend.matching.pages.stands import state_for_employer, state_for_participant
from backend.matching.services import possible_answers, withdraw_proposal
from backend.participants.models import Participant
from tests.factories import OpeningFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.offers import goes_through

STATES = list(ProposalState)
ANSWERS = frozenset({ProposalState.ACCEPTED, ProposalState.INTERVIEW, ProposalState.DECLINED})
# What a coach is asked to do, in which words of a list; the other states ask for nothing.
COACH = {
    ProposalState.DRAFT: ("Finish the proposal", ["matching:propose"]),
    ProposalState.ASKED: ("", ["matching:propose"]),
    ProposalState.SENT: ("", ["matching:visit_offer"]),
    ProposalState.INTERVIEW: ("Book the meeting", ["matching:visit_offer"]),
    ProposalState.ACCEPTED: ("Plan the internship", ["internships:internship_plan"]),
}
# What an employer may press.
EMPLOYER = {
    ProposalState.SENT: ["accept", "interview", "decline"],
    ProposalState.INTERVIEW: ["accept", "decline", "visit_offer"],
}
OVER = {ProposalState.FINISHED, ProposalState.DECLINED, ProposalState.WITHDRAWN}
WITHDRAWABLE = {
    ProposalState.DRAFT,
    ProposalState.ASKED,
    ProposalState.SENT,
    ProposalState.INTERVIEW,
    ProposalState.ACCEPTED,
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def proposal_in(state, kind=OpeningKind.INTERNSHIP):
    workplace = Workplace(employer=Employer(name="Bageriet"))
    opening = Opening(kind=kind, title="Bagare", workplace=workplace, state=OpeningState.PUBLISHED, places=1)
    return Proposal(state=state, opening=opening, participant=Participant(first_name="Pia"))


def seen_in(state):
    coach = Contact("Cecilia", "016", "c@example.org")
    proposal = proposal_in(state)
    words = {"opening": "Bagare", "opening_url": "/", "opening_kind": "Praktik", "person": "Pia"}
    when = dict.fromkeys(("state_changed_at", "sent_at", "decided_at"), NOW)
    return ProposalToEmployer(
        pk=proposal.pk,
        url="/",
        state=state,
        state_label="",
        answer_by=None,
        decline_reason="full",
        coach=coach,
        **words,
        **when,
    )


def pressed(step):
    return [action.url.rstrip("/").rsplit("/", 1)[1] for action in step.actions]


class TestCoach:
    @pytest.mark.parametrize("state", STATES)
    def test_is_told_what_to_do_in_each_state(self, state):
        proposal = proposal_in(state)

        step = next_for_coach(proposal, may_act=True)

        if state not in COACH:
            assert step is None
            return
        do, names = COACH[state]
        of = {
            "matching:propose": [proposal.opening_id, proposal.participant_id],
            "internships:internship_plan": [proposal.pk],
            "matching:visit_offer": [proposal.pk],
        }
        assert step.title
        assert step.do == do
        assert [action.url for action in step.actions] == [reverse(name, args=of[name]) for name in names]

    def test_records_a_job_instead_of_planning_an_internship(self):
        proposal = proposal_in(ProposalState.ACCEPTED, OpeningKind.JOB)

        step = next_for_coach(proposal, may_act=True)

        assert step.do == "Record the job"
        assert step.actions[0].url.endswith(f"?proposal={proposal.pk}")

    @pytest.mark.parametrize("state", COACH)
    def test_decides_when_it_cannot_go_on(self, state):
        step = next_for_coach(proposal_in(state), may_act=True, is_stalled=True)

        assert (step.do, step.mark) == ("See why and decide", "warning")

    @pytest.mark.parametrize("state", STATES)
    def test_who_only_reads_does_nothing(self, state):
        proposal = proposal_in(state)

        assert next_for_coach(proposal, may_act=False) is None
        assert withdrawal(proposal, may_act=False) is None

    @pytest.mark.parametrize("state", STATES)
    def test_takes_back_what_is_open_and_not_placed(self, state):
        offered = withdrawal(proposal_in(state), may_act=True)

        assert (offered is not None) == (state in WITHDRAWABLE)


@pytest.mark.django_db
class TestWithdrawal:
    @pytest.mark.parametrize("reader", ["coach", "other_coach", "manager"])
    @pytest.mark.parametrize("state", STATES)
    def test_is_offered_where_the_service_takes_it_back(self, cast, state, reader):
        told = {} if state in TELLS_EMPLOYER or state in OVER else {"consent": None, "sent_at": None}
        reason = {"decline_reason": "other"} if state == ProposalState.DECLINED else {}
        opening = OpeningFactory(workplace=cast.opening.workplace, places_taken=1)
        facts = {"opening": opening, "participant": cast.pia, "state": state}
        proposal, by = ProposalFactory(**facts, **told, **reason), getattr(cast, reader)
        may_act = Proposal.objects.handled_by(by).filter(pk=proposal.pk).exists()

        done = goes_through(partial(withdraw_proposal, proposal_id=proposal.pk, why="Annat.", by=by))

        assert (withdrawal(proposal, may_act=may_act) is not None) == done


class TestEmployer:
    @pytest.mark.parametrize("state", STATES)
    def test_is_offered_what_the_life_cycle_allows(self, state):
        possible = {to for to in ANSWERS if PROPOSAL_LIFECYCLE.allows(state, to)}

        step = next_for_employer(seen_in(state), may_answer=True, answers=possible)

        addresses = {"accept": "ja", "interview": "intervju", "decline": "nej", "visit_offer": "mote"}
        wanted = [addresses[name] for name in EMPLOYER.get(state, [])]
        wanted += ["svara-med-ord"] if wanted else []
        assert (pressed(step) if step else []) == wanted
        assert bool(step and step.waits_for_reader) == (state in EMPLOYER)

    @pytest.mark.parametrize("state", [ProposalState.ACCEPTED, ProposalState.PLACED])
    def test_who_has_said_yes_is_never_asked_again(self, state):
        step = next_for_employer(seen_in(state), may_answer=True, answers=ANSWERS)

        assert (step.title, step.actions, step.tone) == ("You said yes", (), "success")

    @pytest.mark.parametrize("state", EMPLOYER)
    def test_a_supervisor_reads_who_answers(self, state):
        step = next_for_employer(seen_in(state), may_answer=False, answers=ANSWERS)

        assert step.actions == ()
        assert "administrator or contact" in step.text

    @pytest.mark.parametrize("state", EMPLOYER)
    def test_when_a_yes_is_not_possible_a_no_is(self, state):
        step = next_for_employer(seen_in(state), may_answer=True, answers={ProposalState.DECLINED})

        assert pressed(step) == ["nej", "svara-med-ord"]
        assert "not possible" in step.text

    @pytest.mark.parametrize("state", STATES)
    def test_reads_why_nothing_is_shown_any_more(self, state):
        assert over_for_employer(seen_in(state))


class TestParticipant:
    @pytest.mark.parametrize("state", STATES)
    def test_is_asked_once_and_may_take_back_while_something_is_told(self, state):
        step = next_for_participant(proposal_in(state), is_told=state in TELLS_EMPLOYER)

        is_asked, is_told = state == ProposalState.ASKED, state in TELLS_EMPLOYER
        assert step.title
        assert step.waits_for_reader == is_asked
        assert [action.name for action in step.actions] == (["yes", "no"] if is_asked else [""] * is_told)

    @pytest.mark.parametrize("state", STATES)
    def test_the_heading_says_whether_the_employer_may_read(self, state):
        proposal = proposal_in(state)
        proposal.sent_at = NOW

        heading = told_to_participant(proposal, is_told=state in TELLS_EMPLOYER)

        if state == ProposalState.ASKED:
            assert heading.startswith("If you say yes")
        else:
            assert heading.startswith("The employer may" if state in TELLS_EMPLOYER else "The employer could")

    def test_after_a_no_it_is_said_that_nothing_was_sent(self):
        proposal = proposal_in(ProposalState.WITHDRAWN)

        assert told_to_participant(proposal, is_told=False).startswith("Nothing was sent")
        assert next_for_participant(proposal, is_told=False).title.startswith("Nothing was sent about you")
        assert state_for_participant(proposal) == "Nothing was sent"


class TestWhereItStands:
    """In the words of whoever reads; after "let us meet first" it is the coach's turn."""

    @pytest.mark.parametrize(
        ("state", "employer", "participant"),
        [
            ("sent", "Waits for your organisation's answer", "Waiting for the employer"),
            ("interview", "The job coach books the meeting", "The employer wants to meet you"),
            ("accepted", "Your organisation said yes", "The employer said yes"),
            ("declined", "Your organisation said no", "The employer said no"),
        ],
    )
    def test_is_said_from_the_readers_side(self, state, employer, participant):
        assert state_for_employer(state) == employer
        assert state_for_participant(proposal_in(state)) == participant

    def test_a_meeting_that_is_asked_for_is_not_the_employers_to_do(self):
        step = next_for_employer(seen_in(ProposalState.INTERVIEW), may_answer=True, answers=ANSWERS)

        assert step.title == "The job coach books the meeting"
        assert len(step.actions) == 5


@pytest.mark.django_db
class TestPossibleAnswers:
    @pytest.fixture
    def proposal(self, cast):
        return ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach)

    def test_all_three_to_begin_with(self, proposal):
        assert possible_answers(proposal, day=TODAY) == ANSWERS

    def test_only_a_no_when_the_consent_has_run_out(self, proposal):
        proposal.consent.valid_until = TODAY.replace(year=2020)

        assert possible_answers(proposal, day=TODAY) == {ProposalState.DECLINED}

    def test_only_a_no_when_the_last_place_is_gone(self, proposal):
        proposal.opening.state = OpeningState.FILLED

        assert possible_answers(proposal, day=TODAY) == {ProposalState.DECLINED}

    def test_the_page_of_a_yes_does_not_ask_again(self, client, cast, proposal):
        Proposal.objects.filter(pk=proposal.pk).update(
            state="accepted", holds_place=True, decided_at=NOW, decided_by=cast.employer_member
        )
        client.force_login(cast.employer_member)
        with translation.override("sv"):
            page = client.get(proposal.get_absolute_url()).content.decode()

        assert reverse("matching:accept", args=[proposal.pk]) not in page
