"""What is to be arranged and nobody has said: asked about on the row, answered with one tap, kept for all."""

import re

import pytest
from django.urls import reverse

from backend.employers.services import answer_facts
from backend.participants.enums import ReleasedKind
from backend.participants.models import Participant, ReleasedItem
from tests.arranging import refuse
from tests.factories.base import NOW


@pytest.fixture
def pages(cast, asks_for_baking):
    Participant.objects.filter(pk=cast.pia.pk).update(adaptations=["calm"], adaptations_good=["pauses"])
    return [
        reverse("matching:candidates", args=[cast.opening.pk]),
        reverse("matching:openings_for", args=[cast.pia.pk]),
    ]


@pytest.fixture
def coach(cast, client):
    client.force_login(cast.coach)
    return client


def test_it_is_worded_as_a_question_and_one_tap_answers_it_for_good(cast, coach, pages):
    for page in pages:
        assert "att ordna: Lugn miljö – fråga" in coach.get(page).content.decode()
    html = coach.get(pages[0]).content.decode()
    [address] = set(re.findall(r'value="calm:yes"\s+formaction="([^"]+)"', html))

    answered = coach.post(address.replace("&amp;", "&"), {"answer": "calm:yes"}, follow=True)

    assert answered.redirect_chain[-1][0] == pages[0]
    for page in pages:
        html = coach.get(page).content.decode()
        assert "kan ordnas: Lugn miljö" in html
        assert "fråga</span>" not in html
    cast.opening.workplace.refresh_from_db()
    assert cast.opening.workplace.adaptations_offered == ["calm"]


def test_what_cannot_be_arranged_is_no_question_any_more(cast, coach, pages):
    refuse(cast.opening.workplace, "calm")

    html = coach.get(pages[0]).content.decode()

    assert "att ordna: " not in html
    assert "En anpassning som behövs går inte att ordna" in html


def test_what_would_be_good_is_told_and_asks_nothing(cast, coach, pages):
    html = coach.get(pages[0]).content.decode()

    assert "vore bra: Extra pauser" in html
    assert 'value="pauses:yes"' not in html


class TestTheEmployer:
    @pytest.fixture
    def proposal(self, cast, propose_pia):
        proposal = propose_pia()
        ReleasedItem.objects.create(
            consent=proposal.consent, kind=ReleasedKind.ADAPTATIONS, text="Lugn miljö", position=9
        )
        return proposal

    def test_answers_on_the_proposal_what_it_has_not_said(self, cast, client, proposal):
        client.force_login(cast.employer_member)
        html = client.get(proposal.get_absolute_url()).content.decode()
        assert "Kan ni ordna det här?" in html
        [address] = set(re.findall(r'value="calm:no"\s+formaction="([^"]+)"', html))

        client.post(address.replace("&amp;", "&"), {"answer": "calm:no"})

        cast.opening.workplace.refresh_from_db()
        assert cast.opening.workplace.adaptations_refused == ["calm"]
        assert "Kan ni ordna det här?" not in client.get(proposal.get_absolute_url()).content.decode()

    def test_is_asked_about_nothing_that_was_not_released(self, cast, client, propose_pia):
        Participant.objects.filter(pk=cast.pia.pk).update(adaptations=["seated"])
        proposal = propose_pia()
        client.force_login(cast.employer_member)

        assert "Kan ni ordna" not in client.get(proposal.get_absolute_url()).content.decode()


class TestHowItIs:
    @pytest.fixture
    def page(self, cast, coach, pages):
        Participant.objects.filter(pk=cast.pia.pk).update(adaptations=["no_lifting"])
        return pages[0]

    def tell(self, cast, **facts):
        answer_facts(workplace_id=cast.opening.workplace_id, answers=facts, by=cast.employer_member, at=NOW)

    def test_not_told_is_asked_about(self, coach, page):
        html = coach.get(page).content.decode()

        assert "att ordna: Inga tunga lyft – fråga" in html
        assert "En anpassning som behövs går inte att ordna" not in html

    def test_a_yes_stands_in_the_way_and_says_which(self, cast, coach, page):
        self.tell(cast, lifting=True)

        html = coach.get(page, {"near": "1"}).content.decode()

        assert "att ordna: " not in html
        assert "En anpassning som behövs går inte att ordna" in html
        why = reverse("matching:why", args=[cast.opening.pk, cast.pia.pk])
        assert "går inte där: Inga tunga lyft (Tunga lyft: ja)" in html + coach.get(why).content.decode()

    def test_a_no_is_an_answer(self, cast, coach, page):
        self.tell(cast, lifting=False)

        html = coach.get(page).content.decode()

        assert "redan så: Inga tunga lyft" in html
        assert "att ordna: " not in html

    def test_lasting_places_and_openings_follow_their_workplace_at_once(self, cast, coach, page):
        coach.get(page)
        self.tell(cast, lifting=True)
        assert "En anpassning som behövs går inte att ordna" in coach.get(page).content.decode()

        self.tell(cast, lifting=None)
        assert "att ordna: Inga tunga lyft – fråga" in coach.get(page).content.decode()

    def test_no_employer_is_told_who_needs_what(self, cast, client, page, propose_pia):
        proposal = propose_pia()
        client.force_login(cast.employer_member)

        html = client.get(proposal.get_absolute_url()).content.decode()

        assert "Inga tunga lyft" not in html
