"""My day can be emptied: one row a matter, the reddest first, each to be done, put off or noted."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.home.day.my_day import coach_day, day_of_coach
from backend.home.enums import Matter, Part
from backend.home.jobs import forget_put_aside
from backend.home.models import SetAside
from backend.home.services import note_as_done, put_off, take_up
from backend.internships.enums import InternshipState, RetentionAnswer
from backend.internships.models import Concern, Employment, Internship, RetentionCheck
from backend.internships.services import leave_unknown
from backend.matching.enums import DeclineReason, ProposalState
from backend.matching.models import Proposal
from backend.participants.models import Participant
from backend.participants.services import protect_participant, record_contact
from tests.cast import Cast
from tests.factories import EmploymentFactory, FollowUpFactory, InternshipFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

NEXT_WEEK = TODAY + timedelta(days=7)
PHONE = "070-174 06 05"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    return InternshipFactory(
        opening=cast.opening, participant=cast.pia, planned_by=cast.coach, state=InternshipState.ONGOING
    )


@pytest.fixture
def silent(cast: Cast) -> Participant:
    Participant.objects.filter(pk=cast.pia.pk).update(
        enrolled_on=TODAY - timedelta(days=60), waiting_since=TODAY - timedelta(days=60), phone=PHONE
    )
    return cast.pia


@pytest.fixture
def declined(cast: Cast) -> Proposal:
    return ProposalFactory(
        opening=cast.opening,
        participant=cast.pia,
        state=ProposalState.DECLINED,
        decline_reason=DeclineReason.NO_PLACE,
        decided_at=NOW,
        decided_by=cast.employer_member,
    )


def page(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("home:my_home")).content.decode()


def posted(user: Any, name: str, *args: Any, **data: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"home:{name}", args=args), data)


def off(cast: Cast, thing: Any, matter: str = Matter.PERSON, **what: Any) -> SetAside:
    facts = {"until": NEXT_WEEK, "reason": "Är på resa", "by": cast.coach, "at": NOW, **what}
    return put_off(matter=matter, thing=thing.pk, **facts)


class TestWhatStandsThere:
    def test_a_red_answer_of_today_comes_before_what_is_months_late(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        FollowUpFactory(
            internship=InternshipFactory(participant=cast.pia, state=InternshipState.COMPLETED),
            due_on=TODAY - timedelta(days=340),
        )
        red = FollowUpFactory(
            internship=ongoing, due_on=TODAY, participant_mood="bad", participant_answered_at=NOW
        )
        first, late = coach_day(cast.coach, today=TODAY)
        assert (first.part, first.url.partition("?")[0]) == (
            Part.RED,
            reverse("internships:follow_up_answer", args=[red.pk]),
        )
        assert (first.when, late.when) == ("i dag", "11 månader försenad")

    def test_three_questions_about_one_placement_are_one_row_that_says_so(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        for kind, ago in (("first_week", 40), ("midpoint", 20), ("end", 1)):
            FollowUpFactory(internship=ongoing, kind=kind, due_on=TODAY - timedelta(days=ago))
        [row] = coach_day(cast.coach, today=TODAY)
        assert row.when == "40 dagar försenad"
        assert len(row.also) >= 2

    def test_the_rows_stand_in_parts_with_counts_and_a_number_to_call(
        self, cast: Cast, silent: Participant, ongoing: Internship
    ) -> None:
        FollowUpFactory(internship=ongoing, due_on=TODAY)
        shown = page(cast.coach)
        assert "I dag och försenat" in shown
        assert "(1)" in shown
        assert 'href="tel:+46701740605"' in shown

    def test_a_protected_identity_has_neither_name_nor_number_there(
        self, cast: Cast, silent: Participant, ongoing: Internship
    ) -> None:
        FollowUpFactory(internship=ongoing, due_on=TODAY)
        protect_participant(participant_id=silent.pk, handlers=[cast.coach], by=cast.coach, at=NOW)
        shown = page(cast.coach)
        assert silent.reference in shown
        assert silent.last_name not in shown
        assert "+46701740605" not in shown

    @pytest.mark.parametrize("state", ["sent", "asked"])
    def test_who_has_not_answered_in_a_week_is_to_be_called(self, cast: Cast, state: str) -> None:
        facts = {"consent": None, "sent_at": None} if state == "asked" else {}
        waiting = ProposalFactory(
            opening=cast.opening,
            participant=cast.pia,
            state=state,
            state_changed_at=NOW - timedelta(days=7),
            **facts,
        )
        [row] = coach_day(cast.coach, today=TODAY)
        assert (row.url, row.action) == (waiting.get_absolute_url(), "Ring")
        assert coach_day(cast.coach, today=TODAY - timedelta(days=1)) == []

    def test_of_a_question_to_the_employer_the_employers_number_is_there(self, cast: Cast) -> None:
        type(cast.employer_member).objects.filter(pk=cast.employer_member.pk).update(phone=PHONE)
        ProposalFactory(opening=cast.opening, participant=cast.pia, state_changed_at=NOW - timedelta(days=8))
        [row] = coach_day(cast.coach, today=TODAY)
        assert row.phone == PHONE


class TestNoContact:
    def test_is_told_of_after_sixty_days(self, cast: Cast, silent: Participant) -> None:
        [row] = coach_day(cast.coach, today=TODAY)
        assert (row.title, row.reason) == (str(silent), "Ingen kontakt på 60 dagar")
        assert coach_day(cast.coach, today=TODAY - timedelta(days=1)) == []

    def test_ends_when_a_contact_is_noted(self, cast: Cast, silent: Participant) -> None:
        record_contact(participant_id=silent.pk, on=TODAY, by=cast.coach, at=NOW)
        assert coach_day(cast.coach, today=TODAY) == []

    def test_who_has_waited_long_and_been_called_lately_is_not_named(self, cast: Cast) -> None:
        since = TODAY - timedelta(days=200)
        Participant.objects.filter(pk=cast.pia.pk).update(enrolled_on=since, waiting_since=since)
        record_contact(participant_id=cast.pia.pk, on=TODAY - timedelta(days=29), by=cast.coach, at=NOW)
        assert coach_day(cast.coach, today=TODAY) == []
        rows = coach_day(cast.coach, today=TODAY + timedelta(days=1))
        assert [row.reason for row in rows if row.thing == cast.pia.pk] == ["Har väntat länge"]

    def test_a_follow_up_that_was_closed_lately_is_a_contact(
        self, cast: Cast, silent: Participant, ongoing: Internship
    ) -> None:
        Participant.objects.filter(pk=silent.pk).update(state="in_internship")
        talk = FollowUpFactory(internship=ongoing, closed_at=NOW, closed_by=cast.coach)
        assert Matter.PERSON not in {row.matter for row in coach_day(cast.coach, today=TODAY)}
        type(talk).objects.filter(pk=talk.pk).update(closed_at=NOW - timedelta(days=61))
        assert Matter.PERSON in {row.matter for row in coach_day(cast.coach, today=TODAY)}


class TestPutOff:
    def test_takes_the_row_away_until_its_day(self, cast: Cast, silent: Participant) -> None:
        off(cast, silent)
        before = coach_day(cast.coach, today=NEXT_WEEK - timedelta(days=1))
        assert silent.pk not in {row.thing for row in before}
        assert silent.pk in {row.thing for row in coach_day(cast.coach, today=NEXT_WEEK)}
        assert AuditEntry.objects.filter(action="put_off").count() == 1

    def test_ends_by_itself_when_the_matter_changes(self, cast: Cast, ongoing: Internship) -> None:
        FollowUpFactory(internship=ongoing, kind="first_week", due_on=TODAY)
        off(cast, ongoing, Matter.PLACEMENT)
        assert coach_day(cast.coach, today=TODAY) == []
        FollowUpFactory(internship=ongoing, kind="midpoint", due_on=TODAY)
        assert [row.thing for row in coach_day(cast.coach, today=TODAY)] == [ongoing.pk]

    def test_follows_the_case_to_another_coach(self, cast: Cast, silent: Participant) -> None:
        off(cast, silent)
        Participant.objects.filter(pk=silent.pk).update(coach=cast.other_coach, unit=cast.other_unit)
        day = day_of_coach(cast.other_coach, today=TODAY)
        assert (day.rows, [kept.reason for _row, kept in day.aside]) == ([], ["Är på resa"])

    def test_can_be_put_off_anew(self, cast: Cast, silent: Participant) -> None:
        off(cast, silent)
        SetAside.objects.update(until=TODAY, on=TODAY - timedelta(days=1))
        off(cast, silent, reason="Ville inte nu")
        assert [kept.reason for kept in SetAside.objects.all()] == ["Ville inte nu"]

    @pytest.mark.parametrize(
        ("what", "code"),
        [
            ({"reason": " "}, "put_off_without_reason"),
            ({"until": TODAY}, "put_off_to_day_past"),
            ({"until": TODAY + timedelta(days=91)}, "put_off_too_far"),
        ],
    )
    def test_is_refused_without_a_reason_and_a_sensible_day(
        self, cast: Cast, silent: Participant, what: dict[str, Any], code: str
    ) -> None:
        with refused_for(code):
            off(cast, silent, **what)
        assert not SetAside.objects.exists()

    def test_a_red_answer_waits_for_a_week_at_most_and_says_what_was_done(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        FollowUpFactory(internship=ongoing, due_on=TODAY, employer_mood="bad", employer_answered_at=NOW)
        for what, code in (
            ({"reason": " "}, "put_off_without_reason"),
            ({"until": NEXT_WEEK + timedelta(days=1)}, "put_off_too_far"),
        ):
            with refused_for(code):
                off(cast, ongoing, Matter.PLACEMENT, **what)
        empty = posted(cast.coach, "put_off", "placement", ongoing.pk, until=NEXT_WEEK, reason="")
        assert "Vad du har gjort åt det" in empty.content.decode()
        assert not SetAside.objects.exists()

        off(cast, ongoing, Matter.PLACEMENT, until=NEXT_WEEK, reason="Har ringt, möte på måndag")
        assert "Har ringt, möte på måndag" in page(cast.coach)

    def test_a_concern_cannot_wait(self, cast: Cast, ongoing: Internship) -> None:
        Concern.objects.create(internship=ongoing, raised_by=cast.participant_user, raised_at=NOW, text="Fel")
        with refused_for("matter_cannot_wait"):
            off(cast, ongoing, Matter.CONCERN)
        assert not SetAside.objects.exists()
        answer = posted(cast.coach, "put_off", "concern", ongoing.pk, until=NEXT_WEEK, reason="Sen")
        assert answer.status_code == 404

    def test_the_database_holds_that_too(self, cast: Cast, silent: Participant) -> None:
        off(cast, silent)
        for wrong in ({"matter": "concern"}, {"matter": "decision"}, {"reason": ""}, {"until": TODAY}):
            with pytest.raises(IntegrityError), transaction.atomic():
                SetAside.objects.update(**wrong)

    @pytest.mark.parametrize("who", ["other_coach", "manager"])
    def test_is_not_for_strangers(self, cast: Cast, silent: Participant, who: str) -> None:
        with pytest.raises(SetAside.DoesNotExist):
            off(cast, silent, by=getattr(cast, who))

    def test_by_its_page_with_the_day_filled_in(self, cast: Cast, silent: Participant) -> None:
        empty = posted(cast.coach, "put_off", "person", silent.pk, until=NEXT_WEEK, reason="")
        assert empty.status_code == 422
        done = posted(cast.coach, "put_off", "person", silent.pk, until=NEXT_WEEK, reason="Är på resa")
        assert done["Location"] == reverse("home:my_home")
        shown = page(cast.coach)
        assert "Undanlagt" in shown
        assert "Är på resa" in shown

    def test_is_taken_back(self, cast: Cast, silent: Participant) -> None:
        kept = off(cast, silent)
        with pytest.raises(SetAside.DoesNotExist):
            take_up(set_aside_id=kept.pk, by=cast.other_coach, at=NOW)
        posted(cast.coach, "take_up", kept.pk)
        assert [row.thing for row in coach_day(cast.coach, today=TODAY)] == [silent.pk]

    def test_is_forgotten_when_its_day_has_come(self, cast: Cast, silent: Participant) -> None:
        off(cast, silent)
        forget_put_aside(NOW + timedelta(days=6))
        assert SetAside.objects.count() == 1
        forget_put_aside(NOW + timedelta(days=7))
        assert not SetAside.objects.exists()


class TestAnEmployersNo:
    def test_stands_there_until_it_is_noted(self, cast: Cast, declined: Proposal) -> None:
        [row] = coach_day(cast.coach, today=TODAY)
        assert (row.is_news, row.reason) == (True, "Arbetsgivaren sa nej")
        assert posted(cast.coach, "note_as_done", "proposal", declined.pk).status_code == 302
        assert coach_day(cast.coach, today=TODAY) == []
        assert AuditEntry.objects.filter(action="noted").count() == 1

    def test_is_nothing_to_put_off(self, cast: Cast, declined: Proposal) -> None:
        with refused_for("matter_cannot_wait"):
            off(cast, declined, Matter.PROPOSAL)
        assert not SetAside.objects.exists()

    def test_is_news_for_a_month(self, cast: Cast, declined: Proposal) -> None:
        rows = coach_day(cast.coach, today=TODAY + timedelta(days=30))
        assert declined.pk not in {row.thing for row in rows}

    def test_what_is_to_be_done_is_not_noted_away(self, cast: Cast, silent: Participant) -> None:
        with refused_for("matter_is_no_news"):
            note_as_done(matter=Matter.PERSON, thing=silent.pk, by=cast.coach, at=NOW)
        assert not SetAside.objects.exists()


class TestOldQuestionsAboutAJob:
    @pytest.fixture
    def job(self, cast: Cast) -> Employment:
        job = EmploymentFactory(participant=cast.pia)
        for months, due in ((1, 120), (3, 60), (6, 59)):
            RetentionCheck.objects.create(employment=job, months=months, due_on=TODAY - timedelta(days=due))
        return job

    def test_are_one_row(self, cast: Cast, job: Employment) -> None:
        [row] = [each for each in coach_day(cast.coach, today=TODAY) if each.matter == Matter.JOB]
        assert (row.also, row.thing) == (("2 tidigare frågor",), job.pk)

    def test_are_left_in_one_press_and_the_newer_is_asked(self, cast: Cast, job: Employment) -> None:
        client = Client()
        client.force_login(cast.coach)
        client.post(reverse("internships:retention_unknown", args=[job.pk]))
        answers = job.retention_checks.order_by("months").values_list("answer", flat=True)
        assert list(answers) == [RetentionAnswer.UNKNOWN, RetentionAnswer.UNKNOWN, ""]
        assert AuditEntry.objects.filter(action="retention_answered").count() == 2

    def test_what_is_not_old_is_not_left(self, cast: Cast, job: Employment) -> None:
        leave_unknown(job_id=job.pk, by=cast.coach, at=NOW)
        with refused_for("retention_nothing_old"):
            leave_unknown(job_id=job.pk, by=cast.coach, at=NOW)
        with pytest.raises(Employment.DoesNotExist):
            leave_unknown(job_id=job.pk, by=cast.other_coach, at=NOW)
        assert job.retention_checks.filter(answer="").count() == 1


def test_the_empty_day_says_so_and_what_to_do_next(cast: Cast) -> None:
    shown = page(cast.coach)
    assert "Inget väntar på dig" in shown
    assert reverse("participants:participant_list") in shown
    assert coach_day(cast.coach, today=date(2026, 3, 12)) == []
