"""What becomes of proposals when something happens to the person, the opening or the employer."""

from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.employers.jobs import look_after_openings
from backend.employers.models import Opening
from backend.employers.services import close_opening, record_checks
from backend.home.day.my_day import coach_day
from backend.matching.enums import OPEN_STATES, ProposalState
from backend.matching.going_on import hindrances_of
from backend.matching.models import Proposal
from backend.matching.services import accept_proposal, draft_proposal, renew_consent, withdraw_proposal
from backend.participants.models import Consent, Participant
from backend.participants.services import change_state, move_participant, protect_participant
from tests.cast import Cast
from tests.factories import OpeningFactory, ParticipantFactory, ProposalFactory, stand
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
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
        # Of a protected identity nobody outside is told anything; the proposal's page says that it is over.
        tells_nobody = happens is protected
        assert told(kind="proposal_withdrawn") == (set() if tells_nobody else {cast.employer_member})
        assert Proposal.objects.get().consent.withdrawn_at == NOW

    def test_an_accepted_place_is_free_again(self, cast, propose_pia, happens):
        proposal = propose_pia()
        accept_proposal(proposal_id=proposal.pk, by=cast.employer_member, at=NOW)

        happens(cast)

        opening = Opening.objects.get(pk=cast.opening.pk)
        assert (state_of(proposal), opening.places_taken) == (ProposalState.WITHDRAWN, 0)
        assert opening.state == "published"


class TestAnOpeningThatCloses:
    def test_settles_what_is_undecided_and_keeps_who_is_accepted(self, cast, propose_pia):
        Opening.objects.filter(pk=cast.opening.pk).update(places=2)
        undecided = propose_pia()
        accepted = ProposalFactory(opening=cast.opening, participant=cast.pelle, state="accepted")
        Opening.objects.filter(pk=cast.opening.pk).update(places_taken=1)

        close_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)

        assert [state_of(undecided), state_of(accepted)] == ["withdrawn", "accepted"]
        assert Opening.objects.get(pk=cast.opening.pk).places_taken == 1

    def test_by_itself_settles_it_too(self, cast, propose_pia):
        proposal = propose_pia()
        Opening.objects.filter(pk=cast.opening.pk).update(ends_on=TODAY - timedelta(days=1))

        look_after_openings(NOW)

        assert state_of(proposal) == "withdrawn"
        assert AuditEntry.objects.about(proposal).first().by is None

    def test_one_that_is_full_closes_when_its_time_is_over(self, cast):
        past = {"ends_on": TODAY - timedelta(days=1), "places_taken": 1, "state": "filled"}
        Opening.objects.filter(pk=cast.opening.pk).update(**past)

        look_after_openings(NOW)

        assert Opening.objects.get(pk=cast.opening.pk).state == "expired"

    def test_is_not_offered_after_its_last_day_even_before_the_job_has_run(self, cast, propose_pia):
        sent = propose_pia()
        Opening.objects.filter(pk=cast.opening.pk).update(ends_on=TODAY - timedelta(days=1))
        pair = {"opening_id": cast.opening.pk, "by": cast.coach, "at": NOW}
        Participant.objects.filter(pk=cast.pelle.pk).update(unit=cast.unit)

        with refused_for("opening_not_open"):
            draft_proposal(participant_id=cast.pelle.pk, **pair)
        with refused_for("no_place_left"):
            accept_proposal(proposal_id=sent.pk, by=cast.employer_member, at=NOW)

        assert not Opening.objects.published(TODAY).exists()
        assert not Proposal.objects.awaiting_first_answer(TODAY).exists()


class TestAnEmployerWhoIsPaused:
    @pytest.fixture
    def waiting(self, cast, propose_pia):
        proposal = propose_pia()
        facts = {"kinds": ["tax_debt"], "outcome": "refuse", "evidence": "Skatteverket"}
        record_checks(employer=cast.bakery, by=cast.coach, at=NOW, **facts)
        return proposal

    def test_what_is_open_waits_on_the_coach_s_day_and_no_yes_is_taken(self, cast, waiting):
        with refused_for("nobody_placed_here"):
            accept_proposal(proposal_id=waiting.pk, by=cast.employer_member, at=NOW)

        assert state_of(waiting) == "sent"
        assert [todo.url for todo in coach_day(cast.coach, today=TODAY)] == [waiting.get_absolute_url()]
        assert told(kind="proposal_stalled") == {cast.coach}

    def test_nobody_is_reminded(self, waiting):
        assert not Proposal.objects.awaiting_first_answer(TODAY).exists()

    def test_the_proposal_s_page_says_why(self, client, cast, waiting):
        client.force_login(cast.coach)

        page = client.get(waiting.get_absolute_url()).content.decode()

        assert "Kommunen placerar ingen hos arbetsgivaren just nu." in page


def turned(rng: Random, cast: Cast) -> Proposal:
    """Return a proposal of which anything may be true."""
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    state = rng.choice([*OPEN_STATES, "accepted"])
    opening = OpeningFactory(
        workplace__employer=rng.choice([cast.bakery, cast.joinery]),
        places=2,
        places_taken=rng.choice([1, 2]) if state == "accepted" else rng.choice([0, 2]),
        state=rng.choice(["published", "published", "filled", "closed"]),
        ends_on=rng.choice([None, yesterday, TODAY, tomorrow]),
    )
    person = ParticipantFactory(
        unit=cast.unit,
        state=rng.choice(["enrolled", "active", "active", "paused", "employed"]),
        is_protected=rng.random() < 0.2,
    )
    if rng.random() < 0.2:
        ProposalFactory(participant=person, state="placed", opening__places_taken=1)
    if state in ("draft", "asked"):
        return ProposalFactory(opening=opening, participant=person, state=state, consent=None, sent_at=None)
    proposal = ProposalFactory(opening=opening, participant=person, state=state)
    gone = {"valid_until": rng.choice([yesterday, TODAY]), "withdrawn_at": rng.choice([None, None, NOW])}
    Consent.objects.filter(pk=proposal.consent_id).update(**gone)
    return proposal


def test_what_is_said_of_one_is_said_of_many(cast):
    """The predicate in Python and the same in SQL agree about everything that may be true of a proposal."""
    rng = Random(6)
    stand(cast.joinery, "paused")
    rows = [turned(rng, cast) for _ in range(150)]

    goes_on = set(Proposal.objects.that_can_go_on(TODAY).values_list("pk", flat=True))

    said = {each.pk for each in rows if not hindrances_of(Proposal.objects.get(pk=each.pk), day=TODAY)}
    assert 5 < len(said) < 100
    assert said == goes_on


class TestANewConsent:
    def test_takes_the_place_of_the_one_that_ended(self, cast, propose_pia):
        proposal = propose_pia()
        Consent.objects.update(valid_until=TODAY - timedelta(days=1))
        keys = {"item_keys": ["first_name"], "means": "by_phone"}

        renew_consent(proposal_id=proposal.pk, by=cast.coach, at=NOW, **keys)

        assert Proposal.objects.that_can_go_on(TODAY).get() == proposal
        assert [item.kind for item in Proposal.objects.get().consent.items.all()] == ["first_name"]

    def test_ends_the_earlier_one_without_withdrawing_the_proposal(self, cast, propose_pia):
        proposal = propose_pia()
        earlier = proposal.consent

        renew_consent(proposal_id=proposal.pk, item_keys=["hours"], means="by_phone", by=cast.coach, at=NOW)

        earlier.refresh_from_db()
        assert (state_of(proposal), earlier.withdrawn_at) == ("sent", NOW)

    def test_is_not_for_what_is_over(self, cast, propose_pia):
        proposal = propose_pia()
        withdraw_proposal(proposal_id=proposal.pk, why="x", by=cast.coach, at=NOW)

        with refused_for("nothing_to_renew"):
            renew_consent(
                proposal_id=proposal.pk, item_keys=["hours"], means="by_phone", by=cast.coach, at=NOW
            )

        assert Consent.objects.count() == 1

    def test_is_written_down_on_a_page(self, client, cast, propose_pia):
        proposal = propose_pia()
        client.force_login(cast.coach)
        address = reverse("matching:consent_renew", args=[proposal.pk])

        assert client.get(address).status_code == 200
        assert client.post(address, {}).status_code == 422
        answer = client.post(address, {"items": ["first_name"], "means": "by_phone"})

        assert answer.url == proposal.get_absolute_url()
        assert Consent.objects.count() == 2
