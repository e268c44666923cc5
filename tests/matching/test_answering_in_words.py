"""An employer's answer with words: filled with a reply on the server, changed, sent; nothing is lost."""

import re

import pytest
from django.urls import reverse

from backend.employers.replies.kept import replies_of
from backend.matching import services
from backend.matching.enums import ProposalState
from tests.factories.base import NOW

WORDS = "Vi har ingen som kan handleda just nu. Fråga gärna igen om några månader."


@pytest.fixture
def proposal(cast, propose_pia):
    return propose_pia()


@pytest.fixture
def page(proposal):
    return reverse("matching:answer_in_words", args=[proposal.pk])


@pytest.fixture
def member(cast, client):
    client.force_login(cast.employer_member)
    return client


def box(html):
    """Return what stands in the box."""
    return html.split('id="id_note">')[1].split("</textarea>")[0].strip()


class TestFilling:
    def test_puts_the_reply_after_what_was_written_and_keeps_the_rest(self, member, page, proposal):
        sent = {"answer": "declined", "reason": "no_place", "note": "Hej!", "reply": "full", "fill": "1"}

        answered = member.post(page, sent)

        html = answered.content.decode()
        assert answered.status_code == 200
        assert box(html).splitlines() == ["Hej!", WORDS]
        chosen = re.findall(r'<input[^>]*value="(declined|no_place)"[^>]*checked', html)
        assert sorted(chosen) == ["declined", "no_place"]
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.SENT

    def test_the_same_reply_again_is_not_written_twice(self, member, page):
        sent = {"note": WORDS, "reply": "full", "fill": "1"}

        assert box(member.post(page, sent).content.decode()).count(WORDS) == 1

    def test_a_reply_that_is_gone_fills_nothing(self, member, page):
        html = member.post(page, {"note": "Hej!", "reply": "no-such", "fill": "1"}).content.decode()

        assert box(html) == "Hej!"

    def test_the_page_offers_the_organisations_replies_and_names_nobody(self, cast, member, page):
        html = member.get(page).content.decode()

        assert all(each.title in html for each in replies_of(cast.bakery.pk))
        assert cast.pia.first_name not in html


class TestSending:
    def test_words_go_with_a_yes_and_the_coach_reads_them(self, cast, member, page, proposal):
        member.post(page, {"answer": "accepted", "note": "Kom klockan nio."})

        proposal.refresh_from_db()
        assert (proposal.state, proposal.answer_note) == (ProposalState.ACCEPTED, "Kom klockan nio.")
        member.force_login(cast.coach)
        assert "Kom klockan nio." in member.get(proposal.get_absolute_url()).content.decode()

    def test_the_participant_does_not_read_them(self, cast, client, proposal):
        services.ask_for_interview(
            proposal_id=proposal.pk, note="Kom till bakdörren.", by=cast.employer_member, at=NOW
        )
        client.force_login(cast.participant_user)

        assert "Kom till bakdörren." not in client.get(proposal.get_absolute_url()).content.decode()

    def test_a_no_needs_its_reason_and_keeps_the_words(self, member, page, proposal):
        answered = member.post(page, {"answer": "declined", "note": "Tyvärr."})

        assert answered.status_code == 422
        assert "Tyvärr." in box(answered.content.decode())
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.SENT

    def test_words_of_an_earlier_meeting_stay_when_the_yes_has_none(self, cast, proposal):
        member = cast.employer_member
        services.ask_for_interview(proposal_id=proposal.pk, note="Kom och titta.", by=member, at=NOW)
        services.accept_proposal(proposal_id=proposal.pk, by=member, at=NOW)

        proposal.refresh_from_db()
        assert proposal.answer_note == "Kom och titta."
