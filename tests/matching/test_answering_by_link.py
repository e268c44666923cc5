"""A proposal is answered from the mail: signed link, confirm page, one answer, and nobody is named."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client

from backend.core import outbox
from backend.core.models import Delivery
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.notifications import remind_employer, tell_employer_of_proposal
from backend.matching.services import accept_proposal, answer_proposal, withdraw_proposal
from tests.cast import Cast
from tests.factories import ProposalFactory
from tests.factories.base import NOW


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    made: Proposal = ProposalFactory(
        opening=cast.opening, participant=cast.pia, proposed_by=cast.coach, state=ProposalState.SENT
    )
    tell_employer_of_proposal(made, at=NOW)
    return made


def links_in_mail_to(email: str) -> list[str]:
    """Deliver what is due, and return the paths of the answers in the newest mail to `email`."""
    outbox.deliver_due(at=NOW)
    body = [str(each.body) for each in mail.outbox if each.to == [email]][-1]
    urls = [urlsplit(each) for each in re.findall(r"http\S+/svar/\S+", body)]
    return [f"{each.path}?{each.query}" for each in urls]


@pytest.fixture
def links(cast: Cast, proposal: Proposal) -> list[str]:
    """The three of the mail: yes, let us meet, no."""
    found = links_in_mail_to(cast.employer_member.email)
    assert [each.partition("?")[2] for each in found] == ["svar=accepted", "svar=interview", "svar=declined"]
    return found


def test_a_look_writes_nothing_and_names_nobody(
    client: Client, links: list[str], proposal: Proposal, cast: Cast
) -> None:
    for link in links:
        page = client.get(link).content.decode()
        assert cast.opening.title in page
        for name in (cast.pia.first_name, cast.pia.last_name, str(cast.pia.pk)):
            assert name not in page

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SENT
    assert not Delivery.objects.exclude(answered_at=None).exists()


def test_a_link_has_its_answer_chosen(client: Client, links: list[str]) -> None:
    page = client.get(links[1]).content.decode()
    [chosen] = re.findall(r'<input[^>]*name="answer"[^>]*checked[^>]*>', page)
    assert 'value="interview"' in chosen


def test_a_yes_takes_a_place(client: Client, links: list[str], proposal: Proposal, cast: Cast) -> None:
    told = client.post(links[0], {"answer": "accepted"}, follow=True)

    proposal.refresh_from_db()
    proposal.opening.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (ProposalState.ACCEPTED, cast.employer_member)
    assert proposal.opening.places_taken == 1
    assert "Tack" in told.content.decode()


def test_a_no_needs_its_reason_and_keeps_what_was_typed(
    client: Client, links: list[str], proposal: Proposal
) -> None:
    page = client.post(links[2].partition("?")[0], {"answer": "declined", "note": "Vi flyttar i vår."})
    assert page.status_code == 422
    assert "Vi flyttar i vår." in page.content.decode()

    client.post(links[2], {"answer": "declined", "reason": "no_place", "note": "Vi flyttar i vår."})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DECLINED
    assert (proposal.decline_reason, proposal.decline_note) == ("no_place", "Vi flyttar i vår.")


def test_takes_one_answer(client: Client, links: list[str], proposal: Proposal) -> None:
    client.post(links[1], {"answer": "interview"})
    assert client.post(links[0], {"answer": "accepted"}).status_code == 200

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.INTERVIEW


def test_asks_nothing_once_it_is_settled_elsewhere(
    client: Client, links: list[str], proposal: Proposal, cast: Cast
) -> None:
    withdraw_proposal(proposal_id=proposal.pk, why="Fick annat", by=cast.coach, at=NOW)

    assert client.get(links[0]).status_code == 410
    client.post(links[0], {"answer": "accepted"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN


def test_only_a_no_is_left_where_no_place_is(
    client: Client, links: list[str], proposal: Proposal, cast: Cast
) -> None:
    other = ProposalFactory(
        opening=cast.opening, participant=cast.pelle, proposed_by=cast.coach, state=ProposalState.SENT
    )
    type(cast.opening).objects.filter(pk=cast.opening.pk).update(places=1)
    accept_proposal(proposal_id=other.pk, by=cast.employer_member, at=NOW)

    page = client.get(links[0]).content.decode()
    assert re.findall(r'name="answer"[^>]*value="(\w+)"', page) == ["declined"]
    assert client.post(links[0], {"answer": "accepted"}).status_code == 422


def test_a_reminder_can_be_answered_too(client: Client, proposal: Proposal, cast: Cast) -> None:
    outbox.deliver_due(at=NOW)
    mail.outbox.clear()
    remind_employer(proposal, step="first", at=NOW)

    links = links_in_mail_to(cast.employer_member.email)
    client.post(links[1], {"answer": "interview"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.INTERVIEW


def test_the_service_takes_no_other_move(proposal: Proposal, cast: Cast) -> None:
    with pytest.raises(TransitionNotAllowed):
        answer_proposal(proposal_id=proposal.pk, answer="withdrawn", by=cast.employer_member, at=NOW)


def test_the_box_is_filled_with_a_reply_without_using_the_link(
    client: Client, links: list[str], proposal: Proposal
) -> None:
    path = links[2].partition("?")[0]
    sent = {"answer": "declined", "reason": "no_place", "note": "Hej!", "reply": "full", "fill": "1"}

    page = client.post(path, sent).content.decode()

    assert "Hej!\nVi har ingen som kan handleda just nu." in page
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SENT
    client.post(path, {"answer": "declined", "reason": "no_place", "note": "Hej!"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decline_note) == (ProposalState.DECLINED, "Hej!")


def test_words_go_with_a_yes_from_the_mail(client: Client, links: list[str], proposal: Proposal) -> None:
    client.post(links[0].partition("?")[0], {"answer": "accepted", "note": "Kom klockan nio."})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer_note) == (ProposalState.ACCEPTED, "Kom klockan nio.")
