"""What is to be arranged and nobody has said: asked about on the row, answered with one tap, kept for all."""

import re

import pytest
from django.urls import reverse

from backend.participants.models import Participant
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
