"""What mails say, in the API."""

from typing import Any

import pytest

from backend.core.models import OwnWords
from tests.cast import Cast
from tests.internships.calling import client_of

WORDS = {
    "subject": "Ni har fått ett förslag från oss",
    "text": "Vi har någon till {opening}. Svara gärna i dag.",
}


def asked(cast: Cast, method: str, tail: str = "", by: str = "administrator", **data: Any) -> Any:
    address = f"/api/v1/municipalities/{cast.municipality.pk}/mails/{tail}"
    client = client_of(getattr(cast, by))
    sent = (data, "application/json") if method == "post" else ()
    return getattr(client, method)(address, *sent)


@pytest.mark.django_db
class TestMails:
    def test_are_listed_tried_written_and_given_back(self, cast: Cast) -> None:
        one = "proposal_received/sv/"
        tried = asked(cast, "post", f"{one}preview/", **WORDS)
        assert WORDS["subject"] in tried.json()["subject"]
        assert not OwnWords.objects.exists()

        written = asked(cast, "post", one, **WORDS).json()
        assert written["own"] == WORDS
        assert "Svara gärna i dag." in written["mail"]["body"]
        kinds = {row["kind"]: row for row in asked(cast, "get").json()}
        assert {"code": "sv", "has_own": True} in kinds["proposal_received"]["languages"]

        back = asked(cast, "post", f"{one}end/").json()
        assert back["own"] is None
        assert back["mail"]["subject"] == back["programmes"]["subject"]

    def test_with_words_that_cannot_stand_there_are_refused(self, cast: Cast) -> None:
        for tail in ("proposal_received/sv/", "proposal_received/sv/preview/"):
            bad = asked(cast, "post", tail, subject="Hej", text="Till {name}.")
            assert (bad.status_code, bad.json()["code"]) == (422, "own_words_unknown_placeholder")
        assert not OwnWords.objects.exists()

    def test_are_the_administrators_alone_and_of_kinds_that_there_are(self, cast: Cast) -> None:
        assert asked(cast, "get", by="coach").status_code == 404
        assert asked(cast, "get", "no_such_kind/sv/").status_code == 404
        assert asked(cast, "post", "proposal_received/de/", **WORDS).status_code == 404
