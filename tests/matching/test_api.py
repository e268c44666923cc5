"""The API: the same scopes and services as the pages, and nothing that was not released."""

import pytest
from django.urls import reverse

from backend.core.models import ReadEntry
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.services import decline_proposal
from tests.factories.base import NOW


def address(name, proposal):
    return reverse(f"api:proposal-{name}", args=[proposal.pk])


class TestProposals:
    def test_an_employer_reads_what_was_released(self, client, cast, propose_pia):
        proposal = propose_pia()
        client.force_login(cast.employer_member)

        answer = client.get(address("detail", proposal)).json()

        assert answer["told"]["name"] == "Pia"
        assert answer["message"] == "Ring mig gärna."
        assert "participant" not in answer
        assert "Exempel" not in str(answer)
        assert ReadEntry.objects.get(by=cast.employer_member).page == "matching.employer"

    def test_and_nothing_after_the_end(self, client, cast, propose_pia):
        proposal = propose_pia()
        decline_proposal(proposal_id=proposal.pk, reason="other", by=cast.employer_member, at=NOW)
        client.force_login(cast.employer_member)

        answer = client.get(address("detail", proposal)).json()

        assert (answer["told"], answer["message"]) == (None, "")
        assert "Pia" not in str(answer)

    def test_a_list_names_nobody(self, client, cast, propose_pia):
        proposal = propose_pia()
        for user in (cast.employer_member, cast.coach):
            client.force_login(user)
            answer = client.get(reverse("api:proposal-list"))
            assert [each["id"] for each in answer.json()["results"]] == [str(proposal.pk)]
            assert "Pia" not in answer.content.decode()

    def test_a_coach_reads_the_case(self, client, cast, propose_pia):
        proposal = propose_pia()
        client.force_login(cast.coach)

        answer = client.get(address("detail", proposal)).json()

        assert answer["participant"] == str(cast.pia.pk)

    @pytest.mark.parametrize(
        ("verb", "data", "state"),
        [
            ("accept", {}, ProposalState.ACCEPTED),
            ("interview", {}, ProposalState.INTERVIEW),
            ("decline", {"reason": "hours"}, ProposalState.DECLINED),
        ],
    )
    def test_an_employer_answers(self, client, cast, propose_pia, verb, data, state):
        proposal = propose_pia()
        client.force_login(cast.employer_member)

        answer = client.post(address(verb, proposal), data, content_type="application/json")

        assert (answer.status_code, answer.json()["state"]) == (200, state)

    def test_who_comes_second_is_told(self, client, cast, propose_pia):
        proposal = propose_pia()
        client.force_login(cast.employer_member)
        client.post(address("accept", proposal))

        answer = client.post(address("interview", proposal))

        assert (answer.status_code, answer.json()["state"]) == (409, "accepted")

    @pytest.mark.parametrize("data", [{}, {"reason": "because"}, {"reason": "hours", "note": "å" * 501}])
    def test_a_no_that_makes_no_sense_is_refused(self, client, cast, propose_pia, data):
        proposal = propose_pia()
        client.force_login(cast.employer_member)

        answer = client.post(address("decline", proposal), data, content_type="application/json")

        assert answer.status_code == 422
        assert Proposal.objects.get().state == ProposalState.SENT

    @pytest.mark.parametrize("who", ["coach", "other_employer", "participant_user", "administrator"])
    def test_nobody_else_answers(self, client, cast, propose_pia, who):
        proposal = propose_pia()
        client.force_login(getattr(cast, who))

        assert client.post(address("accept", proposal)).status_code == 404
        assert Proposal.objects.get().state == ProposalState.SENT


class TestRankings:
    def test_explain_themselves(self, client, asks_for_baking):
        cast = asks_for_baking
        client.force_login(cast.coach)

        answer = client.get(reverse("api:candidates", args=[cast.opening.pk])).json()
        [row] = answer["rows"]

        assert row["id"] == str(cast.pia.pk)
        assert row["match"] == sum(mark["points"] for mark in row["marks"])
        back = client.get(reverse("api:openings_for", args=[cast.pia.pk])).json()
        assert back["rows"][0]["match"] == row["match"]

    def test_a_protected_identity_is_not_found(self, client, cast):
        client.force_login(cast.coach)

        assert client.get(reverse("api:openings_for", args=[cast.skye.pk])).status_code == 404
