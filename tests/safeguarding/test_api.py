"""Reviews, concerns about employers and questions to unions in the API: each side sees and does its own."""

from datetime import timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.employers.models import Measure
from backend.internships.models import Concern, UnionConsultation
from backend.internships.services import ask_union, leave_union_unanswered, raise_concern, tell_of_workplace
from backend.safeguarding.models import Review
from tests.factories import InternshipFactory
from tests.factories.base import NOW, TODAY

REVIEWS = "/api/v1/reviews/"
CONCERNS = "/api/v1/employer-concerns/"
QUESTIONS = "/api/v1/union-questions/"
LATER = str(TODAY + timedelta(days=30))
TO_EMPLOYER = {
    *("id", "employer", "employer_name", "state", "asked_at", "asked_words", "reply_by"),
    *("reply", "replied_at", "measure", "reason", "decided_at", "appeal", "appeal_reason"),
}
"""What the employer's page shows (safeguarding.pages.for_employers.OwnReview)."""
SECRET = "Ingen får rast, säger Hemlig."


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def send(user, address, **said):
    return api(user).post(address, said, format="json")


@pytest.fixture
def concern(cast):
    return tell_of_workplace(employer_id=cast.bakery.pk, text=SECRET, by=cast.participant_user, at=NOW)


@pytest.fixture
def review(cast, concern):
    """Return the address of a review that rests on a concern, and of which the employer knows nothing."""
    said = {"employer": str(cast.bakery.pk), "concerns": [str(concern.pk)]}
    made = send(cast.coach, REVIEWS, **said)
    assert made.status_code == 201
    return f"{REVIEWS}{made.json()['id']}/"


def ask(cast, review):
    return send(cast.manager, f"{review}ask-reply/", words="Vem handleder?", reply_by=LATER)


def decide(cast, review, measure=None):
    ask(cast, review)
    send(cast.employer_member, f"{review}reply/", words="Sara gör det.")
    return send(cast.manager, f"{review}decide/", reason="Sara slutade i maj.", measure=measure)


class TestReviews:
    def test_from_concern_to_an_appeal_that_is_granted(self, cast, review, concern):
        assert ask(cast, review).json()["state"] == "reply_asked"
        pause = {"kind": "pause", "reason": "supervision", "starts_on": str(TODAY)}
        decided = decide(cast, review, pause)
        assert (decided.status_code, decided.json()["measure"]) == (200, "pause")
        concern.refresh_from_db()
        assert concern.handled_at

        appealed = send(cast.employer_member, f"{review}appeal/", words="Sara är kvar.")
        assert appealed.json()["state"] == "appealed"
        granted = {"upholds": False, "reason": "Hon är kvar."}
        own = send(cast.manager, f"{review}decide-appeal/", **granted)
        assert (own.status_code, own.json()["code"]) == (422, "own_decision_appealed")
        closed = send(cast.administrator, f"{review}decide-appeal/", **granted)
        assert (closed.json()["state"], closed.json()["appeal_upheld"]) == ("closed", False)
        assert Measure.objects.get().lifted_at

    def test_staff_read_what_it_rests_on(self, cast, review):
        [evidence] = api(cast.coach).get(review).json()["evidence"]

        assert (evidence["kind"], evidence["words"], evidence["voice"]) == ("concern", SECRET, "participant")
        assert [each["id"] for each in api(cast.coach).get(REVIEWS, {"state": "open"}).json()["results"]]

    def test_a_concern_about_an_internship_is_told_without_its_words(self, cast, review):
        placed = InternshipFactory(workplace=cast.opening.workplace, participant=cast.pia)
        about = raise_concern(internship_id=placed.pk, text="Pia är ledsen.", by=cast.coach, at=NOW)
        send(cast.coach, f"{review}evidence/", concerns=[str(about.pk)])

        told = api(cast.other_coach).get(review)
        assert "Pia är ledsen." not in told.content.decode()
        assert {each["internship"] for each in told.json()["evidence"]} == {None}
        told = api(cast.coach).get(review).json()["evidence"]
        assert str(placed.pk) in {each["internship"] for each in told}

    def test_the_employer_knows_of_it_once_asked_and_never_of_what_it_rests_on(self, cast, review):
        client = api(cast.employer_member)
        assert client.get(review).status_code == 404
        assert client.get(REVIEWS).json()["results"] == []

        ask(cast, review)
        told = client.get(review)
        assert set(told.json()) == TO_EMPLOYER
        for answer in (told, client.get(REVIEWS), send(cast.employer_member, f"{review}reply/", words="Jo.")):
            assert SECRET not in answer.content.decode()
            assert str(cast.participant_user) not in answer.content.decode()

    def test_each_does_its_own_and_others_find_nothing(self, cast, review):
        ask(cast, review)
        for who, doing in (
            (cast.employer_member, "evidence"),
            (cast.employer_member, "decide"),
            (cast.employer_member, "decide-appeal"),
            (cast.coach, "ask-reply"),
            (cast.coach, "decide"),
            (cast.coach, "reply"),
            (cast.manager, "appeal"),
            (cast.other_employer, "reply"),
            (cast.participant_user, "evidence"),
        ):
            assert send(who, f"{review}{doing}/").status_code == 404, doing
        assert Review.objects.get().state == "reply_asked"

    @pytest.mark.parametrize(
        ("doing", "said", "code"),
        [
            ("evidence", {}, "review_without_evidence"),
            ("ask-reply", {"words": "Vem?", "reply_by": str(TODAY)}, "reply_asked_too_soon"),
        ],
    )
    def test_what_a_page_refuses_is_refused_by_the_same_code(self, cast, review, doing, said, code):
        answer = send(cast.manager, f"{review}{doing}/", **said)

        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert Review.objects.get().state == "open"

    def test_nothing_is_decided_before_the_employer_was_heard(self, cast, review):
        assert send(cast.manager, f"{review}decide/", reason="Nej.").status_code == 409
        assert not Measure.objects.exists()

    def test_one_that_is_laid_aside_tells_the_employer_that_was_asked(self, cast, review):
        ask(cast, review)
        assert send(cast.manager, f"{review}dismiss/", reason="Inget i det.").json()["state"] == "dismissed"

        assert api(cast.employer_member).get(review).json()["reason"] == "Inget i det."

    def test_a_concern_about_another_or_that_is_handled_opens_none(self, cast, concern):
        elsewhere = tell_of_workplace(employer_id=cast.joinery.pk, text="Nej.", by=cast.coach, at=NOW)
        said = {"employer": str(cast.bakery.pk), "concerns": [str(concern.pk), str(elsewhere.pk)]}

        assert send(cast.coach, REVIEWS, **said).status_code == 404
        assert not Review.objects.exists()

    def test_the_same_key_opens_one(self, cast):
        said = {"employer": str(cast.bakery.pk), "note": "Ingen handleder."}
        client = api(cast.coach)
        sent = [
            client.post(REVIEWS, said, format="json", headers={"Idempotency-Key": "a"}).json()["id"]
            for _again in range(2)
        ]

        assert sent[0] == sent[1]


class TestConcerns:
    def test_are_noted_and_handled_by_staff(self, cast):
        said = {"employer": str(cast.bakery.pk), "text": "Ingen rast.", "voice": "union"}
        made = send(cast.coach, CONCERNS, **said)
        assert (made.status_code, made.json()["voice"]) == (201, "union")

        one = f"{CONCERNS}{made.json()['id']}/"
        assert send(cast.coach, f"{one}handle/", outcome="Vi talade.").json()["outcome"] == "Vi talade."
        assert send(cast.coach, f"{one}handle/", outcome="Igen.").status_code == 404

    def test_nobody_else_reads_or_notes_them_not_even_who_told(self, cast, concern):
        for who in (cast.participant_user, cast.employer_member, cast.other_employer):
            assert api(who).get(CONCERNS).json()["results"] == []
            assert api(who).get(f"{CONCERNS}{concern.pk}/").status_code == 404
            assert send(who, CONCERNS, employer=str(cast.bakery.pk), text="Fel.").status_code == 404
            assert send(who, f"{CONCERNS}{concern.pk}/handle/", outcome="Klart.").status_code == 404
        assert Concern.objects.unhandled().count() == 1


class TestQuestionsToUnions:
    @pytest.fixture
    def asked(self, cast):
        what = {"workplace_id": cast.opening.workplace_id, "union_name": "Livs", "work": "Baka bröd"}
        return ask_union(**what, answer_by=TODAY + timedelta(days=14), by=cast.coach, at=NOW)

    def said(self, cast, **changes):
        workplace = str(cast.opening.workplace_id)
        return {
            "workplace": workplace,
            "union_name": "Livs",
            "work": "Baka bröd",
            "answer_by": LATER,
            **changes,
        }

    def test_are_asked_and_answered_once(self, cast):
        made = send(cast.coach, QUESTIONS, **self.said(cast))
        assert (made.status_code, made.json()["outcome"], made.json()["asked_on"]) == (201, "", str(TODAY))

        answer = {"outcome": "objection", "answered_by": "Kim", "answered_on": str(TODAY)}
        one = f"{QUESTIONS}{made.json()['id']}/answer/"
        assert send(cast.coach, one, **answer).json()["outcome"] == "objection"
        assert send(cast.coach, one, **answer).status_code == 409

    def test_that_were_not_answered_in_time_say_so_and_wait_no_more(self, cast, asked):
        client, waiting = api(cast.coach), {"waiting": "true"}
        assert len(client.get(QUESTIONS, waiting).json()["results"]) == 1

        leave_union_unanswered(consultation_id=asked.pk, at=NOW + timedelta(days=20))

        assert client.get(QUESTIONS, waiting).json()["results"] == []
        [told] = client.get(QUESTIONS, {"outcome": "no_answer"}).json()["results"]
        assert (told["id"], told["may_be_answered"]) == (str(asked.pk), True)

    def test_with_too_little_time_or_twice_are_refused_as_on_the_page(self, cast, asked):
        early = send(cast.coach, QUESTIONS, **self.said(cast, work="Städa", answer_by=str(TODAY)))
        twice = send(cast.coach, QUESTIONS, **self.said(cast))

        assert [each.status_code for each in (early, twice)] == [422, 422]
        assert [each.json()["field"] for each in (early, twice)] == ["answer_by", "union_name"]
        assert UnionConsultation.objects.count() == 1

    def test_are_read_and_asked_by_staff_alone(self, cast, asked):
        for who in (cast.employer_member, cast.participant_user):
            assert api(who).get(QUESTIONS).json()["results"] == []
            assert api(who).get(f"{QUESTIONS}{asked.pk}/").status_code == 404
            assert send(who, QUESTIONS, **self.said(cast, work="Städa")).status_code == 404
        assert UnionConsultation.objects.count() == 1
