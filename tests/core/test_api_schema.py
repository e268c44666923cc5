"""What the API answers when it refuses stands in its schema, and each person is counted for themselves."""

import jsonschema
import pytest
from django.test import Client
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from rest_framework.throttling import SimpleRateThrottle

from tests.cast import Cast

LIST = "/api/v1/openings/"
UNKNOWN = "00000000-0000-0000-0000-000000000000"
made: dict = {}


@pytest.fixture
def schema(cast: Cast, client: Client) -> dict:
    """Return what the address of the schema gives, asked for once: making it takes seconds."""
    if not made:
        client.force_login(cast.coach)
        made.update(client.get(reverse("api:schema"), headers={"Accept": "application/json"}).json())
    return made


def operations(schema: dict) -> list[tuple[str, str, dict]]:
    return [
        (path, method, each)
        for path, all_of_it in schema["paths"].items()
        for method, each in all_of_it.items()
    ]


class TestRefusalsInTheSchema:
    def test_every_operation_tells_how_it_refuses(self, schema):
        assert len(operations(schema)) > 100
        for path, method, operation in operations(schema):
            told = operation["responses"].keys()
            assert {"403", "429"} <= told, path
            assert ("404" in told) == ("{" in path or operation["operationId"].endswith("_list")), path
            assert {"400", "409", "415", "422"} <= told or method == "get", path

    def test_it_is_made_without_a_warning(self):
        """Two shapes of one name would be told as one of them."""
        GENERATOR_STATS.reset()
        with GENERATOR_STATS.silence():
            SchemaGenerator().get_schema(request=None, public=True)

        assert not GENERATOR_STATS

    def test_too_many_requests_say_when_to_go_on(self, schema):
        assert "Retry-After" in schema["paths"][LIST]["get"]["responses"]["429"]["headers"]

    @pytest.mark.parametrize(
        ("method", "path", "sent", "status"),
        [
            ("get", f"{LIST}?kind=pirates", None, 422),
            ("get", f"{LIST}?page=99", None, 404),
            ("get", f"{LIST}{UNKNOWN}/", None, 404),
            ("post", LIST, {}, 422),
            ("post", LIST, "{", 400),
            ("post", f"{LIST}{UNKNOWN}/publish/", {}, 404),
            ("post", f"/api/v1/proposals/{UNKNOWN}/decline/", {}, 404),
        ],
    )
    def test_what_is_answered_is_what_is_told(self, schema, cast, client, method, path, sent, status):
        client.force_login(cast.employer_member)

        answer = getattr(client, method)(
            path, sent, **({"content_type": "application/json"} if sent is not None else {})
        )

        self.told(schema, path.partition("?")[0], method, answer)
        assert answer.status_code == status

    def test_so_is_a_body_of_another_kind_and_a_stranger(self, schema, cast, client):
        client.force_login(cast.employer_member)
        answer = client.post(LIST, "title=x", content_type="text/plain")
        assert answer.status_code == 415
        self.told(schema, LIST, "post", answer)

        answer = Client().post(LIST, {}, content_type="application/json")
        assert answer.status_code == 403
        self.told(schema, LIST, "post", answer)

    def test_so_is_whoever_comes_second(self, schema, cast, client):
        client.force_login(cast.employer_member)
        address = f"{LIST}{cast.opening.pk}/close/"
        assert client.post(address).status_code == 200

        answer = client.post(address)

        assert answer.status_code == 409
        self.told(schema, f"{LIST}{{id}}/close/", "post", answer)

    def told(self, schema: dict, path: str, method: str, answer) -> None:
        named = path.replace(UNKNOWN, "{id}")
        told = schema["paths"][named][method]["responses"][str(answer.status_code)]
        reference = told["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        jsonschema.validate(answer.json(), schema["components"]["schemas"][reference])


class TestTooManyRequests:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch, cast):
        monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"user": "2/min", "anon": "1/min"})

    def test_are_counted_for_each_person_not_for_the_address(self, client, cast):
        client.force_login(cast.employer_member)
        assert [client.get(LIST).status_code for _ in range(3)] == [200, 200, 429]

        client.force_login(cast.other_employer)
        assert client.get(LIST).status_code == 200

    def test_are_told_in_words_and_when_to_go_on(self, client, cast):
        client.force_login(cast.coach)
        answer = [client.get(LIST, headers={"Accept-Language": "sv"}) for _ in range(3)][-1]

        assert 0 < int(answer.headers["Retry-After"]) <= 60
        assert answer.json()["code"] == "throttled"
        assert "sekund" in answer.json()["detail"]

    def test_of_whoever_has_not_signed_in_are_counted_by_address(self, client):
        assert [client.get(LIST, REMOTE_ADDR="192.0.2.7").status_code for _ in range(2)] == [200, 429]
        assert client.get(LIST, REMOTE_ADDR="192.0.2.8").status_code == 200


class TestTheDocumentation:
    def test_has_nothing_inline_that_the_policy_would_stop(self, client, cast):
        client.force_login(cast.coach)
        page = client.get(reverse("api:docs"))
        text = page.content.decode()

        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
        assert "<style" not in text
        assert text.count("<script") == text.count("<script src=") == 3
        script = client.get(reverse("api:docs"), {"script": ""})
        assert script.headers["Content-Type"].startswith("application/javascript")
