"""What is not urgent: one mail a day to each person, with all that waits, whatever happens to the worker."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core import outbox
from backend.core.enums import MessageState, Pace, Way
from backend.core.models import Delivery, Digest, MessageChoice, OutboxMessage
from backend.core.outbox import post
from backend.internships.enums import FollowUpKind
from backend.internships.models import FollowUp
from backend.internships.notifications import ask_follow_ups
from backend.internships.services import answer_follow_up
from backend.matching import notifications
from backend.matching.enums import DeclineReason, ProposalState
from backend.matching.models import Proposal
from tests.cast import Cast
from tests.core.test_when import local
from tests.factories import (
    AssignmentFactory,
    FollowUpFactory,
    InternshipFactory,
    MunicipalityFactory,
    ParticipantFactory,
    ProposalFactory,
    UnitFactory,
)
from tests.factories.accounts import MunicipalityContactFactory
from tests.factories.base import NOW, TODAY

TOMORROW = local("2026-03-13 08:00")
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def frozen_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def proposals(cast: Cast) -> list[Proposal]:
    """Three that the employer has answered, of which the coach is told."""
    of = {"opening": cast.opening, "participant": cast.pia}
    decided = {"state": ProposalState.DECLINED, "decided_at": NOW, "decided_by": cast.employer_member}
    return [ProposalFactory(**of, **decided, decline_reason=DeclineReason.OTHER) for _one in range(3)]


def tell(proposal: Proposal, *, at: datetime = NOW) -> None:
    notifications.tell_coach(proposal, at=at)


def sent_to(user: User, *, at: datetime) -> list[EmailMessage]:
    """Deliver what is due, and return the mails that `user` got by it."""
    mail.outbox.clear()
    outbox.deliver_due(at=at)
    return [each for each in mail.outbox if each.to == [user.email]]


def states() -> set[str]:
    return set(OutboxMessage.objects.values_list("state", flat=True))


class TestOneMailADay:
    def test_the_first_of_a_day_goes_at_once_in_a_mail_of_its_own(
        self, cast: Cast, proposals: list[Proposal]
    ) -> None:
        tell(proposals[0])

        [email] = sent_to(cast.coach, at=NOW)
        assert email.subject == "Ett förslag har fått svar"
        delivery = Delivery.objects.get()
        assert (delivery.way, delivery.mail_key, delivery.sent_at) == (Way.MAIL, delivery.pk, NOW)
        assert not Digest.objects.exists()

    def test_what_waits_at_the_same_time_goes_in_the_same_mail(
        self, cast: Cast, proposals: list[Proposal]
    ) -> None:
        for proposal in proposals:
            tell(proposal)

        [email] = sent_to(cast.coach, at=NOW)
        assert email.subject == "Det här har hänt sedan sist"
        assert str(email.body).count("Hej!") == str(email.body).count("Vänliga hälsningar") == 1
        for proposal in proposals:
            assert str(email.body).count(proposal.get_absolute_url()) == 1
        assert states() == {MessageState.SENT}
        assert Delivery.objects.values("mail_key").distinct().count() == 1

    def test_the_next_ones_wait_for_tomorrow_and_are_one_mail(
        self, cast: Cast, proposals: list[Proposal]
    ) -> None:
        tell(proposals[0])
        sent_to(cast.coach, at=NOW)
        for number, proposal in enumerate(proposals[1:], start=1):
            tell(proposal, at=NOW + timedelta(minutes=number))
            assert sent_to(cast.coach, at=NOW + timedelta(minutes=number)) == []
        assert sent_to(cast.coach, at=TOMORROW - timedelta(minutes=1)) == []

        assert len(sent_to(cast.coach, at=TOMORROW)) == 1
        assert states() == {MessageState.SENT}

    def test_what_waits_can_be_read_in_the_app_meanwhile(
        self, client: Client, cast: Cast, proposals: list[Proposal]
    ) -> None:
        for proposal in proposals[:2]:
            tell(proposal)
            sent_to(cast.coach, at=NOW)
        client.force_login(cast.coach)

        assert (
            client.get(reverse("core:message_list")).content.decode().count("Ett förslag har fått svar") == 4
        )

    def test_what_is_urgent_is_not_counted_and_does_not_wait(
        self, cast: Cast, proposals: list[Proposal]
    ) -> None:
        tell(proposals[0])
        sent_to(cast.coach, at=NOW)
        night = local("2026-03-15 23:00")
        waiting = ProposalFactory(opening=cast.opening, participant=cast.pelle)
        notifications.tell_employer_of_proposal(waiting, at=night)

        assert len(sent_to(cast.employer_member, at=night)) == 1

    def test_what_is_settled_before_it_is_sent_is_left_out(
        self, cast: Cast, proposals: list[Proposal]
    ) -> None:
        tell(proposals[0])
        sent_to(cast.coach, at=NOW)
        tell(proposals[1])
        sent_to(cast.coach, at=NOW)
        Proposal.objects.filter(pk=proposals[1].pk).update(state=ProposalState.WITHDRAWN)

        assert sent_to(cast.coach, at=TOMORROW) == []
        assert states() == {MessageState.SENT, MessageState.SKIPPED}

    def test_who_has_left_the_case_is_left_out(self, cast: Cast, proposals: list[Proposal]) -> None:
        tell(proposals[0], at=local("2026-03-12 22:00"))
        sent_to(cast.coach, at=local("2026-03-12 22:00"))
        new = AssignmentFactory(unit=cast.unit, role=Role.COACH).user
        type(cast.pia).objects.filter(pk=cast.pia.pk).update(coach=new)

        assert sent_to(cast.coach, at=TOMORROW) == []
        assert Delivery.objects.get().recipient == new


class TestOneMailADayOfEachSender:
    @pytest.fixture
    def elsewhere(self, cast: Cast) -> list[Proposal]:
        """Return what is answered in another municipality, where the coach works too."""
        there = UnitFactory(municipality=MunicipalityFactory(name="Annanstad"))
        AssignmentFactory(unit=there, role=Role.COACH, user=cast.coach)
        for municipality, email in (
            (cast.municipality, "har@x.example"),
            (there.municipality, "dar@x.example"),
        ):
            MunicipalityContactFactory(municipality=municipality, email=email)
        person = ParticipantFactory(unit=there, coach=cast.coach)
        of = {"participant": person, "decline_reason": DeclineReason.OTHER, "decided_at": NOW}
        state = {"state": ProposalState.DECLINED, "decided_by": cast.employer_member}
        return [ProposalFactory(**of, **state) for _one in range(2)]

    def test_goes_in_a_mail_of_each_with_its_own_foot(
        self, cast: Cast, proposals: list[Proposal], elsewhere: list[Proposal]
    ) -> None:
        for proposal in (*proposals[:2], *elsewhere):
            tell(proposal)

        bodies = [str(each.body) for each in sent_to(cast.coach, at=NOW)]

        assert len(bodies) == 2
        for rows, foot in ((proposals[:2], "har@x.example"), (elsewhere, "dar@x.example")):
            [body] = [each for each in bodies if foot in each]
            assert body.count("@x.example") == 1
            assert [row for row in (*proposals, *elsewhere) if row.get_absolute_url() in body] == rows
        assert not Digest.objects.exists()

    def test_one_that_has_written_today_keeps_back_no_other(
        self, cast: Cast, proposals: list[Proposal], elsewhere: list[Proposal]
    ) -> None:
        tell(proposals[0])
        assert len(sent_to(cast.coach, at=NOW)) == 1
        tell(proposals[1])
        tell(elsewhere[0])

        [email] = sent_to(cast.coach, at=NOW + timedelta(minutes=5))

        assert elsewhere[0].get_absolute_url() in str(email.body)
        [tomorrow] = sent_to(cast.coach, at=TOMORROW)
        assert proposals[1].get_absolute_url() in str(tomorrow.body)


class TestQuiet:
    def test_nothing_goes_at_night_though_the_worker_wakes_then(
        self, cast: Cast, proposals: list[Proposal]
    ) -> None:
        tell(proposals[0], at=NOW)

        assert sent_to(cast.coach, at=local("2026-03-12 23:00")) == []
        assert len(sent_to(cast.coach, at=local("2026-03-13 07:00"))) == 1

    def test_it_waits_over_a_sunday(self, cast: Cast, proposals: list[Proposal]) -> None:
        sunday = local("2026-03-15 12:00")
        tell(proposals[0], at=sunday)

        assert sent_to(cast.coach, at=sunday) == []
        assert len(sent_to(cast.coach, at=local("2026-03-16 07:00"))) == 1


class TestChoices:
    def test_once_a_day_collects_from_the_first_on(self, cast: Cast, proposals: list[Proposal]) -> None:
        MessageChoice.objects.create(user=cast.coach, pace=Pace.DAILY)
        for proposal in proposals:
            tell(proposal)

        assert sent_to(cast.coach, at=NOW) == []
        assert len(sent_to(cast.coach, at=TOMORROW)) == 1

    def test_once_a_week_goes_on_monday(self, cast: Cast, proposals: list[Proposal]) -> None:
        MessageChoice.objects.create(user=cast.coach, pace=Pace.WEEKLY)
        tell(proposals[0])

        assert sent_to(cast.coach, at=TOMORROW) == []
        assert len(sent_to(cast.coach, at=local("2026-03-16 08:00"))) == 1

    def test_what_is_turned_off_stands_in_the_app_alone(self, cast: Cast, proposals: list[Proposal]) -> None:
        MessageChoice.objects.create(user=cast.coach, off=["proposal_answered"])
        tell(proposals[0])

        assert sent_to(cast.coach, at=NOW) == []
        assert (Delivery.objects.get().way, Delivery.objects.get().sent_at) == (Way.APP, NOW)
        assert states() == {MessageState.SENT}

    def test_what_is_turned_off_while_it_waits_is_not_mailed_either(
        self, cast: Cast, proposals: list[Proposal]
    ) -> None:
        tell(proposals[0], at=local("2026-03-12 22:00"))
        sent_to(cast.coach, at=local("2026-03-12 22:00"))
        MessageChoice.objects.create(user=cast.coach, off=["proposal_answered"])

        assert sent_to(cast.coach, at=TOMORROW) == []
        assert Delivery.objects.get().way == Way.APP
        assert states() == {MessageState.SENT}


class TestAnswersFromACollectedMail:
    @pytest.fixture
    def asked(self, cast: Cast) -> list[FollowUp]:
        internships = [
            InternshipFactory(opening=cast.opening, participant=person, state="ongoing", starts_on=TODAY)
            for person in (cast.pia, cast.pelle)
        ]
        days = {"kind": FollowUpKind.FIRST_WEEK, "due_on": TODAY}
        return [FollowUpFactory(internship=each, **days) for each in internships]

    def ask(self, asked: list[FollowUp]) -> None:
        ask_follow_ups(asked, at=NOW)

    def test_each_row_has_its_own_links_and_each_answers_its_own(
        self, client: Client, cast: Cast, asked: list[FollowUp]
    ) -> None:
        self.ask(asked)
        [email] = sent_to(cast.employer_member, at=NOW)
        links = [each.removeprefix(SITE) for each in re.findall(r"http\S+/svar/\S+", str(email.body))]
        assert len({each.partition("?")[0] for each in links}) == 2

        for link in (links[0], links[-1]):
            path, _mark, chosen = link.partition("?svar=")
            assert client.get(link).status_code == 200
            assert client.post(path, {"mood": chosen}).status_code == 302
        for follow_up in asked:
            follow_up.refresh_from_db()
        assert all(each.employer_answered_at for each in asked)

    def test_what_was_answered_meanwhile_is_not_asked(self, cast: Cast, asked: list[FollowUp]) -> None:
        self.ask(asked)
        answer_follow_up(
            follow_up_id=asked[0].pk, side="employer", mood="good", by=cast.employer_member, at=NOW
        )

        [email] = sent_to(cast.employer_member, at=NOW)
        assert email.subject == "Hur går det på praktiken?"


class TestWhenItGoesWrong:
    def wait(self, proposals: list[Proposal]) -> None:
        for proposal in proposals:
            tell(proposal)

    def test_a_worker_killed_before_it_sent_leaves_the_same_mail_to_the_next(
        self, cast: Cast, proposals: list[Proposal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.wait(proposals[:2])
        before = self.die_in(monkeypatch, lambda _email: None)
        tell(proposals[2])

        assert sent_to(cast.coach, at=NOW + outbox.lease() / 2) == []
        [email] = sent_to(cast.coach, at=NOW + outbox.lease())
        assert email.extra_headers["Message-ID"] == before
        assert proposals[2].get_absolute_url() not in email.body

    def test_a_worker_killed_after_it_sent_repeats_the_same_mail_under_the_same_name(
        self, cast: Cast, proposals: list[Proposal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.wait(proposals)
        sent: list[EmailMessage] = []
        before = self.die_in(monkeypatch, sent.append)

        [again] = sent_to(cast.coach, at=NOW + outbox.lease())
        assert again.extra_headers["Message-ID"] == before
        assert again.body == sent[0].body
        assert states() == {MessageState.SENT}
        assert sent_to(cast.coach, at=NOW + timedelta(days=2)) == []

    def test_a_worker_killed_before_the_messages_have_left_the_queue_sends_nothing_twice(
        self, cast: Cast, proposals: list[Proposal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.wait(proposals)
        with monkeypatch.context() as patch:
            patch.setattr(post, "settle", interrupt)
            with pytest.raises(KeyboardInterrupt):
                outbox.deliver_due(at=NOW)
        assert len(mail.outbox) == 1
        assert states() == {MessageState.QUEUED}

        assert sent_to(cast.coach, at=NOW + timedelta(minutes=1)) == []
        assert states() == {MessageState.SENT}

    def die_in(self, monkeypatch: pytest.MonkeyPatch, act: Callable[[EmailMessage], Any]) -> str:
        """Let the worker die while it sends, having done `act`; return what the mail is called."""
        names: list[str] = []

        def send(self: EmailMessage, *_args: Any, **_kwargs: Any) -> int:
            names.append(str(self.extra_headers["Message-ID"]))
            act(self)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(EmailMessage, "send", send)
            with pytest.raises(KeyboardInterrupt):
                outbox.deliver_due(at=NOW)
        return names[0]

    def test_a_server_that_is_down_keeps_the_mail_as_it_is(
        self, cast: Cast, proposals: list[Proposal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.wait(proposals)
        with monkeypatch.context() as patch:
            patch.setattr(EmailMessage, "send", refuse_connection)
            outbox.deliver_due(at=NOW)
        key = Digest.objects.get().pk

        [email] = sent_to(cast.coach, at=NOW + timedelta(minutes=1))
        assert str(key) in email.extra_headers["Message-ID"]
        assert not Delivery.objects.exclude(attempts=0).exists()

    def test_an_address_that_is_refused_fails_all_that_waited_for_it_and_can_be_sent_again(
        self, cast: Cast, proposals: list[Proposal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.wait(proposals)
        with monkeypatch.context() as patch:
            patch.setattr(EmailMessage, "send", refuse_receiver)
            for hours in range(4):
                outbox.deliver_due(at=NOW + timedelta(hours=hours))
        assert states() == {MessageState.FAILED}
        assert not Digest.objects.exists()

        for message in OutboxMessage.objects.all():
            outbox.requeue(message, at=NOW + timedelta(hours=5))
        assert len(sent_to(cast.coach, at=NOW + timedelta(hours=5))) == 1
        assert states() == {MessageState.SENT}

    def test_a_template_that_breaks_keeps_back_none_of_the_others(
        self, cast: Cast, proposals: list[Proposal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.wait(proposals)
        broken, body = proposals[0].get_absolute_url(), post.said_by

        def break_one(kind: Any, delivery: Delivery) -> str:
            if delivery.path == broken:
                raise ValueError
            return body(kind, delivery)

        monkeypatch.setattr(post, "said_by", break_one)
        [email] = sent_to(cast.coach, at=NOW)
        assert str(email.body).count("/forslag/") == 2
        assert Delivery.objects.get(sent_at=None).attempts == 1


def interrupt(*_args: Any, **_kwargs: Any) -> None:
    raise KeyboardInterrupt


def refuse_connection(*_args: Any, **_kwargs: Any) -> None:
    raise ConnectionRefusedError


def refuse_receiver(self: EmailMessage, *_args: Any, **_kwargs: Any) -> None:
    raise SMTPRecipientsRefused({self.to[0]: (550, b"no such user")})


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_sends_the_mail(cast: Cast, proposals: list[Proposal]) -> None:
    for proposal in proposals:
        tell(proposal)
    mail.outbox.clear()
    together = Barrier(2)

    def work(_number: int) -> None:
        together.wait()
        try:
            outbox.deliver_due(at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    outbox.deliver_due(at=TOMORROW)

    told = [each for each in mail.outbox if each.to == [cast.coach.email]]
    for proposal in proposals:
        assert sum(str(each.body).count(proposal.get_absolute_url()) for each in told) == 1
    assert states() == {MessageState.SENT}
