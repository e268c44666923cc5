"""What a reader asked of a list is kept for the way back: in the reader's session, sealed and bounded."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from backend.accounts.models import User
from backend.core.ui.lists import KEPT_AS, LONGEST, MOST, remember, way_back

LIST, NAME = reverse("participants:participant_list"), "participants:participant_list"
FILTERS = ("q", "coach")


@pytest.fixture
def session() -> SessionStore:
    return SessionStore()


def asked(session: SessionStore, path: str = LIST, *, user: Any = None, **query: Any) -> HttpRequest:
    """A request for a list, which is remembered."""
    request = RequestFactory().get(path, query)
    request.session, request.user = session, User() if user is None else user
    session.modified = False
    remember(request, FILTERS)
    return request


class TestTheWayBack:
    def test_keeps_filter_order_and_page(self, session: SessionStore) -> None:
        request = asked(session, q="Åsa & co", coach="all", sort="-name", page="3")

        parts = urlsplit(way_back(request, NAME))

        assert parts.path == LIST
        assert parse_qs(parts.query) == {
            "q": ["Åsa & co"],
            "coach": ["all"],
            "sort": ["-name"],
            "page": ["3"],
        }

    def test_ends_at_the_row(self, session: SessionStore) -> None:
        row = User()

        assert way_back(asked(session, page="2"), NAME, row=row) == f"{LIST}?page=2#row-{row.pk}"
        assert way_back(None, NAME, row=row) == f"{LIST}#row-{row.pk}"

    def test_keeps_several_of_one_filter(self, session: SessionStore) -> None:
        assert way_back(asked(session, coach=["1", "2"]), NAME) == f"{LIST}?coach=1&coach=2"

    def test_is_written_by_the_tag_for_html(self, session: SessionStore) -> None:
        request = asked(session, coach="all", page="2")

        written = Template("{% list_url name %}").render(Context({"request": request, "name": NAME}))

        assert written == f"{LIST}?coach=all&amp;page=2"


class TestWhatIsKept:
    def test_is_nothing_that_the_list_does_not_know(self, session: SessionStore) -> None:
        assert way_back(asked(session, next="https://elsewhere.example", page="2"), NAME) == f"{LIST}?page=2"

    def test_is_nothing_that_is_too_long(self, session: SessionStore) -> None:
        asked(session, page="2")

        assert way_back(asked(session, q="å" * LONGEST), NAME) == LIST

    def test_is_the_last_alone_and_goes_when_the_whole_list_is_shown(self, session: SessionStore) -> None:
        asked(session, coach="all")
        assert way_back(asked(session, page="2"), NAME) == f"{LIST}?page=2"

        assert way_back(asked(session), NAME) == LIST

    def test_belongs_to_its_own_list(self, session: SessionStore) -> None:
        request = asked(session, page="2")

        assert way_back(request, "employers:employer_list") == reverse("employers:employer_list")

    def test_is_a_few_lists_the_latest_of_them(self, session: SessionStore) -> None:
        asked(session, page="2")
        for number in range(MOST - 1):
            asked(session, f"/other/{number}/", page="2")
        asked(session, page="3")
        request = asked(session, "/one-more/", page="2")
        assert way_back(request, NAME) == f"{LIST}?page=3"

        for number in range(MOST):
            request = asked(session, f"/yet-another/{number}/", page="2")
        assert way_back(request, NAME) == LIST

    def test_is_not_readable_in_the_session(self, session: SessionStore) -> None:
        asked(session, q="Svensson")

        assert "Svensson" not in str(dict(session.items()))
        assert session[KEPT_AS]

    def test_that_cannot_be_opened_is_forgotten(self, session: SessionStore) -> None:
        request = asked(session, page="2")
        session[KEPT_AS] = "sealed with a key that is gone"

        assert way_back(request, NAME) == LIST

    def test_is_written_only_when_it_differs(self, session: SessionStore) -> None:
        assert not asked(session).session.modified
        assert asked(session, page="2").session.modified
        assert not asked(session, page="2").session.modified
        assert asked(session).session.modified
        assert not asked(session).session.modified

    def test_is_nothing_of_who_is_not_signed_in(self, session: SessionStore) -> None:
        request = asked(session, page="2", user=AnonymousUser())

        assert way_back(request, NAME) == LIST
        assert not session.items()
