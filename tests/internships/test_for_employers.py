"""What an employer may call a person, and how long an ended internship stays with it."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.accounts.models import User
from backend.core.models import DatedRule
from backend.internships.enums import InternshipState
from backend.internships.models import Concern, FollowUp, Internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.models import Participant, ReleasedItem
from backend.participants.telling.told import name_for_employer, released_on
from tests.cast import Cast
from tests.factories import (
    ConsentFactory,
    FollowUpFactory,
    InternshipFactory,
    ProposalFactory,
)
from tests.factories.base import NOW, TODAY


@pytest.fixture
def placed(cast: Cast) -> Internship:
    """Pia is at Bageriet, and has released her first name to it."""
    proposal = ProposalFactory(
        opening=cast.opening,
        participant=cast.pia,
        state=ProposalState.ACCEPTED,
        decided_at=NOW,
        decided_by=cast.employer_member,
    )
    ReleasedItem.objects.create(consent=proposal.consent, kind="first_name", text=cast.pia.first_name)
    internship = InternshipFactory(
        proposal=proposal,
        opening=cast.opening,
        participant=cast.pia,
        planned_by=cast.coach,
        state=InternshipState.ONGOING,
        starts_on=TODAY,
    )
    FollowUpFactory(internship=internship)
    return internship


def never_released(placed: Internship) -> None:
    ReleasedItem.objects.all().delete()


def withdrawn(placed: Internship) -> None:
    assert placed.proposal
    assert placed.proposal.consent
    placed.proposal.consent.withdrawn_at = timezone.now()
    placed.proposal.consent.save()


def run_out(placed: Internship) -> None:
    assert placed.proposal
    assert placed.proposal.consent
    placed.proposal.consent.valid_until = TODAY - timedelta(days=1)
    placed.proposal.consent.save()


def ended(placed: Internship) -> None:
    Internship.objects.update(state=InternshipState.COMPLETED, ended_on=TODAY)


def protected(placed: Internship) -> None:
    Participant.objects.filter(pk=placed.participant_id).update(is_protected=True)


PAST: list[Callable[[Internship], None]] = [never_released, withdrawn, run_out, ended, protected]


def pages(placed: Internship) -> list[str]:
    follow_up = FollowUp.objects.get()
    return [
        reverse("home:my_home"),
        reverse("internships:internship_list"),
        reverse("internships:follow_up_answer", args=[follow_up.pk]),
        reverse("internships:concern_raise", args=[placed.pk]),
        placed.get_absolute_url(),
    ]


@pytest.fixture
def alice(cast: Cast, time_machine_at_today: None) -> Client:
    client = Client()
    client.force_login(cast.employer_member)
    return client


@pytest.fixture
def time_machine_at_today() -> Any:
    time_machine = pytest.importorskip("time_machine")
    with time_machine.travel(NOW, tick=False):
        yield


class TestTheName:
    def test_is_read_while_it_is_released(self, cast: Cast, placed: Internship, alice: Client) -> None:
        read = [url for url in pages(placed) if cast.pia.first_name in alice.get(url).content.decode()]
        assert set(pages(placed)) - set(read) == {reverse("internships:concern_raise", args=[placed.pk])}

    @pytest.mark.parametrize("past", PAST)
    def test_is_read_nowhere_past_the_consent(
        self, cast: Cast, placed: Internship, alice: Client, past: Callable[[Internship], None]
    ) -> None:
        past(placed)
        for url in pages(placed):
            assert cast.pia.first_name not in alice.get(url).content.decode(), url

    def test_is_no_answer_to_a_search(self, cast: Cast, placed: Internship, alice: Client) -> None:
        never_released(placed)
        address = reverse("internships:internship_list")
        for word in (cast.pia.first_name, cast.pia.last_name, cast.pia.reference):
            assert not alice.get(address, {"q": word}).context["page"].object_list
        assert alice.get(address, {"q": placed.workplace.name}).context["page"].object_list

    def test_a_reference_tells_two_apart_and_nothing_else(self, cast: Cast, placed: Internship) -> None:
        other = InternshipFactory(opening=cast.opening, participant=cast.pia)
        first, second = (name_for_employer(None, case=each.pk) for each in (placed, other))
        assert first != second
        assert cast.pia.reference not in first

    def test_the_persons_account_is_not_named_in_what_has_happened(
        self, cast: Cast, placed: Internship, alice: Client
    ) -> None:
        never_released(placed)
        person = Client()
        person.force_login(cast.participant_user)
        FollowUp.objects.update(due_on=TODAY)
        answer = reverse("internships:follow_up_answer", args=[FollowUp.objects.get().pk])
        person.post(answer, {"mood": "good", "note": ""})
        page = alice.get(placed.get_absolute_url()).content.decode()
        assert "Deltagaren berättade" in page
        assert cast.participant_user.name not in page


class TestProtectedIdentity:
    def test_the_employer_finds_nothing_of_it(self, placed: Internship, alice: Client) -> None:
        protected(placed)
        assert placed.proposal
        for url in (placed.get_absolute_url(), placed.proposal.get_absolute_url()):
            assert alice.get(url).status_code == 404
        for name in ("internships:internship_list", "matching:proposal_list"):
            assert not alice.get(reverse(name)).context["page"].object_list


class TestAnEndedInternship:
    @pytest.mark.parametrize(("days", "is_read"), [(90, True), (91, False)])
    def test_stays_with_the_employer_for_as_long_as_the_rule_says(
        self, placed: Internship, alice: Client, days: int, is_read: bool
    ) -> None:
        day = TODAY - timedelta(days=days)
        started = {"starts_on": day, "started_on": day, "ends_on": day}
        Internship.objects.update(state=InternshipState.COMPLETED, ended_on=day, **started)
        assert (alice.get(placed.get_absolute_url()).status_code == 200) is is_read
        assert bool(alice.get(reverse("internships:internship_list")).context["page"].object_list) is is_read
        FollowUp.objects.update(due_on=TODAY)
        answer = reverse("internships:follow_up_answer", args=[FollowUp.objects.get().pk])
        assert (alice.post(answer, {"mood": "good"}).status_code == 302) is is_read

    def test_the_rule_is_dated(self, placed: Internship, alice: Client) -> None:
        ended(placed)
        Internship.objects.update(ended_on=TODAY - timedelta(days=5), started_on=TODAY - timedelta(days=9))
        DatedRule.objects.create(key="employer_reads_ended_days", value=4, valid_from=TODAY, source="test")
        assert alice.get(placed.get_absolute_url()).status_code == 404


class TestBothSides:
    @pytest.mark.parametrize("past", [withdrawn, run_out, ended, protected])
    def test_the_persons_own_page_says_the_same(
        self,
        cast: Cast,
        placed: Internship,
        past: Callable[[Internship], None],
        time_machine_at_today: None,
    ) -> None:
        person = Client()
        person.force_login(cast.participant_user)
        address = reverse("participants:my_data")
        told = person.get(address).context["in_force"]
        assert [consent.employer for consent, _count in told] == [cast.bakery]
        past(placed)
        assert person.get(address).context["in_force"] == []

    def test_a_declined_proposal_tells_nothing(self, cast: Cast) -> None:
        declined = ProposalFactory(
            opening=cast.opening,
            participant=cast.pia,
            state=ProposalState.DECLINED,
            decline_reason="skills",
            decided_at=NOW,
            decided_by=cast.employer_member,
        )
        assert released_on(TODAY, [declined.consent]) == {}

    def test_what_is_told_is_plain_words(self, cast: Cast, placed: Internship) -> None:
        assert placed.proposal
        consent = placed.proposal.consent
        assert consent
        other = ConsentFactory(participant=cast.pia, employer=cast.bakery)
        told = released_on(TODAY, [consent, other])
        assert told[consent.pk].first_name == "Pia"
        assert told[other.pk].items == ()
        assert dataclasses.asdict(told[consent.pk]) == {
            "items": ({"kind": "first_name", "text": "Pia", "concept_id": None},)
        }


class TestWhatStaffKnowOfAnEmployer:
    def test_stands_on_top_of_its_page(self, cast: Cast, placed: Internship, client: Client) -> None:
        early = {"state": InternshipState.ENDED_EARLY, "ended_by_side": "employer", "end_reason": "tasks"}
        InternshipFactory(opening=cast.opening, **early)
        InternshipFactory(opening=cast.opening, state=InternshipState.CANCELLED)
        Concern.objects.create(
            internship=placed, raised_by=cast.participant_user, raised_at=NOW, text="Ensam hela dagen."
        )
        User.objects.filter(pk=cast.employer_member.pk).update(phone="070-174 06 05")
        client.force_login(cast.coach)

        page = client.get(reverse("employers:employer_detail", args=[cast.bakery.pk])).content.decode()

        words = " ".join(page.split())
        assert "2 praktiker · 1 avbruten · 0 jobb" in words
        assert "En orosanmälan väntar på svar" in words
        assert "Senaste svaret från dem: " in words
        assert 'href="tel:+46701740605"' in words

    def test_says_so_where_nothing_is_known_yet(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.coach)

        page = client.get(reverse("employers:employer_detail", args=[cast.bakery.pk])).content.decode()

        assert "0 praktiker" in page
        assert "De har inte svarat på något än" in page
        assert "orosanmälan" not in page

    def test_is_counted_in_the_list(self, cast: Cast, placed: Internship, client: Client) -> None:
        Proposal.objects.update(sent_at=NOW - timedelta(days=3, hours=2), decided_at=NOW)
        client.force_login(cast.coach)

        rows = client.get(reverse("employers:employer_list"), {"sort": "-internships_begun"}).context["rows"]

        told = {str(employer): [words for _heading, words in cells] for employer, cells in rows}
        assert told[str(cast.bakery)] == ["–", 1, 0, "100 %", "3 dagar"]
        assert told[str(cast.joinery)] == ["–", 0, 0, "–", "–"]
        assert rows[0][0] == cast.bakery
