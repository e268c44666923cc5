"""What a mail asks is answered from the mail: signed link, confirm page, one answer."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import translation

from backend.accounts.models import User
from backend.core import outbox
from backend.core.models import AuditEntry, Delivery, OutboxMessage
from backend.employers.enums import MembershipState
from backend.employers.models import EmployerMembership
from backend.home.next_step import next_step_of
from backend.internships.enums import AnswerWay, FollowUpKind, Mood
from backend.internships.models import FollowUp, Internship
from backend.internships.pages.next import next_for_coach_of
from backend.internships.services import answer_follow_up, complete_internship, start_internship
from tests.cast import Cast
from tests.factories import InternshipFactory, MembershipFactory, UserFactory
from tests.factories.base import NOW, TODAY

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    starts_on = TODAY - timedelta(days=6)
    internship = InternshipFactory(
        opening=cast.opening, participant=cast.pia, starts_on=starts_on, ends_on=TODAY + timedelta(days=30)
    )
    return start_internship(
        internship_id=internship.pk, started_on=starts_on, by=cast.coach, at=NOW - timedelta(days=6)
    )


@pytest.fixture
def first_week(ongoing: Internship) -> FollowUp:
    """The one follow-up that is due: several would come in one mail (tests/core/test_post.py)."""
    ongoing.follow_ups.exclude(kind=FollowUpKind.FIRST_WEEK).delete()
    return ongoing.follow_ups.get(kind=FollowUpKind.FIRST_WEEK)


def links_to(user: User, *, at: datetime = NOW) -> list[str]:
    """Deliver what is due, and return the paths of the answers in the newest mail to `user`."""
    outbox.deliver_due(at=at)
    body = [str(each.body) for each in mail.outbox if each.to == [user.email]][-1]
    urls = [urlsplit(each) for each in re.findall(r"http\S+/svar/\S+", body)]
    return [f"{each.path}?{each.query}" if each.query else each.path for each in urls]


@pytest.fixture
def link(cast: Cast, first_week: FollowUp) -> str:
    return links_to(cast.employer_member)[0]


@pytest.fixture
def at_once() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.mark.usefixtures("at_once")
class TestALink:
    def test_stands_in_the_mail_once_for_each_answer(self, link: str, cast: Cast) -> None:
        body = next(str(each.body) for each in mail.outbox if each.to == [cast.employer_member.email])
        assert body.count("/svar/") == len(Mood)

    def test_leads_to_a_page_with_that_answer_chosen(self, client: Client, link: str) -> None:
        page = client.get(link).content.decode()
        assert re.search(r'value="good"[^>]*checked', page)

    def test_opened_by_a_program_answers_nothing(
        self, client: Client, link: str, first_week: FollowUp
    ) -> None:
        before = AuditEntry.objects.count()
        client.get(link)
        client.head(link)
        first_week.refresh_from_db()
        assert first_week.employer_mood == ""
        assert AuditEntry.objects.count() == before
        assert not Delivery.objects.exclude(answered_at=None).exists()

    def test_shows_nothing_about_anybody(self, client: Client, link: str, cast: Cast) -> None:
        page = client.get(link).content.decode()
        assert cast.pia.first_name not in page
        assert str(cast.pia.pk) not in page
        assert cast.opening.title in page

    def test_is_answered_as_whoever_got_the_mail(
        self, client: Client, link: str, first_week: FollowUp, cast: Cast
    ) -> None:
        said = {"mood": "bad", "note": "Hon är glad.", "change": "Kommer sent.", "presence": "often_away"}
        answer = client.post(link, said, follow=True)
        first_week.refresh_from_db()
        assert first_week.said("employer")._asdict() == said
        assert first_week.employer_answered_by == cast.employer_member
        assert first_week.employer_way == AnswerWay.LINK
        assert "Tack" in answer.content.decode()

    def test_takes_one_answer(self, client: Client, link: str, first_week: FollowUp) -> None:
        for mood in ("good", "bad"):
            client.post(link, {"mood": mood})
        first_week.refresh_from_db()
        assert first_week.employer_mood == "good"

    def test_keeps_what_was_written_when_something_is_missing(self, client: Client, link: str) -> None:
        answer = client.post(link.partition("?")[0], {"mood": "", "note": "Det går så där."})
        assert answer.status_code == 422
        assert "Det går så där." in answer.content.decode()

    def test_asks_nothing_more_once_it_is_answered_in_the_app(
        self, client: Client, link: str, first_week: FollowUp, cast: Cast
    ) -> None:
        answer_follow_up(
            follow_up_id=first_week.pk, side="employer", mood="good", by=cast.employer_member, at=LATER
        )
        assert client.get(link).status_code == 410
        client.post(link, {"mood": "bad"})
        first_week.refresh_from_db()
        assert first_week.employer_mood == "good"

    def test_is_no_more_for_whoever_has_left(
        self, client: Client, link: str, first_week: FollowUp, cast: Cast
    ) -> None:
        MembershipFactory(employer=cast.bakery, user=UserFactory(persona="employer"))
        EmployerMembership.objects.filter(user=cast.employer_member).update(state=MembershipState.ENDED)
        assert client.post(link, {"mood": "good"}).status_code == 410
        first_week.refresh_from_db()
        assert first_week.employer_mood == ""

    def test_that_nobody_signed_leads_nowhere(self, client: Client, link: str) -> None:
        path = link.partition("?")[0].rstrip("/")
        for forged in (f"{path[:-1]}/", "/svar/abc/", f"/svar/{'0' * 32}:abc/"):
            assert client.get(forged).status_code == 404

    def test_of_an_employer_takes_the_wish_to_be_called_however_it_goes(
        self, client: Client, link: str, first_week: FollowUp, cast: Cast
    ) -> None:
        client.post(link, {"mood": "good", "wants_call": "on"})

        first_week.refresh_from_db()
        assert first_week.employer_call_wanted_at is not None
        assert list(FollowUp.objects.red()) == [first_week]
        assert OutboxMessage.objects.filter(kind="follow_up_red", subject_id=first_week.pk).count() == 1
        with translation.override("en"):
            step = next_for_coach_of(first_week, today=TODAY)
        assert step is not None
        assert (step.reason, step.mark) == ("The employer wants you to call", "danger")

    def test_of_a_participant_takes_the_wish_to_be_called(
        self, client: Client, first_week: FollowUp, cast: Cast
    ) -> None:
        link = links_to(cast.participant_user)[0]
        client.post(link, {"mood": "bad", "wants_call": "on"})
        first_week.refresh_from_db()
        assert first_week.participant_mood == "bad"
        assert first_week.call_wanted_at is not None


def test_a_link_has_served_after_two_weeks(client: Client, link: str) -> None:
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        assert client.get(link).status_code == 410


def test_the_coach_gets_no_link(cast: Cast, first_week: FollowUp) -> None:
    outbox.deliver_due(at=NOW)
    to_coach = [str(each.body) for each in mail.outbox if each.to == [cast.coach.email]]
    assert to_coach
    assert all("/svar/" not in body for body in to_coach)


def test_after_the_end_each_is_asked_how_it_was_and_no_more_how_it_goes(
    client: Client, link: str, cast: Cast, ongoing: Internship
) -> None:
    complete_internship(internship_id=ongoing.pk, ended_on=TODAY, by=cast.coach, at=NOW)
    with time_machine.travel(LATER, tick=False):
        assert client.get(link).status_code == 410
    step = next_step_of(cast.participant_user, today=TODAY)
    assert (step.action, step.of) == ("Berätta hur det var", 1)
    assert not FollowUp.objects.due_from_employer(cast.employer_member, on=TODAY).exists()


def test_that_it_goes_badly_reaches_the_coach_at_once(cast: Cast, first_week: FollowUp) -> None:
    saturday = NOW + timedelta(days=2)
    answer_follow_up(
        follow_up_id=first_week.pk, side="participant", mood="bad", by=cast.participant_user, at=saturday
    )
    outbox.deliver_due(at=saturday)
    to_coach = [each.subject for each in mail.outbox if each.to == [cast.coach.email]]
    assert "Det går inte bra i en praktik" in to_coach


def test_what_the_coach_wrote_down_is_told_to_no_coach(cast: Cast, first_week: FollowUp) -> None:
    answer_follow_up(follow_up_id=first_week.pk, side="employer", mood="bad", by=cast.coach, at=NOW)
    assert not OutboxMessage.objects.filter(kind="follow_up_red").exists()
