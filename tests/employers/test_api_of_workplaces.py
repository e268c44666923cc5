"""Workplaces and an organisation's replies in the API: the pages' scopes, services and refusals."""

import pytest
from rest_framework.test import APIClient

from backend.employers.models import CannedReply, Workplace
from backend.employers.replies.starters import STARTERS

WORKPLACES = "/api/v1/workplaces/"


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def send(user, address, *, method="post", **said):
    return getattr(api(user), method)(address, said, format="json")


class TestWorkplaces:
    @pytest.fixture
    def one(self, cast):
        return f"{WORKPLACES}{cast.opening.workplace_id}/"

    def said(self, cast, **changes):
        return {"employer": str(cast.bakery.pk), "name": "Torget", "place": "Eskilstuna", **changes}

    def test_are_added_and_changed(self, cast):
        made = send(
            cast.employer_member, WORKPLACES, **self.said(cast, nearest_stop="Torget", walk_minutes=3)
        )
        assert (made.status_code, made.json()["place"]) == (201, "Eskilstuna")
        assert made.json()["employer"] == str(cast.bakery.pk)

        one = f"{WORKPLACES}{made.json()['id']}/"
        said = {"name": "Hamnen", "place": "Eskilstuna", "street": "Hamngatan 1"}
        changed = send(cast.coach, one, method="put", **said).json()
        assert (changed["name"], changed["street"], changed["nearest_stop"]) == ("Hamnen", "Hamngatan 1", "")

    def test_a_place_that_there_is_not_is_refused(self, cast):
        before = Workplace.objects.count()
        answer = send(cast.employer_member, WORKPLACES, **self.said(cast, place="Xyzzyköping"))

        assert (answer.status_code, answer.json()["field"]) == (422, "place")
        assert Workplace.objects.count() == before

    def test_say_how_it_is_and_which_needs_that_meets(self, cast, one):
        answers = {"lifting": False, "outdoors": True, "nights": False}
        told = send(cast.employer_member, f"{one}facts/", answers=answers).json()

        assert (told["facts_present"], told["facts_absent"]) == (["outdoors"], ["lifting", "nights"])
        assert {"no_lifting", "no_nights"} <= set(told["needs_met"])
        assert told["needs_not_met"] == ["indoors"]
        again = send(cast.employer_member, f"{one}facts/", answers={"outdoors": None}).json()
        assert (again["facts_present"], again["facts_absent"]) == ([], ["lifting", "nights"])

    def test_what_can_be_arranged_goes_before_how_it_is(self, cast, one):
        send(cast.employer_member, f"{one}facts/", answers={"noise": True})
        assert api(cast.coach).get(one).json()["needs_not_met"] == ["calm"]

        told = send(cast.coach, f"{one}adaptations/", answers={"calm": True}).json()
        assert (told["adaptations_offered"], told["needs_not_met"]) == (["calm"], [])

    @pytest.mark.parametrize(
        ("what", "code"), [("facts", "unknown_work_fact"), ("adaptations", "unknown_adaptation")]
    )
    def test_what_is_no_fact_is_refused(self, cast, one, what, code):
        answer = send(cast.employer_member, f"{one}{what}/", answers={"lifting": True, "pirates": True})

        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert Workplace.objects.get(pk=cast.opening.workplace_id).facts_present == []

    def test_strangers_find_none(self, cast, one):
        for who in (cast.other_employer, cast.participant_user):
            assert api(who).get(one).status_code == 404
            assert send(who, WORKPLACES, **self.said(cast)).status_code == 404
            assert send(who, one, method="put", name="Mitt", place="Eskilstuna").status_code == 404
            assert send(who, f"{one}facts/", answers={"noise": True}).status_code == 404
        assert Workplace.objects.filter(employer=cast.bakery).count() == 1


class TestReplies:
    @pytest.fixture
    def all_of_them(self, cast):
        return f"/api/v1/employers/{cast.bakery.pk}/replies/"

    def said(self, **changes):
        return {"answer": "accepted", "title": "Kom på måndag", "text": "Kom klockan nio.", **changes}

    def test_are_read_added_changed_and_removed(self, cast, all_of_them):
        client = api(cast.employer_member)
        assert {each["is_own"] for each in client.get(all_of_them).json()} == {False}

        made = send(cast.employer_member, all_of_them, **self.said())
        [own] = [each for each in made.json() if each["is_own"]]
        assert (made.status_code, own["title"], len(made.json())) == (201, "Kom på måndag", len(STARTERS) + 1)

        one = f"{all_of_them}{own['key']}/"
        changed = send(cast.employer_member, one, **self.said(text="Kom klockan tio."))
        assert "Kom klockan tio." in {each["text"] for each in changed.json()}
        assert len(send(cast.employer_member, f"{one}remove/").json()) == len(STARTERS)

    def test_one_of_the_programmes_becomes_ones_own_and_can_be_removed(self, cast, all_of_them):
        one = f"{all_of_them}full/"
        changed = send(cast.coach, one, **self.said(answer="declined", title="Fullt"))
        assert [each["title"] for each in changed.json() if each["is_own"]] == ["Fullt"]

        left = send(cast.coach, f"{one}remove/").json()
        assert len(left) == len(STARTERS) - 1

    def test_what_a_page_refuses_is_refused_by_the_same_code(self, cast, all_of_them):
        answer = send(cast.employer_member, all_of_them, **self.said(text="Ring Anna på 070-174 06 35."))

        assert (answer.status_code, answer.json()["code"]) == (422, "reply_personal")
        assert not CannedReply.objects.exists()

    def test_strangers_find_none_and_nobody_one_that_there_is_not(self, cast, all_of_them):
        for who in (cast.other_employer, cast.participant_user):
            assert api(who).get(all_of_them).status_code == 404
            assert send(who, all_of_them, **self.said()).status_code == 404
            assert send(who, f"{all_of_them}full/remove/").status_code == 404
        assert send(cast.employer_member, f"{all_of_them}nothing/", **self.said()).status_code == 404
        assert not CannedReply.objects.exists()
