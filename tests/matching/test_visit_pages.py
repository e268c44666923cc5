"""Meetings on the pages of coach, employer and participant, and from the mail."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from backend.accounts.models import User
from backend.core import outbox
from backend.home.day.my_day import coach_day
from backend.matching.enums import Chooser, ProposalState, VisitState
from backend.matching.models import Proposal, Visit
from backend.matching.telling_visits import tell_who_chooses
from tests.cast import Cast
from tests.factories import ProposalFactory, VisitFactory, VisitTimeFactory
from tests.factories.base import NOW, TODAY

FORM = {
    "kind": "interview",
    "chooser": "participant",
    "place": "workplace",
    "minutes": "30",
    "day_1": "2026-03-16",
    "time_1": "10:00",
}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    return ProposalFactory(
        opening=cast.opening, participant=cast.pia, proposed_by=cast.coach, state=ProposalState.INTERVIEW
    )


@pytest.fixture
def visit(proposal: Proposal) -> Visit:
    visit: Visit = VisitFactory(proposal=proposal)
    VisitTimeFactory(visit=visit)
    return visit


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(user: User, proposal: Proposal) -> str:
    return as_(user).get(proposal.get_absolute_url()).content.decode()


def reasons(proposal: Proposal, *, days: int) -> list[str]:
    """Return why a proposal stands in its coach's day so many days from now."""
    rows = coach_day(proposal.coach, today=TODAY + timedelta(days=days))
    return [str(row.reason) for row in rows if row.thing == proposal.pk]


class TestProposing:
    def test_a_coach_proposes_times_of_the_clock_in_sweden(self, cast: Cast, proposal: Proposal) -> None:
        url = reverse("matching:visit_offer", args=[proposal.pk])
        summer = {"day_2": "2026-04-01", "time_2": "10:00"}

        answer = as_(cast.coach).post(url, FORM | summer, follow=True)

        assert "Tiderna är föreslagna" in answer.content.decode()
        hours = [each.starts_at.hour for each in Visit.objects.get().times_now()]
        assert hours == [9, 8]

    def test_an_employer_is_not_asked_who_chooses(self, cast: Cast, proposal: Proposal) -> None:
        url = reverse("matching:visit_offer", args=[proposal.pk])
        assert "Vem väljer" not in as_(cast.employer_member).get(url).content.decode()
        as_(cast.employer_member).post(url, FORM | {"chooser": "employer"})
        assert Visit.objects.get().chooser == Chooser.PARTICIPANT

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"day_1": "2026-03-11"}, "har redan varit"),
            ({"day_1": "2027-03-28", "time_1": "02:30"}, "klockan ställs fram"),
            ({"time_1": ""}, "Klockan"),
            ({"day_2": "2026-03-17"}, "både dag och klockslag"),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_stays(
        self, cast: Cast, proposal: Proposal, change: dict[str, str], said: str
    ) -> None:
        url = reverse("matching:visit_offer", args=[proposal.pk])
        answer = as_(cast.coach).post(url, FORM | {"place_words": "Norra porten"} | change)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page
        assert "Norra porten" in page
        assert not Visit.objects.exists()

    def test_a_form_that_comes_twice_is_taken_once(self, cast: Cast, proposal: Proposal) -> None:
        client, url = as_(cast.coach), reverse("matching:visit_offer", args=[proposal.pk])
        token = re.search(r'name="form_token" value="([^"]+)"', client.get(url).content.decode())
        assert token
        for _time in range(2):
            answer = client.post(url, FORM | {"form_token": token[1]}, follow=True)
        assert "sparades en gång" in answer.content.decode()
        assert Visit.objects.count() == 1


class TestChoosing:
    def test_the_participant_presses_a_time(self, cast: Cast, proposal: Proposal, visit: Visit) -> None:
        page = page_of(cast.participant_user, proposal)
        assert "14 mars 2026 kl. 10.00" in page.replace("\xa0", " ")
        time = visit.times_now()[0]
        url = reverse("matching:visit_choose", args=[visit.pk, time.pk])
        assert url in page

        answer = as_(cast.participant_user).post(url, follow=True)

        visit.refresh_from_db()
        assert visit.state == VisitState.BOOKED
        assert "Ni träffas 14 mars 2026" in answer.content.decode().replace("\xa0", " ")

    def test_who_is_not_asked_reads_who_is(self, cast: Cast, proposal: Proposal, visit: Visit) -> None:
        page = page_of(cast.employer_member, proposal)
        assert "Deltagaren väljer tid" in page
        assert "14 mars 2026 kl. 10.00" in page.replace("\xa0", " ")
        assert str(visit.times_now()[0].pk) not in page

    def test_strangers_find_nothing(self, cast: Cast, visit: Visit) -> None:
        time = visit.times_now()[0]
        for stranger in (cast.other_participant_user, cast.other_employer, cast.other_coach):
            url = reverse("matching:visit_choose", args=[visit.pk, time.pk])
            assert as_(stranger).post(url).status_code == 404
            for name in ("visit_cancel", "visit_move"):
                assert as_(stranger).get(reverse(f"matching:{name}", args=[visit.pk])).status_code == 404
        assert Visit.objects.get().state == VisitState.PROPOSED

    def test_from_the_mail_it_is_one_press_without_signing_in(
        self, cast: Cast, proposal: Proposal, visit: Visit, client: Client
    ) -> None:
        tell_who_chooses(visit, at=NOW)
        outbox.deliver_due(at=NOW)
        [sent] = mail.outbox
        [link] = [urlsplit(each) for each in re.findall(r"http\S+/svar/\S+", str(sent.body))]
        page = client.get(f"{link.path}?{link.query}").content.decode()
        assert re.search(r'type="radio"[^>]*checked', page)
        assert cast.pia.last_name not in page
        assert not Visit.objects.filter(state=VisitState.BOOKED).exists()

        time = visit.times_now()[0]
        answer = client.post(link.path, {"time_id": str(time.pk)}, follow=True)

        visit.refresh_from_db()
        assert (visit.state, visit.chosen_by) == (VisitState.BOOKED, cast.participant_user)
        assert "Tack" in answer.content.decode()
        assert client.post(link.path, {"time_id": str(time.pk)}, follow=True).status_code == 200


class TestWhenItIsBooked:
    @pytest.fixture
    def booked(self, proposal: Proposal) -> Visit:
        return VisitFactory(proposal=proposal, state=VisitState.BOOKED)

    def test_each_reads_when_and_where(self, cast: Cast, proposal: Proposal, booked: Visit) -> None:
        for reader in (cast.coach, cast.employer_member, cast.participant_user):
            page = page_of(reader, proposal).replace("\xa0", " ")
            assert "14 mars 2026 kl. 10.00" in page
            assert cast.opening.workplace.name in page

    def test_it_can_be_saved_in_a_calendar(self, cast: Cast, booked: Visit) -> None:
        answer = as_(cast.employer_member).get(reverse("matching:visit_file", args=[booked.pk]))
        [event] = Calendar.from_ical(answer.content).walk("VEVENT")
        assert answer["Content-Type"].startswith("text/calendar")
        assert cast.pia.first_name not in answer.content.decode()
        assert event["DTSTART"].dt == NOW + timedelta(days=2)

    def test_the_participant_says_that_she_cannot(
        self, cast: Cast, proposal: Proposal, booked: Visit
    ) -> None:
        url = reverse("matching:visit_cancel", args=[booked.pk])
        client = as_(cast.participant_user)
        assert client.post(url, {"reason": ""}).status_code == 422
        assert client.post(url, {"reason": "employer_cannot"}).status_code == 422
        client.post(url, {"reason": "person_cannot"})
        booked.refresh_from_db()
        assert booked.state == VisitState.CANCELLED

    def test_my_day_asks_the_day_after_how_it_went(
        self, cast: Cast, proposal: Proposal, booked: Visit
    ) -> None:
        assert reasons(proposal, days=2) == []
        assert reasons(proposal, days=3) == ["Hur gick mötet?"]

    def test_the_answer_leads_to_the_employers_answer(
        self, cast: Cast, proposal: Proposal, booked: Visit
    ) -> None:
        with time_machine.travel(NOW + timedelta(days=3), tick=False):
            assert "Hur gick mötet?" in page_of(cast.coach, proposal)
            url = reverse("matching:visit_note", args=[booked.pk])
            answer = as_(cast.coach).post(url, {"took_place": "yes"}, follow=True)
            assert "Be arbetsgivaren om svar" in answer.content.decode()
        assert reasons(proposal, days=3) == ["De har träffats"]
        assert Proposal.objects.get().state == ProposalState.INTERVIEW


def test_an_employer_who_waits_for_a_choice_is_called_after_a_week(
    cast: Cast, proposal: Proposal, visit: Visit
) -> None:
    Visit.objects.filter(pk=visit.pk).update(chooser=Chooser.EMPLOYER)
    assert reasons(proposal, days=6) == []
    assert reasons(proposal, days=7) == [f"{cast.bakery} har inte svarat"]
