"""What a participant reads about what is told is what the employer's pages then show, in every state.

The employer's pages are the measure: they are fetched as a member of the bakery, and the words that were
released stand there or not. What Pia reads on her own pages about those words must agree, and the count too.
"""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from backend.accounts.models import User
from backend.matching.enums import NOT_YET_TOLD, DeclineReason, ProposalState
from backend.matching.models import Proposal
from backend.participants.enums import ReleasedKind
from backend.participants.models import Consent, ReleasedItem
from tests.cast import Cast
from tests.factories import ConsentFactory, InternshipFactory, OpeningFactory, ProposalFactory
from tests.factories.base import NOW, TODAY

pytestmark = pytest.mark.django_db
WORDS = "Kanarie dukar bord"
MAY, COULD = "The employer may read this about you:", "The employer could read this. Not any more."
WOULD = "If you say yes, the employer may read this:"
NOBODY = "Nothing. No employer and no agency is told anything about you."
ENDS: dict[str, dict[str, Any]] = {
    "in force": {},
    "taken back": {"withdrawn_at": NOW},
    "run out": {"valid_until": TODAY - timedelta(days=1)},
}


def proposal_in(state: ProposalState, cast: Cast, consent: Consent | None) -> Proposal:
    """Return Pia's proposal to the bakery in a state, with its internship where the state means that."""
    opening = OpeningFactory(
        workplace=cast.opening.workplace, created_by=cast.employer_member, places_taken=1
    )
    more: dict[str, Any] = {"consent": consent}
    if consent is None:
        more["sent_at"] = None
    if state == ProposalState.ASKED:
        more["asked_items"] = ["first_name"]
    if state == ProposalState.DECLINED:
        more["decline_reason"] = DeclineReason.OTHER
    made: Proposal = ProposalFactory(
        opening=opening, participant=cast.pia, proposed_by=cast.coach, state=state, **more
    )
    if state == ProposalState.PLACED:
        InternshipFactory(opening=opening, participant=cast.pia, planned_by=cast.coach, proposal=made)
    return made


def read(user: User, *pages: str) -> str:
    """Return the pages in English, one after the other; those that are not the reader's say nothing."""
    type(user).objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(user)
    with translation.override("en"):
        answers = [client.get(page, follow=True) for page in pages]
    return "".join(each.content.decode() for each in answers if each.status_code == 200)


def employers_pages(cast: Cast, proposal: Proposal) -> str:
    pages = [reverse("home:my_home"), reverse("matching:proposal_list"), proposal.get_absolute_url()]
    pages += [each.get_absolute_url() for each in proposal.internships.all()]
    return read(cast.employer_member, *pages)


@pytest.mark.parametrize(("state", "end"), [*product(ProposalState, ENDS)])
def test_pia_reads_what_the_employer_can_read(cast: Cast, state: ProposalState, end: str) -> None:
    with time_machine.travel(NOW, tick=False):
        consent = None
        if state not in NOT_YET_TOLD:
            consent = ConsentFactory(participant=cast.pia, employer=cast.bakery, **ENDS[end])
            ReleasedItem.objects.create(consent=consent, kind=ReleasedKind.PRESENTATION, text=WORDS)
        proposal = proposal_in(state, cast, consent)
        is_read = WORDS in employers_pages(cast, proposal)
        page = read(cast.participant_user, proposal.get_absolute_url())
        assert (MAY in page) is is_read
        assert (COULD in page) is (consent is not None and not is_read)
        data = read(cast.participant_user, reverse("participants:my_data"))
        assert (NOBODY in data) is not is_read
        assert ("1 thing about you" in " ".join(data.split())) is is_read
        if consent is None:
            assert (WOULD in page) is (state == ProposalState.ASKED)
            assert COULD not in page
        else:
            mine = read(cast.participant_user, reverse("participants:my_consent", args=[consent.pk]))
            assert ("Nobody there sees anything about you here any more" in mine) is not is_read
