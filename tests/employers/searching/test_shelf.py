"""Lists that are kept: asked for again they cost one short question and their rows, and are never stale."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from backend.employers.pages.catalogue import sought
from backend.employers.searching import index, shelf
from backend.employers.searching.shelf import Keys, Shelf
from backend.employers.services import (
    close_opening,
    lift_measure,
    pause_opening,
    release_place,
    resume_opening,
    save_opening,
    take_measure,
    take_place,
)
from tests.factories import AssignmentFactory, MunicipalityFactory, OpeningFactory, UnitFactory, UserFactory
from tests.factories.base import NOW, TODAY
from tests.skills.conftest import make_version

LIST = reverse("employers:opening_list")
DAY = timedelta(days=1)
QUERIES_WHEN_KEPT = 2
"""Whether anything has changed, and the rows of the page."""
WORDS = {"reason": "free_labour", "words": "Ingen har handlett.", "rests_on": "Två samtal"}


@pytest.fixture
def openings(cast):
    """Three of the bakery's besides the cast's own, in a catalogue: before the first nothing is kept."""
    make_version()
    named = ("Konditor", "Diskare", "Bagare")
    made = [OpeningFactory(workplace__employer=cast.bakery, title=title) for title in named]
    index.forget()
    return made


def titles(client, **asked):
    answer = client.get(LIST, asked)
    assert answer.status_code == 200
    return sorted(row["title"] for row in answer.context["page"])


def queries_of(client, **asked):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(LIST, asked).status_code == 200
    return len(queries)


def at_noon(day):
    return time_machine.travel(datetime.combine(day, time(12), ZoneInfo("Europe/Stockholm")), tick=False)


def pause(cast, opening):
    pause_opening(opening_id=opening.pk, by=cast.employer_member, at=NOW)


def take_all(cast, opening):
    for _ in range(opening.places):
        take_place(opening_id=opening.pk, by=cast.coach, at=NOW)


def stop(cast, _opening):
    take_measure(
        employer_id=cast.bakery.pk,
        kind="stop",
        starts_on=TODAY,
        last_on=None,
        by=cast.manager,
        at=NOW,
        **WORDS,
    )


LEAVES = {
    "paused": pause,
    "closed": lambda cast, opening: close_opening(opening_id=opening.pk, by=cast.employer_member, at=NOW),
    "full": take_all,
    "ended": lambda cast, opening: save_opening(
        opening=opening, fields={"ends_on": TODAY - DAY, "starts_on": None}, by=cast.coach, at=NOW
    ),
    "employer stopped": stop,
}


class TestAListThatIsKept:
    @pytest.mark.parametrize("asked", [{}, {"q": "konditor"}, {"kind": "internship"}, {"sort": "starts"}])
    def test_costs_two_queries_and_says_the_same(self, client, openings, asked):
        before = titles(client, **asked)

        assert before
        assert queries_of(client, **asked) == QUERIES_WHEN_KEPT
        assert titles(client, **asked) == before

    def test_costs_less_still_where_nothing_is_found(self, client, openings):
        first = client.get(LIST, {"q": "konditer xyzzy"}).content.decode()

        assert queries_of(client, q="konditer xyzzy") <= QUERIES_WHEN_KEPT
        assert client.get(LIST, {"q": "konditer xyzzy"}).content.decode().count("?q=") == first.count("?q=")

    def test_is_the_list_that_the_database_gives_in_every_order(self, openings, rf, cast):
        OpeningFactory.create_batch(30, workplace__employer=cast.bakery, title="Bagare på natten")
        for query in ("", "?q=bagare", "?q=bagare&sort=starts", "?q=bageriet&sort=newest", "?sort=starts"):
            request = rf.get(f"{LIST}{query}")
            request.user = cast.participant_user
            found = sought(request)

            assert list(found.keys) == list(found.rows.values_list("pk", flat=True))
            assert len(found.keys) >= 30

    def test_speaks_the_language_of_who_reads(self, client, openings):
        assert "Menade du" in client.get(LIST, {"q": "konditr"}).content.decode() or titles(
            client, q="konditr"
        )
        client.get(LIST, {"q": "xyzzy", "kind": "internship"})
        client.cookies["language"] = "en"

        assert "Utan" not in client.get(LIST, {"q": "xyzzy", "kind": "internship"}).content.decode()


class TestIsNeverStale:
    @pytest.mark.parametrize("leaves", sorted(LEAVES))
    @pytest.mark.parametrize(
        "asked", [{}, {"q": "konditor"}, {"kind": "internship"}], ids=["all", "q", "kind"]
    )
    def test_what_may_no_longer_be_seen_is_gone_at_once(self, client, openings, cast, leaves, asked):
        assert "Konditor" in titles(client, **asked)
        LEAVES[leaves](cast, openings[0])

        assert "Konditor" not in titles(client, **asked)

    def test_what_comes_back_is_there_at_once(self, client, openings, cast):
        pause(cast, openings[0])
        assert "Konditor" not in titles(client)
        resume_opening(opening_id=openings[0].pk, by=cast.employer_member, at=NOW)
        assert "Konditor" in titles(client)

        take_all(cast, openings[1])
        assert "Diskare" not in titles(client)
        release_place(opening_id=openings[1].pk, by=cast.coach, at=NOW)
        assert "Diskare" in titles(client)

    def test_an_opening_is_gone_the_day_after_its_last_though_nothing_was_written(self, client, openings):
        Opening.objects.filter(pk=openings[0].pk).update(starts_on=None, ends_on=TODAY)
        shelf.forget()
        with at_noon(TODAY):
            assert "Konditor" in titles(client)
        with at_noon(TODAY + DAY):
            assert "Konditor" not in titles(client)

    def test_a_measure_holds_from_its_day_to_its_last_and_not_when_lifted(self, client, openings, cast):
        days = {"starts_on": TODAY + DAY, "last_on": TODAY + 3 * DAY}
        measure = take_measure(
            employer_id=cast.bakery.pk, kind="pause", by=cast.manager, at=NOW, **days, **WORDS
        )
        for after, is_seen in ((0, True), (1, False), (3, False), (4, True)):
            with at_noon(TODAY + after * DAY):
                assert ("Konditor" in titles(client)) is is_seen, after
        with at_noon(TODAY + 2 * DAY):
            assert "Konditor" not in titles(client)
            lift_measure(measure_id=measure.pk, why="Det är utrett.", by=cast.manager, at=NOW + 2 * DAY)
            assert "Konditor" in titles(client)

    def test_who_writes_knows_of_no_shelf(self, client, openings, cast):
        """What another process has kept is seen to be old by the database alone."""
        titles(client)
        theirs = shelf._kept.at_hand()
        pause(cast, openings[0])

        assert shelf._kept.at_hand() is theirs
        assert not theirs.version.is_true_still()
        assert shelf.current() is not theirs.item

    def test_what_is_rolled_back_is_as_it_was(self, client, openings, cast):
        with transaction.atomic():
            pause(cast, openings[0])
            assert "Konditor" not in titles(client)
            transaction.set_rollback(True)

        assert "Konditor" in titles(client)

    def test_a_new_catalogue_empties_it(self, client, openings):
        titles(client)
        before = shelf.current()
        make_version(NOW + DAY)

        assert shelf.current() is not before

    def test_no_words_are_kept_while_a_newer_catalogue_is_read(self, client, openings, monkeypatch):
        titles(client)
        old = SimpleNamespace(catalogue=SimpleNamespace(version=(0, NOW)), find=index.current().find)
        monkeypatch.setattr(index, "current", lambda: old)
        titles(client, q="konditor")
        monkeypatch.undo()

        assert queries_of(client, q="konditor") > QUERIES_WHEN_KEPT


class TestIsOfOneScope:
    def test_staff_and_strangers_have_lists_of_their_own(self, client, openings, cast):
        draft = OpeningFactory(workplace__employer=cast.bakery, title="Utkast", state=OpeningState.DRAFT)
        staff = Client()
        staff.force_login(cast.coach)

        assert titles(staff, state="draft") == [draft.title]
        assert draft.title not in titles(client, state="draft")
        assert titles(staff, state="draft") == [draft.title]

    def test_staff_of_another_municipality_have_theirs(self, openings, cast):
        OpeningFactory(workplace__employer=cast.bakery, title="Utkast", state=OpeningState.DRAFT)
        elsewhere = MunicipalityFactory(name="Annanstad")
        stranger = UserFactory(name="Disa")
        AssignmentFactory(user=stranger, municipality=elsewhere, unit=UnitFactory(municipality=elsewhere))
        ours, theirs = Client(), Client()
        ours.force_login(cast.coach)
        theirs.force_login(stranger)

        assert titles(ours, state="draft") == ["Utkast"]
        assert titles(theirs, state="draft") == []

    def test_an_employer_finds_in_the_list_what_everybody_does(self, client, openings, cast):
        OpeningFactory(workplace__employer=cast.bakery, title="Utkast", state=OpeningState.DRAFT)
        own = Client()
        own.force_login(cast.employer_member)

        assert titles(own) == titles(client)

    def test_nothing_on_it_names_a_reader(self, client, openings, cast):
        for user in (cast.participant_user, cast.coach, cast.employer_member):
            client.force_login(user)
            titles(client, q="konditor")
            kept = repr(list(shelf.current()._things))

            assert str(user.pk) not in kept
            assert user.email not in kept


class TestShelf:
    def test_makes_once_and_drops_what_was_asked_for_longest_ago(self, monkeypatch):
        monkeypatch.setattr(shelf, "MOST_KEPT", 2)
        kept, made = Shelf(1), []
        for key in ("a", "b", "a", "c", "a", "b"):
            assert kept.take(key, lambda key=key: made.append(key) or key) == key

        assert made == ["a", "b", "c", "b"]

    def test_never_keeps_more_keys_than_it_may(self, monkeypatch):
        monkeypatch.setattr(shelf, "MOST_BYTES", 100)
        kept = Shelf(1)
        for number in range(9):
            assert len(kept.take(number, lambda: Keys(bytes(48)))) == 3

        assert len(kept) == 2

    def test_keeps_nothing_without_a_catalogue(self, client, cast):
        assert queries_of(client) == queries_of(client)
        assert shelf._kept.at_hand() is None


@pytest.fixture
def rf():
    return RequestFactory()
