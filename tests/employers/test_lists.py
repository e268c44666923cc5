"""Lists: what filters, orders and files hold."""

import re

import pytest
from django.urls import reverse

from backend.employers.enums import OpeningKind, OpeningState
from backend.employers.models import OccupationOfOpening
from tests.factories import OpeningFactory, SkillRequirementFactory, WorkplaceFactory

LIST = reverse("employers:opening_list")


@pytest.fixture
def openings(gazetteer, cast):
    far = WorkplaceFactory(
        employer=cast.joinery,
        latitude=57.709,
        longitude=11.974,
        municipality_code="1480",
        locality_name="Göteborg",
    )
    joiner = OpeningFactory(workplace=far, kind=OpeningKind.JOB, title="Snickare på Ångfärjan")
    SkillRequirementFactory(opening=joiner, text="ritningsläsning")
    OccupationOfOpening.objects.create(opening=joiner, text="byggnadssnickare")
    return {"baker": cast.opening, "joiner": joiner}


def shown(client, **asked):
    answer = client.get(LIST, asked)
    assert answer.status_code == 200
    page = answer.content.decode()
    return {title for title in ("Bagarbiträde", "Snickare på Ångfärjan") if title in page}


class TestChips:
    def test_each_filter_can_be_taken_away_by_itself(self, client, openings):
        answer = client.get(LIST, {"kind": "job", "q": "snickare", "page": "1"})
        assert [(chip.words, chip.url) for chip in answer.context["chips"]] == [
            ("Sök: snickare", "?kind=job"),
            ("Praktik eller jobb: Jobb", "?q=snickare"),
        ]

    def test_no_filter_no_chip(self, client, openings):
        assert client.get(LIST).context["chips"] == []

    def test_the_distance_goes_with_its_place(self, client, openings):
        answer = client.get(LIST, {"near": "Göteborg", "within": "100", "sort": "nearest"})
        assert answer.context["chips"][0].url == "?"


class TestNothingFound:
    def test_says_what_was_perhaps_meant(self, client, openings):
        answer = client.get(LIST, {"occupation": "byggnasnickare"})
        assert "Menade du byggnadssnickare (1)?" in answer.content.decode()

    def test_says_which_filter_is_in_the_way(self, client, openings):
        answer = client.get(LIST, {"q": "snickare", "kind": "internship"})
        ways = answer.context["nearby"]["without"]
        assert [(way.url, way.count) for way in ways] == [("?kind=internship", 1), ("?q=snickare", 1)]

    def test_gives_no_advice_that_does_not_fit(self, client, cast):
        answer = client.get(LIST, {"q": "zzzz", "kind": "job"})
        assert answer.context["nearby"] == {"without": [], "meant": []}


class TestFilters:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({}, {"Bagarbiträde", "Snickare på Ångfärjan"}),
            ({"kind": "job"}, {"Snickare på Ångfärjan"}),
            ({"q": "ångfärjan"}, {"Snickare på Ångfärjan"}),
            ({"q": "RITNINGSLÄSNING snickare"}, {"Snickare på Ångfärjan"}),
            ({"q": "bageriet"}, {"Bagarbiträde"}),
            ({"q": "ingenting"}, set()),
            ({"occupation": "byggnads"}, {"Snickare på Ångfärjan"}),
            ({"municipality": "1480"}, {"Snickare på Ångfärjan"}),
            ({"near": "Eskilstuna", "within": "50"}, {"Bagarbiträde"}),
            ({"near": "Göteborg", "within": "100"}, {"Snickare på Ångfärjan"}),
        ],
    )
    def test_narrow_the_list(self, client, openings, asked, found):
        assert shown(client, **asked) == found

    def test_a_distance_without_a_place_asks_for_one_and_is_no_filter(self, client, openings):
        page = client.get(reverse("employers:opening_list"), {"within": "10"}).content.decode()

        assert "Skriv en ort också" in page
        assert "1 valt" not in page
        assert "Snickare på Ångfärjan" in page

    @pytest.mark.parametrize(
        "asked",
        [
            {"kind": "pirates"},
            {"near": "Ingenstans"},
            {"near": "\x00"},
            {"q": "x" * 10_000},
            {"q": "\x00"},
            {"municipality": "9999"},
            {"within": "far"},
            {"sort": "nearest"},
            {"sort": "password"},
            {"page": "x"},
            {"state": "draft"},
        ],
    )
    def test_nonsense_breaks_nothing(self, client, openings, asked):
        shown(client, **asked)

    def test_say_how_far_it_is(self, client, openings):
        page = client.get(LIST, {"near": "Eskilstuna"}).content.decode()

        assert page.index("Bagarbiträde") < page.index("Snickare")
        assert re.search(r"Göteborg \(3\d\d", page)

    def test_an_empty_list_says_what_to_do(self, client, openings):
        assert 'class="empty"' in client.get(LIST, {"q": "ingenting"}).content.decode()


class TestForStaff:
    def test_what_waits_is_one_click_away(self, client, cast):
        waiting = OpeningFactory(
            workplace__employer=cast.bakery, state=OpeningState.AWAITING_APPROVAL, title="Väntande"
        )
        client.force_login(cast.coach)

        assert waiting.title not in client.get(LIST).content.decode()
        assert waiting.title in client.get(LIST, {"state": "awaiting_approval"}).content.decode()

    def test_an_employer_does_not_see_its_drafts_among_the_published(self, client, cast):
        OpeningFactory(workplace__employer=cast.bakery, state=OpeningState.DRAFT, title="Utkast")
        client.force_login(cast.employer_member)

        assert "Utkast" not in client.get(LIST, {"state": "draft"}).content.decode()

    def test_employers_are_found_by_name_and_number(self, client, cast):
        client.force_login(cast.coach)
        address = reverse("employers:employer_list")

        for wanted in ("bageriet", cast.bakery.number_written_out, cast.bakery.organisationsnummer):
            page = client.get(address, {"q": wanted}).content.decode()
            assert "Bageriet AB" in page
            assert "Snickeriet AB" not in page

    @pytest.mark.parametrize(
        "sort",
        [
            *("name", "-name", "openings", "-openings", "created", "-created", "x"),
            *("internships_begun", "-internships_begun", "became_jobs", "-time_to_answer", "time_to_answer"),
        ],
    )
    def test_employers_are_sorted(self, client, cast, sort):
        client.force_login(cast.coach)

        assert client.get(reverse("employers:employer_list"), {"sort": sort}).status_code == 200
