"""Openings in the API."""

import pytest
from django.urls import reverse

from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from tests.factories import OpeningFactory, SkillRequirementFactory, WorkplaceFactory

LIST = "/api/v1/openings/"


def one(opening):
    return f"{LIST}{opening.pk}/"


class TestRead:
    def test_everybody_reads_what_is_published(self, client, cast):
        SkillRequirementFactory(opening=cast.opening, text="baka", essential=True)
        OpeningFactory(state=OpeningState.DRAFT)

        [found] = client.get(LIST).json()["results"]

        assert found["title"] == "Bagarbiträde"
        assert found["requirements"][0]["text"] == "baka"
        assert found["places_left"] == 1
        assert "supervisor_name" not in found

    def test_filters_are_those_of_the_page(self, client, cast):
        assert client.get(LIST, {"kind": "job"}).json()["count"] == 0

    @pytest.mark.parametrize("asked", [{"kind": "pirates"}, {"q": "x" * 201}])
    def test_a_filter_that_makes_no_sense_is_refused(self, client, cast, asked):
        assert client.get(LIST, asked).status_code == 422

    def test_a_strangers_draft_is_not_there(self, client, cast):
        draft = OpeningFactory(workplace__employer=cast.bakery, state=OpeningState.DRAFT)

        assert client.get(one(draft)).status_code == 404
        client.force_login(cast.employer_member)
        assert client.get(one(draft)).status_code == 200

    def test_the_number_of_queries_is_constant(self, client, cast, django_assert_max_num_queries):
        def grow():
            SkillRequirementFactory(opening=OpeningFactory())

        grow()
        with django_assert_max_num_queries(6) as few:
            client.get(LIST)
        grow()
        grow()
        with django_assert_max_num_queries(6) as many:
            client.get(LIST)

        assert len(many) == len(few)


class TestWrite:
    @pytest.fixture
    def draft(self, cast):
        workplace = WorkplaceFactory(employer=cast.bakery)
        return {
            "kind": "internship",
            "title": "Konditor",
            "description": "Du gör tårtor.",
            "workplace": str(workplace.pk),
            "weekdays": ["2", "1"],
            "languages": {"sv": "B1"},
            "occupation": "konditor",
            "requirements": [{"text": "baka", "essential": True}],
        }

    def send(self, client, data, address=LIST):
        return client.post(address, data, content_type="application/json")

    def test_a_draft_goes_through_the_same_service(self, client, cast, draft):
        client.force_login(cast.employer_member)

        answer = self.send(client, draft)

        opening = Opening.objects.get(pk=answer.json()["id"])
        assert (answer.status_code, opening.state) == (201, OpeningState.DRAFT)
        assert (opening.weekdays, opening.languages) == (["1", "2"], {"sv": "B1"})
        assert (opening.occupation.text, opening.requirements.get().essential) == ("konditor", True)

    def test_nobody_else_writes(self, client, cast, draft):
        assert self.send(client, draft).status_code == 403
        for user in (cast.other_employer, cast.participant_user):
            client.force_login(user)
            assert self.send(client, draft).status_code == 422

        assert Opening.objects.get() == cast.opening

    @pytest.mark.parametrize(
        "wrong",
        [
            {"places": 0},
            {"title": "x" * 10_000},
            {"starts_on": "2030-06-01", "ends_on": "2030-05-01"},
            {"languages": {"xx": "B1"}},
            {"languages": {"sv": "Z9"}},
            {"weekdays": ["8"]},
            {"requirements": [{"text": ""}]},
            {"requirements": "baka"},
            {"workplace": "x"},
        ],
    )
    def test_bad_input_is_refused_with_its_reason(self, client, cast, draft, wrong):
        client.force_login(cast.employer_member)

        answer = self.send(client, {**draft, **wrong})

        assert answer.status_code == 422
        assert answer.json()
        assert Opening.objects.get() == cast.opening

    def test_publish_and_close(self, client, cast):
        opening = OpeningFactory(workplace__employer=cast.bakery, state=OpeningState.DRAFT)
        client.force_login(cast.employer_member)

        assert self.send(client, {}, f"{one(opening)}publish/").json()["state"] == "published"
        assert self.send(client, {}, f"{one(opening)}publish/").status_code == 409
        assert self.send(client, {}, f"{one(opening)}close/").json()["state"] == "closed"

    @pytest.mark.parametrize("verb", ["publish", "close"])
    def test_not_by_strangers(self, client, cast, verb):
        for user, status in ((None, 403), (cast.other_employer, 404), (cast.participant_user, 404)):
            if user:
                client.force_login(user)
            assert self.send(client, {}, f"{one(cast.opening)}{verb}/").status_code == status

        cast.opening.refresh_from_db()
        assert cast.opening.state == OpeningState.PUBLISHED

    def test_the_schema_names_it(self, client, cast):
        client.force_login(cast.coach)

        schema = client.get(reverse("api:schema"), HTTP_ACCEPT="application/json").json()

        assert {"/api/v1/openings/", "/api/v1/openings/{id}/publish/"} <= schema["paths"].keys()
