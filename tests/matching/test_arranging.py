"""What is to be arranged and nobody has said: asked about on the row, answered with one tap, kept for all."""

import re

import pytest
from django.urls import reverse

from backend.participants.enums import ReleasedKind
from backend.participants.models import Participant, ReleasedItem
from tests.arranging import refuse


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
