"""A coach goes through a follow-up by telephone: both sides, one form, one save."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.internships.enums import InternshipState, Mood
from backend.internships.models import Answer, Correction, FollowUp, Internship
from backend.internships.services import answer_follow_up, stamps_of, write_follow_up
from tests.cast import Cast
from tests.factories import FollowUpFactory, InternshipFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

BOTH = {"employer": Answer("good"), "participant": Answer("so_so", "Trött ibland.")}


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    return InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        planned_by=cast.coach,
        state=InternshipState.ONGOING,
        supervisor_name="Sara Ek",
        supervisor_phone="070-174 06 05",
    )


@pytest.fixture
def first_week(ongoing: Internship) -> FollowUp:
    made: FollowUp = FollowUpFactory(internship=ongoing, due_on=TODAY)
    return made


def written(follow_up: FollowUp, cast: Cast, **changed: Any) -> FollowUp:
    what: dict[str, Any] = {
        "answers": BOTH,
        "coach_note": "",
        "closes": True,
        "seen": stamps_of(follow_up),
        "by": cast.coach,
        "at": NOW,
    }
    return write_follow_up(follow_up_id=follow_up.pk, **{**what, **changed})


class TestWriteFollowUp:
    def test_writes_both_answers_by_the_coach_and_closes(self, cast: Cast, first_week: FollowUp) -> None:
        after = written(first_week, cast)

        assert (after.said("employer"), after.said("participant")) == (BOTH["employer"], BOTH["participant"])
        assert after.employer_answered_by == after.participant_answered_by == after.closed_by == cast.coach
        logged = AuditEntry.objects.filter(subject_id=first_week.pk).order_by("pk")
        assert sorted(logged.values_list("action", flat=True)) == [
            "employer_answered",
            "follow_up_closed",
            "participant_answered",
        ]

    def test_who_answered_stands_as_author_where_nothing_is_changed(
        self, cast: Cast, first_week: FollowUp
    ) -> None:
        by = cast.employer_member
        answer_follow_up(follow_up_id=first_week.pk, side="employer", mood="good", by=by, at=NOW)
        first_week.refresh_from_db()

        after = written(first_week, cast)

        assert (after.employer_answered_by, after.participant_answered_by) == (by, cast.coach)
        assert not Correction.objects.exists()

    def test_writes_what_works_what_must_change_and_how_it_is_with_being_there(
        self, cast: Cast, first_week: FollowUp
    ) -> None:
        heard = Answer("so_so", "Lär sig fort.", "Kortare dagar.", "sometimes_away")

        after = written(first_week, cast, answers={"employer": heard}, closes=False)

        assert after.said("employer") == heard
        assert after.said("participant") == Answer()

    def test_a_changed_answer_keeps_the_one_before(self, cast: Cast, first_week: FollowUp) -> None:
        written(first_week, cast, closes=False)
        first_week.refresh_from_db()

        after = written(first_week, cast, answers={"employer": Answer("so_so", "Kommer sent.")}, closes=False)

        assert after.said("employer") == Answer("so_so", "Kommer sent.")
        assert Correction.objects.get().was["employer_mood"] == "good"

    def test_an_answer_that_came_meanwhile_is_not_written_over_unseen(
        self, cast: Cast, first_week: FollowUp
    ) -> None:
        seen, by = stamps_of(first_week), cast.participant_user
        answer_follow_up(follow_up_id=first_week.pk, side="participant", mood="bad", by=by, at=NOW)

        with refused_for("follow_up_written_meanwhile"):
            written(first_week, cast, seen=seen)

        first_week.refresh_from_db()
        # The employer's answer, written first, is taken back with the rest.
        assert (first_week.employer_mood, first_week.participant_mood) == ("", Mood.BAD)
        assert first_week.is_open

    def test_a_summary_that_came_meanwhile_is_not_written_over_unseen(
        self, cast: Cast, first_week: FollowUp
    ) -> None:
        seen = stamps_of(first_week)
        written(first_week, cast, answers={}, coach_note="Ring måndag.", closes=False)

        with refused_for("follow_up_written_meanwhile"):
            written(first_week, cast, answers={}, coach_note="Allt bra.", closes=False, seen=seen)

        first_week.refresh_from_db()
        assert first_week.coach_note == "Ring måndag."

    @pytest.mark.parametrize(
        "answers",
        [{"employer": Answer("good")}, {"employer": Answer("good"), "participant": Answer("bad")}],
        ids=["one side missing", "it goes badly"],
    )
    def test_needs_words_to_close_when_a_side_is_missing_or_it_goes_badly(
        self, cast: Cast, first_week: FollowUp, answers: dict[str, Answer]
    ) -> None:
        with refused_for("follow_up_without_summary"):
            written(first_week, cast, answers=answers)
        first_week.refresh_from_db()
        assert (first_week.employer_mood, first_week.closed_at) == ("", None)

        after = written(first_week, cast, answers=answers, coach_note="Vi ses på fredag.")

        assert after.closed_at == NOW

    def test_words_without_a_face_are_asked_for_it(self, cast: Cast, first_week: FollowUp) -> None:
        with refused_for("no_mood"):
            written(first_week, cast, answers={"employer": Answer("", "Bra.")})

    def test_a_closed_one_takes_nothing_more(self, cast: Cast, first_week: FollowUp) -> None:
        written(first_week, cast)
        with refused_for("follow_up_closed"):
            written(first_week, cast, answers={"employer": Answer("bad")}, coach_note="Nej.")
        first_week.refresh_from_db()
        assert (first_week.employer_mood, first_week.coach_note) == ("good", "")

    def test_only_the_coach_of_the_case_writes(self, cast: Cast, first_week: FollowUp) -> None:
        for by in (cast.other_coach, cast.manager, cast.employer_member, cast.participant_user):
            with pytest.raises(FollowUp.DoesNotExist):
                written(first_week, cast, by=by)
        first_week.refresh_from_db()
        assert first_week.employer_mood == ""


def as_user(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestPage:
    @pytest.fixture(autouse=True)
    def now(self) -> Iterator[None]:
        with time_machine.travel(NOW, tick=False):
            yield

    @pytest.fixture
    def address(self, first_week: FollowUp) -> str:
        return reverse("internships:follow_up_answer", args=[first_week.pk])

    def test_both_are_rung_from_the_page(self, cast: Cast, address: str) -> None:
        type(cast.pia).objects.filter(pk=cast.pia.pk).update(phone="070-174 06 15")
        page = as_user(cast.coach).get(address).content.decode()
        assert "tel:+46701740605" in page
        assert "tel:+46701740615" in page

    def test_two_faces_and_one_save_lead_back_to_my_day(
        self, cast: Cast, first_week: FollowUp, address: str
    ) -> None:
        client = as_user(cast.coach)
        FollowUp.objects.update(due_on=TODAY - timedelta(days=1))
        row = f"{address}?fran=min-dag"
        assert row in client.get(reverse("home:my_home")).content.decode()

        answer = client.post(row, {"employer_mood": "good", "participant_mood": "good", "close": "1"})

        assert answer["Location"] == reverse("home:my_home")
        assert row not in client.get(answer["Location"]).content.decode()

    def test_what_is_refused_stays_typed(self, cast: Cast, first_week: FollowUp, address: str) -> None:
        data = {"employer_mood": "bad", "employer_note": "Kommer sent.", "close": "1"}
        answer = as_user(cast.coach).post(address, data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Kommer sent." in page
        assert 'value="bad"' in page.partition("employer_mood")[2]
        first_week.refresh_from_db()
        assert first_week.employer_mood == ""

    def test_what_was_answered_meanwhile_is_shown_and_then_written_over_knowingly(
        self, cast: Cast, first_week: FollowUp, address: str
    ) -> None:
        client, by = as_user(cast.coach), cast.employer_member
        data = {"employer_mood": "so_so", "participant_mood": "good"}
        answer_follow_up(follow_up_id=first_week.pk, side="employer", mood="good", by=by, at=NOW)

        refused = client.post(address, data)

        assert refused.status_code == 422
        assert str(by) in refused.content.decode()
        first_week.refresh_from_db()
        seen = {"seen_employer": stamps_of(first_week)["employer"]}
        assert seen["seen_employer"] in refused.content.decode()
        assert (
            client.post(address, data | seen | {"seen_coach": stamps_of(first_week)["coach"]}).status_code
            == 302
        )
        first_week.refresh_from_db()
        assert (first_week.employer_mood, first_week.employer_answered_by) == ("so_so", cast.coach)

    def test_what_is_answered_is_shown_with_change(
        self, cast: Cast, first_week: FollowUp, address: str
    ) -> None:
        by = cast.employer_member
        answer_follow_up(follow_up_id=first_week.pk, side="employer", mood="good", by=by, at=NOW)
        page = as_user(cast.coach).get(address).content.decode()
        assert f"skrivet av {by}" in page
        assert "Ändra<span" in page

    def test_a_manager_reads_and_cannot_write(self, cast: Cast, first_week: FollowUp, address: str) -> None:
        client = as_user(cast.manager)
        assert "<textarea" not in client.get(address).content.decode()
        assert client.post(address, {"employer_mood": "good"}).status_code == 404
        first_week.refresh_from_db()
        assert first_week.employer_mood == ""
