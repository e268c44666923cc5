"""The life of a proposal, and what refuses to happen."""

from datetime import timedelta
from functools import partial

import pytest

from backend.core.models import AuditEntry
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.enums import MembershipRole, OpeningState, Standing
from backend.employers.models import Opening
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.services import (
    accept_proposal,
    answer_as_participant,
    ask_for_interview,
    ask_participant,
    decline_proposal,
    draft_proposal,
    draft_proposals,
    propose,
    save_draft,
    send_proposal,
    withdraw_proposal,
)
from backend.participants.enums import ParticipantState
from backend.participants.models import Consent, Participant
from backend.participants.services import withdraw_consent
from tests.factories import MembershipFactory, OpeningFactory, ProposalFactory, SkillEvidenceFactory, stand
from tests.factories.base import NOW
from tests.matching.conftest import keys_of
from tests.refusals import refused_for
from tests.told import told_by_kind


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def told():
    return {(kind, user.email) for kind, user in told_by_kind()}


@pytest.fixture
def draft(cast):
    return draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)


class TestDraft:
    def test_tells_nobody(self, draft):
        assert draft.state == ProposalState.DRAFT
        assert told() == set()
        assert AuditEntry.objects.about(draft).get().action == "proposal_drafted"

    def test_a_pair_is_proposed_once(self, cast, draft):
        with refused_for("already_proposed"):
            draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)

        assert Proposal.objects.count() == 1

    def test_a_coach_of_another_unit_cannot(self, cast):
        with pytest.raises(Participant.DoesNotExist):
            draft_proposal(
                opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.other_coach, at=NOW
            )

        assert not Proposal.objects.exists()

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            (lambda cast: Opening.objects.update(state=OpeningState.CLOSED), "opening_not_open"),
            (
                lambda cast: stand(cast.bakery, Standing.PAUSED),
                "employer_not_in_good_standing",
            ),
            (lambda cast: Participant.objects.update(state=ParticipantState.PAUSED), "not_waiting"),
            (
                lambda cast: (
                    Participant.objects.update(is_protected=True) and cast.pia.handlers.add(cast.coach)
                ),
                "protected",
            ),
        ],
        ids=["closed", "employer paused", "person paused", "protected"],
    )
    def test_is_refused(self, cast, change, why):
        change(cast)

        with refused_for(why):
            draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)

        assert not Proposal.objects.exists()

    def test_of_several_those_that_can_are_made(self, cast, draft):
        other = OpeningFactory(workplace__employer=cast.bakery)
        Participant.objects.filter(pk=cast.pelle.pk).update(unit=cast.unit, state=ParticipantState.EMPLOYED)

        drafts, refusals = draft_proposals(
            opening_id=other.pk, participant_ids=[cast.pia.pk, cast.pelle.pk], by=cast.coach, at=NOW
        )

        assert [each.participant for each in drafts] == [cast.pia]
        assert len(refusals) == 1

    def test_can_be_saved_and_gone_on_with(self, cast, draft):
        save_draft(proposal_id=draft.pk, item_keys=["first_name"], message="Hej", by=cast.coach, at=NOW)
        words = {"opening_id": cast.opening.pk, "participant_id": cast.pia.pk, "message": "Hej"}

        sent = propose(
            **words, intent="send", item_keys=["first_name"], means="by_phone", by=cast.coach, at=NOW
        )

        assert sent.pk == draft.pk
        assert fresh(draft).state == ProposalState.SENT


class TestSend:
    def test_records_the_consent_and_tells_the_employer(self, cast, draft):
        sent = send_proposal(
            proposal_id=draft.pk,
            item_keys=["first_name", "hours"],
            means="by_phone",
            message="Passar bra.",
            by=cast.coach,
            at=NOW,
        )

        assert [item.kind for item in sent.consent.items.all()] == ["first_name", "hours"]
        assert (sent.consent.means, sent.consent.employer) == ("by_phone", cast.bakery)
        assert told() == {("proposal_received", "alice@bageriet.example")}

    @pytest.mark.parametrize(
        ("keys", "why"), [([], "nothing_chosen"), (["skill:of-somebody-else"], "chosen_from_old_file")]
    )
    def test_without_items_or_with_foreign_ones_is_refused(self, cast, draft, keys, why):
        with refused_for(why):
            send_proposal(
                proposal_id=draft.pk, item_keys=keys, means="by_phone", message="", by=cast.coach, at=NOW
            )

        assert fresh(draft).state == ProposalState.DRAFT
        assert not Consent.objects.exists()
        assert told() == set()

    def test_twice_is_refused(self, cast, propose_pia):
        proposal = propose_pia()

        with pytest.raises(TransitionNotAllowed):
            send_proposal(
                proposal_id=proposal.pk,
                item_keys=["first_name"],
                means="by_phone",
                message="",
                by=cast.coach,
                at=NOW,
            )

        assert Consent.objects.count() == 1


class TestAskInTheApp:
    @pytest.fixture
    def asked(self, cast, draft):
        return ask_participant(
            proposal_id=draft.pk, item_keys=["first_name"], message="Vill du?", by=cast.coach, at=NOW
        )

    def test_tells_the_participant_alone(self, asked):
        assert told() == {("proposal_asked", "pia@example.org")}

    def test_a_yes_sends_exactly_what_was_asked(self, cast, asked):
        answer_as_participant(proposal_id=asked.pk, agrees=True, by=cast.participant_user, at=NOW)

        proposal = fresh(asked)
        assert proposal.state == ProposalState.SENT
        assert [item.text for item in proposal.consent.items.all()] == ["Pia"]
        assert (proposal.consent.means, proposal.consent.recorded_by) == ("in_app", cast.participant_user)
        assert ("proposal_participant_answered", cast.coach.email) in told()

    def test_what_the_participant_ticks_is_all_that_is_told(self, cast, draft):
        SkillEvidenceFactory(participant=cast.pia, text="kör truck")
        keys = keys_of(cast.pia)
        asked = ask_participant(proposal_id=draft.pk, item_keys=keys, message="", by=cast.coach, at=NOW)
        yes = partial(
            answer_as_participant, proposal_id=asked.pk, agrees=True, by=cast.participant_user, at=NOW
        )

        with refused_for("nothing_chosen"):
            yes(item_keys=[])
        yes(item_keys=["first_name"])

        assert len(keys) > 1
        assert [item.text for item in fresh(asked).consent.items.all()] == ["Pia"]

    def test_nothing_is_told_that_was_not_asked_for(self, cast, asked):
        SkillEvidenceFactory(participant=cast.pia, text="kör truck")
        other = next(key for key in keys_of(cast.pia) if key != "first_name")

        with refused_for("not_asked_for"):
            answer_as_participant(
                proposal_id=asked.pk, agrees=True, item_keys=[other], by=cast.participant_user, at=NOW
            )

        assert (fresh(asked).state, fresh(asked).consent) == (ProposalState.ASKED, None)

    def test_a_no_ends_it_and_the_employer_never_hears(self, cast, asked):
        answer_as_participant(proposal_id=asked.pk, agrees=False, by=cast.participant_user, at=NOW)

        assert fresh(asked).state == ProposalState.WITHDRAWN
        assert {kind for kind, _ in told()} == {"proposal_asked", "proposal_participant_answered"}

    @pytest.mark.parametrize("who", ["coach", "other_participant_user", "employer_member"])
    def test_nobody_else_answers(self, cast, asked, who):
        with pytest.raises(Proposal.DoesNotExist):
            answer_as_participant(proposal_id=asked.pk, agrees=True, by=getattr(cast, who), at=NOW)

        assert fresh(asked).state == ProposalState.ASKED

    def test_who_cannot_sign_in_is_not_asked(self, cast):
        Participant.objects.filter(pk=cast.pia.pk).update(user=None)
        draft = draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)

        with refused_for("participant_cannot_sign_in"):
            ask_participant(proposal_id=draft.pk, item_keys=["first_name"], message="", by=cast.coach, at=NOW)

        assert fresh(draft).state == ProposalState.DRAFT

    def test_a_no_after_it_was_sent_is_no_answer_any_more(self, cast, propose_pia):
        proposal = propose_pia()

        with pytest.raises(TransitionNotAllowed):
            answer_as_participant(proposal_id=proposal.pk, agrees=False, by=cast.participant_user, at=NOW)

        assert fresh(proposal).state == ProposalState.SENT


class TestTheEmployerDecides:
    def test_a_yes_takes_a_place_and_tells_the_coach(self, cast, propose_pia):
        proposal = propose_pia()

        accept_proposal(proposal_id=proposal.pk, by=cast.employer_member, at=NOW)

        opening = Opening.objects.get(pk=cast.opening.pk)
        assert (fresh(proposal).state, opening.places_taken) == (ProposalState.ACCEPTED, 1)
        assert ("proposal_answered", cast.coach.email) in told()

    def test_a_meeting_takes_none_and_can_become_a_yes(self, cast, propose_pia):
        proposal = propose_pia()

        ask_for_interview(proposal_id=proposal.pk, by=cast.employer_member, at=NOW)
        assert Opening.objects.get(pk=cast.opening.pk).places_taken == 0

        accept_proposal(proposal_id=proposal.pk, by=cast.employer_member, at=NOW)
        assert fresh(proposal).state == ProposalState.ACCEPTED

    def test_a_no_has_a_reason(self, cast, propose_pia):
        proposal = propose_pia()
        with refused_for("no_reason_for_declining"):
            decline_proposal(proposal_id=proposal.pk, reason="", by=cast.employer_member, at=NOW)
        assert fresh(proposal).state == ProposalState.SENT

        decline_proposal(
            proposal_id=proposal.pk, reason="hours", note="Bara kvällar.", by=cast.employer_member, at=NOW
        )
        assert fresh(proposal).decline_reason == "hours"

    def test_who_comes_second_changes_nothing(self, cast, propose_pia):
        proposal = propose_pia()
        accept_proposal(proposal_id=proposal.pk, by=cast.employer_member, at=NOW)

        with pytest.raises(TransitionNotAllowed):
            decline_proposal(proposal_id=proposal.pk, reason="other", by=cast.employer_member, at=NOW)

        assert fresh(proposal).state == ProposalState.ACCEPTED

    @pytest.mark.parametrize("who", ["other_employer", "coach", "participant_user", "administrator"])
    def test_nobody_else_decides(self, cast, propose_pia, who):
        proposal = propose_pia()

        with pytest.raises(Proposal.DoesNotExist):
            accept_proposal(proposal_id=proposal.pk, by=getattr(cast, who), at=NOW)

        assert fresh(proposal).state == ProposalState.SENT

    def test_a_supervisor_reads_but_does_not_decide(self, cast, propose_pia):
        proposal = propose_pia()
        supervisor = MembershipFactory(employer=cast.bakery, role=MembershipRole.SUPERVISOR).user

        assert Proposal.objects.visible_to(supervisor).filter(pk=proposal.pk).exists()
        with pytest.raises(Proposal.DoesNotExist):
            accept_proposal(proposal_id=proposal.pk, by=supervisor, at=NOW)

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            (
                lambda cast: Participant.objects.update(state=ParticipantState.EMPLOYED),
                "not_looking",
            ),
            (lambda cast: stand(cast.bakery, Standing.PAUSED), "nobody_placed_here"),
            (lambda cast: Opening.objects.update(places_taken=1), "no_place_left"),
            (lambda cast: Consent.objects.update(valid_until=NOW.date() - timedelta(days=1)), "consent_over"),
        ],
        ids=["has a job", "employer paused", "no place", "consent over"],
    )
    def test_a_yes_is_refused_and_nothing_has_changed(self, cast, propose_pia, change, why):
        proposal = propose_pia()
        change(cast)
        taken = Opening.objects.get(pk=cast.opening.pk).places_taken

        with refused_for(why):
            accept_proposal(proposal_id=proposal.pk, by=cast.employer_member, at=NOW)

        assert fresh(proposal).state == ProposalState.SENT
        assert Opening.objects.get(pk=cast.opening.pk).places_taken == taken
        assert ("proposal_answered", cast.coach.email) not in told()

    def test_a_no_is_always_possible(self, cast, propose_pia):
        proposal = propose_pia()
        Consent.objects.update(valid_until=NOW.date() - timedelta(days=1))

        decline_proposal(proposal_id=proposal.pk, reason="other", by=cast.employer_member, at=NOW)

        assert fresh(proposal).state == ProposalState.DECLINED


class TestWithdraw:
    def test_ends_the_consent_and_gives_the_place_back(self, cast, propose_pia):
        proposal = propose_pia()
        accept_proposal(proposal_id=proposal.pk, by=cast.employer_member, at=NOW)

        withdraw_proposal(proposal_id=proposal.pk, why="flyttar", by=cast.coach, at=NOW)

        proposal = fresh(proposal)
        opening = Opening.objects.get(pk=cast.opening.pk)
        assert (opening.places_taken, opening.state) == (0, OpeningState.PUBLISHED)
        assert proposal.consent.withdrawn_at == NOW
        assert ("proposal_withdrawn", "alice@bageriet.example") in told()

    def test_of_a_draft_tells_nobody(self, cast, draft):
        withdraw_proposal(proposal_id=draft.pk, why="fel", by=cast.coach, at=NOW)

        assert told() == set()

    def test_a_consent_taken_back_takes_the_proposal_with_it(self, cast, propose_pia):
        proposal = propose_pia()

        withdraw_consent(consent_id=proposal.consent_id, by=cast.participant_user, at=NOW)

        assert fresh(proposal).state == ProposalState.WITHDRAWN
        assert ("proposal_withdrawn", "alice@bageriet.example") in told()
        with pytest.raises(TransitionNotAllowed):
            accept_proposal(proposal_id=proposal.pk, by=cast.employer_member, at=NOW)

    @pytest.mark.parametrize("who", ["other_coach", "manager", "employer_member", "participant_user"])
    def test_only_a_coach_of_the_unit_can(self, cast, propose_pia, who):
        proposal = propose_pia()

        with pytest.raises(Proposal.DoesNotExist):
            withdraw_proposal(proposal_id=proposal.pk, why="x", by=getattr(cast, who), at=NOW)

        assert fresh(proposal).state == ProposalState.SENT


class TestWhoMayKnow:
    def test_a_draft_is_the_coach_s_own_thought(self, cast, draft):
        for who in ("participant_user", "employer_member", "other_coach", "administrator"):
            assert not Proposal.objects.visible_to(getattr(cast, who)).exists(), who

    def test_a_withdrawn_one_that_was_never_sent_never_reaches_the_employer(self, cast):
        ProposalFactory(
            opening=cast.opening, participant=cast.pia, consent=None, sent_at=None, state="withdrawn"
        )

        assert not Proposal.objects.visible_to(cast.employer_member).exists()

    def test_a_protected_identity_stands_in_no_list(self, cast, propose_pia):
        propose_pia()
        Participant.objects.filter(pk=cast.pia.pk).update(is_protected=True)
        cast.pia.handlers.add(cast.coach)

        assert Proposal.objects.visible_to(cast.coach).exists()
        assert not Proposal.objects.listed_for(cast.coach).exists()
        assert not Proposal.objects.visible_to(cast.manager).exists()
