"""Feeds, calendar and map of the site: what a stranger finds in the list, in other forms."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import feedparser
import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from backend.employers.enums import OpeningKind, OpeningState, Standing
from tests.factories import OpeningFactory
from tests.factories.base import NOW, TODAY

FEED, CALENDAR, MAP = (
    reverse(f"employers:{name}") for name in ("opening_feed", "opening_calendar", "site_map")
)
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LIST = reverse("employers:opening_list")
SOON = TODAY + timedelta(days=9)


@pytest.fixture(autouse=True)
def at_noon(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def openings(cast):
    return {
        "internship": cast.opening,
        "job": OpeningFactory(kind=OpeningKind.JOB, title="Snickare & målare", starts_on=SOON),
    }


@pytest.fixture
def hidden(cast):
    """What strangers find nowhere: another state, an employer that is not welcome, nothing left, over."""
    for state in set(OpeningState) - {OpeningState.PUBLISHED}:
        OpeningFactory(workplace__employer=cast.bakery, state=state, title="Dold")
    for standing in (Standing.PAUSED, Standing.STOPPED):
        OpeningFactory(workplace__employer__standing=standing, title="Dold")
    OpeningFactory(places_taken=1, title="Dold")
    OpeningFactory(ends_on=TODAY - timedelta(days=1), title="Dold")


def must_be(entry, *names):
    """Assert that an element has exactly one of each (RFC 4287, 4.1.1 and 4.1.2)."""
    for name in names:
        assert len(entry.findall(f"{ATOM}{name}")) == 1, name


class TestAtom:
    def test_is_as_the_standard_says(self, client, openings):
        answer = client.get(FEED)
        feed = ET.fromstring(answer.content)

        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        assert feed.tag == f"{ATOM}feed"
        must_be(feed, "id", "title", "updated", "author")
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {"alternate": f"http://127.0.0.1:8000{LIST}", "self": f"http://127.0.0.1:8000{FEED}"}
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == 2
        for entry in entries:
            must_be(entry, "id", "title", "updated", "published", "author", "summary", "link")
            assert entry.find(f"{ATOM}link").get("rel") == "alternate"
        assert len({entry.find(f"{ATOM}id").text for entry in entries}) == 2

    def test_a_feed_reader_reads_it(self, client, openings):
        read = feedparser.parse(client.get(FEED).content)

        assert not read.bozo
        assert {entry.title for entry in read.entries} == {"Praktik: Bagarbiträde", "Jobb: Snickare & målare"}

    def test_of_nothing_is_a_feed_too(self, client, db):
        feed = ET.fromstring(client.get(FEED).content)

        must_be(feed, "id", "title", "updated", "author")

    def test_is_narrowed_as_the_list_is(self, client, openings):
        read = feedparser.parse(client.get(FEED, {"kind": "job", "page": "3"}).content)

        assert [entry.title for entry in read.entries] == ["Jobb: Snickare & målare"]
        assert read.feed.link.endswith(f"{LIST}?kind=job")

    @pytest.mark.parametrize("words", ["a\x0bb", "<b>&amp;", "]]>", "\ufffe"])
    def test_whatever_is_written_it_can_be_read(self, client, words):
        OpeningFactory(title=f"Bagare {words}", description=words, workplace__employer__name=words)

        assert not feedparser.parse(client.get(FEED).content).bozo


class TestCalendar:
    def test_has_when_each_begins_and_until_when_it_holds(self, client, openings):
        answer = client.get(CALENDAR)
        calendar = Calendar.from_ical(answer.content)
        events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}

        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert not calendar.errors
        assert set(events) == {
            "Sista dag – Praktik: Bagarbiträde",
            "Sista dag – Jobb: Snickare & målare",
            "Börjar – Jobb: Snickare & målare",
        }
        begins = events["Börjar – Jobb: Snickare & målare"]
        assert begins.decoded("dtstart") == SOON
        assert events["Sista dag – Praktik: Bagarbiträde"].decoded("dtstart") == TODAY + timedelta(days=90)
        for event in events.values():
            assert event["class"] == "PUBLIC"
            assert {"uid", "dtstamp", "dtstart", "url"} <= {name.lower() for name in event}
        assert len({str(event["uid"]) for event in events.values()}) == 3

    def test_is_narrowed_as_the_list_is(self, client, openings):
        events = Calendar.from_ical(client.get(CALENDAR, {"kind": "internship"}).content).walk("VEVENT")

        assert [str(event["summary"]) for event in events] == ["Sista dag – Praktik: Bagarbiträde"]


class TestSiteMap:
    def test_names_what_everybody_may_read(self, client, openings):
        answer = client.get(MAP)
        urls = ET.fromstring(answer.content).findall(f"{SITE}url")
        found = {url.find(f"{SITE}loc").text: url.find(f"{SITE}lastmod") for url in urls}

        assert answer.headers["Content-Type"] == "application/xml"
        for opening in openings.values():
            assert found[f"http://127.0.0.1:8000{opening.get_absolute_url()}"].text == NOW.date().isoformat()
        assert f"http://127.0.0.1:8000{LIST}" in found
        for address in found:
            assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200

    def test_robots_are_told_where_it_is(self, client):
        words = client.get("/robots.txt").content.decode()

        assert f"Sitemap: http://127.0.0.1:8000{MAP}" in words


class TestWhatStrangersMayNotSee:
    @pytest.mark.parametrize("role", ["anonymous", "employer_member", "coach", "administrator"])
    @pytest.mark.parametrize("address", [FEED, CALENDAR])
    def test_stands_in_none_whoever_asks(self, client, cast, hidden, address, role):
        if user := cast.roles()[role]:
            client.force_login(user)
        words = client.get(address, {"state": "draft"}).content.decode()

        assert "Bagarbiträde" in words
        assert "Dold" not in words

    def test_is_not_on_the_map(self, client, cast, hidden):
        assert client.get(MAP).content.decode().count(LIST) == 2  # the list itself, and the one that is open

    @pytest.mark.parametrize("address", [FEED, CALENDAR])
    def test_nor_who_supervises(self, client, cast, address):
        OpeningFactory(supervisor_name="Sara Svensson", description="Baka.")

        assert "Sara" not in client.get(address).content.decode()


class TestTheList:
    def test_leads_to_feed_and_calendar_with_its_filters(self, client, openings):
        page = client.get(LIST, {"kind": "job", "sort": "starts"}).content.decode()

        for kind, address in (("application/atom+xml", FEED), ("text/calendar", CALENDAR)):
            assert (
                f'<link rel="alternate" type="{kind}" href="http://127.0.0.1:8000{address}?kind=job"' in page
            )

    @pytest.mark.parametrize("address", [FEED, CALENDAR, MAP])
    def test_asks_the_same_few_questions_for_many(self, client, cast, address, django_assert_max_num_queries):
        OpeningFactory.create_batch(12)
        with django_assert_max_num_queries(6):
            client.get(address)
