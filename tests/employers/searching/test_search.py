"""Searching among openings: what is found, why it says so, and that a change is found at once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from backend.employers.enums import OpeningState, PlacementKind
from backend.employers.models import Capacity, OccupationOfOpening, Opening
from backend.employers.searching import index
from backend.employers.services import close_opening, save_opening
from backend.skills.enums import ConceptKind, LabelKind, Resolution
from tests.factories import OpeningFactory, SkillRequirementFactory, WorkplaceFactory
from tests.skills.conftest import make_concept, make_version

LIST = reverse("employers:opening_list")


@pytest.fixture
def concepts(db):
    forklift = {"truckförare": LabelKind.ALTERNATIVE, "gaffeltruck": LabelKind.HIDDEN}
    made = {
        "nurse": make_concept(
            ConceptKind.OCCUPATION, ("Undersköterska", "Assistant nurse"), {"usk": LabelKind.ALTERNATIVE}
        ),
        "driver": make_concept(ConceptKind.OCCUPATION, ("Lagerarbetare", ""), forklift),
        "code": make_concept(ConceptKind.SKILL, ("Programmering", ""), {"C#": LabelKind.ALTERNATIVE}),
    }
    make_version()
    return made


@pytest.fixture
def openings(concepts, cast):
    """Made after the catalogue, so the index is let go of once more when all stand there."""
    texts = {
        "ward": ("Hjälp på avdelning", "Du går med."),
        "care": ("Undersköterska natt", "Du vakar."),
        "store": ("Godsmottagning", "Du lossar."),
        "web": ("Webb", "Vi bygger i .NET och C++."),
        "app": ("App", "Vi bygger."),
    }
    named = {
        name: OpeningFactory(workplace__employer=cast.bakery, title=title, description=work)
        for name, (title, work) in texts.items()
    }
    known = {"resolution": Resolution.ACCEPTED}
    OccupationOfOpening.objects.create(
        opening=named["ward"], text="usk på avdelning", concept=concepts["nurse"], **known
    )
    OccupationOfOpening.objects.create(
        opening=named["store"], text="lager", concept=concepts["driver"], **known
    )
    SkillRequirementFactory(opening=named["app"], text="C#", concept=concepts["code"], **known)
    index.forget()
    return named


def found(client, **asked):
    answer = client.get(LIST, asked)
    assert answer.status_code == 200
    page = answer.content.decode()
    whys = re.findall(r"Träff: ([^<]+?)\s*<", page)
    return [row["title"] for row in answer.context["page"]], whys


class TestWhy:
    @pytest.mark.parametrize(
        ("typed", "titles", "why"),
        [
            ("truck", ["Godsmottagning"], "Yrke: Lagerarbetare, kallas även ”truckförare”"),
            ("c#", ["App"], "Kompetens: Programmering"),
            ("c++", ["Webb"], "i beskrivningen"),
            (".net", ["Webb"], "i beskrivningen"),
            ("godsmot.", ["Godsmottagning"], "i rubriken"),
            ("godsmottagnign", ["Godsmottagning"], "i rubriken, liknar ”godsmottagning”"),
            ("lagerarbetare", ["Godsmottagning"], "Yrke: Lagerarbetare"),
            ("lossar bageriet", ["Godsmottagning"], "i beskrivningen · i arbetsgivarens namn"),
        ],
    )
    def test_each_row_says_it_in_words(self, client, openings, typed, titles, why):
        rows, whys = found(client, q=typed)

        assert rows == titles
        assert [each.replace("&quot;", '"') for each in whys] == [why]

    def test_another_name_of_the_occupation_finds_what_is_called_and_what_is_meant_so(self, client, openings):
        rows, whys = found(client, q="usk")

        assert sorted(rows) == ["Hjälp på avdelning", "Undersköterska natt"]
        assert "i rubriken, ett annat ord för det: ”undersköterska”" in whys
        assert found(client, q="undersköterkska")[0] == ["Hjälp på avdelning", "Undersköterska natt"]

    def test_a_list_that_was_not_searched_says_nothing(self, client, openings):
        assert found(client)[1] == []

    def test_a_sign_makes_another_word(self, client, openings):
        assert found(client, q="c#")[0] != found(client, q="c++")[0]


class TestWhatHasChanged:
    def test_is_found_at_once(self, client, openings, cast):
        assert found(client, q="flöjtist")[0] == []
        save_opening(
            opening=openings["web"], fields={"title": "Flöjtist"}, by=cast.employer_member, at=timezone.now()
        )

        assert found(client, q="flöjtist")[0] == ["Flöjtist"]
        assert found(client, q="webb")[0] == []

    def test_is_found_after_more_has_changed_than_stands_beside_the_rest(
        self, client, openings, cast, monkeypatch
    ):
        found(client, q="webb")
        monkeypatch.setattr(index, "MOST_CHANGED", 1)
        for name in ("web", "app", "care"):
            save_opening(
                opening=openings[name],
                fields={"title": f"Flöjtist {name}"},
                by=cast.employer_member,
                at=timezone.now(),
            )

        assert len(found(client, q="flöjtist")[0]) == 3
        assert len(index.current().parts) == 1

    def test_what_is_closed_is_not_found(self, client, openings, cast):
        assert found(client, q="webb")[0] == ["Webb"]
        close_opening(opening_id=openings["web"].pk, by=cast.employer_member, at=timezone.now())

        assert found(client, q="webb")[0] == []

    def test_a_strangers_draft_is_not_found(self, client, openings):
        Opening.objects.filter(pk=openings["web"].pk).update(state=OpeningState.DRAFT)

        assert found(client, q="webb")[0] == []

    def test_staff_find_drafts_by_their_state(self, client, openings, cast):
        Opening.objects.filter(pk=openings["web"].pk).update(state=OpeningState.DRAFT)
        client.force_login(cast.coach)

        assert found(client, q="webb", state="draft")[0] == ["Webb"]


class TestFilters:
    @pytest.fixture
    def three(self, concepts, cast):
        concepts["nurse"].ssyk = "5321"
        concepts["nurse"].save()
        today = timezone.localdate()
        lasting = Capacity.objects.create(
            workplace=cast.opening.workplace, placement_kind=PlacementKind.SPRAKPRAKTIK
        )
        calm = WorkplaceFactory(employer=cast.bakery, adaptations_offered=["calm"])
        care = OpeningFactory(
            workplace=calm, title="Vård", weekdays=["1", "2"], hours_min=10, adaptations=["pauses"]
        )
        OccupationOfOpening.objects.create(
            opening=care, text="usk", concept=concepts["nurse"], resolution=Resolution.ACCEPTED
        )
        weekend = OpeningFactory(workplace=calm, title="Helg", weekdays=["6"], hours_min=20)
        later = OpeningFactory(workplace=calm, title="Sen", starts_on=today + timedelta(days=60))
        Opening.objects.exclude(pk__in=[care.pk, weekend.pk, later.pk]).update(state=OpeningState.CLOSED)
        Opening.objects.filter(pk=later.pk).update(capacity=lasting, hours_min=25)

    @pytest.mark.parametrize(
        ("asked", "titles"),
        [
            ({"field": "health"}, {"Vård"}),
            ({"field": "food"}, set()),
            ({"placement": "sprakpraktik"}, {"Sen"}),
            ({"hours": "10"}, {"Vård"}),
            ({"hours": "20"}, {"Vård", "Helg"}),
            ({"start": "now"}, {"Vård", "Helg"}),
            ({"start": "quarter"}, {"Vård", "Helg", "Sen"}),
            ({"days": ["1", "2", "3"]}, {"Vård", "Sen"}),
            ({"adaptations": ["calm"]}, {"Vård", "Helg", "Sen"}),
            ({"adaptations": ["calm", "pauses"]}, {"Vård"}),
        ],
    )
    def test_narrow_the_list(self, client, three, asked, titles):
        answer = client.get(LIST, asked)

        assert {row["title"] for row in answer.context["page"]} == titles

    def test_an_empty_list_says_which_to_drop_and_how_many_that_gives(
        self, client, three, django_assert_max_num_queries
    ):
        client.get(LIST, {"q": "helg"})  # reads what is kept to search by, whichever test came before
        with django_assert_max_num_queries(8):
            answer = client.get(LIST, {"days": ["1"], "start": "now", "field": "health", "q": "helg"})

        ways = answer.context["nearby"]["without"]
        assert [(way.words, way.count) for way in ways] == []
        answer = client.get(LIST, {"days": ["6"], "field": "health"})
        assert [(way.words, way.count) for way in answer.context["nearby"]["without"]] == [
            ("Yrkesområde: Vård och omsorg", 2),
            ("Dagar som passar mig: lördag", 1),
        ]


class TestForMachines:
    @pytest.mark.parametrize(
        ("asked", "address"),
        [
            ({}, "/platser/"),
            ({"kind": "job"}, "/platser/?kind=job"),
            ({"kind": "job", "page": "2"}, "/platser/?kind=job&amp;page=2"),
        ],
    )
    def test_a_plain_list_names_its_one_address(self, client, cast, asked, address):
        page = client.get(LIST, asked).content.decode()

        assert re.search(rf'<link rel="canonical" href="https?://[^/]+{re.escape(address)}">', page)
        assert "noindex" not in page

    @pytest.mark.parametrize("asked", [{"q": "kock"}, {"kind": "job", "field": "food"}, {"kind": "pirate"}])
    def test_what_is_made_up_by_who_asks_is_not_shown_by_them(self, client, cast, asked):
        page = client.get(LIST, asked).content.decode()

        assert '<meta name="robots" content="noindex, follow">' in page
        assert 'rel="canonical"' not in page

    def test_the_title_says_what_narrows_the_list(self, client, cast):
        page = client.get(LIST, {"kind": "job"}).content.decode()

        assert "<title>Platser: Praktik eller jobb: Jobb – Praktikbron</title>" in re.sub(r"\s+", " ", page)


class TestMap:
    def test_each_municipality_and_place_leads_to_its_part_of_the_list(
        self, client, gazetteer, cast, django_assert_max_num_queries
    ):
        workplace = cast.opening.workplace
        OpeningFactory.create_batch(2, workplace=workplace)
        client.get(LIST, {"view": "map"})
        with django_assert_max_num_queries(9):
            answer = client.get(LIST, {"view": "map", "kind": "internship", "near": "Göteborg"})

        drawn = answer.context["map"]
        whole, place = drawn.rows
        assert (whole.name, whole.count, place.count) == ("Eskilstuna, hela kommunen", 3, 3)
        assert whole.url == f"{LIST}?kind=internship&municipality=0484"
        for somewhere in drawn.rows:
            assert client.get(somewhere.url).context["page"].paginator.count == 3
        page = answer.content.decode()
        assert page.count(f'aria-label="{place.words}"') == 1
        assert 'class="rows"' not in page

    def test_what_is_nowhere_is_counted_in_the_table(self, client, gazetteer, cast):
        nowhere = WorkplaceFactory(
            employer=cast.bakery,
            **dict.fromkeys(("latitude", "longitude")),
            **dict.fromkeys(("municipality_code", "precision", "locality_name"), ""),
        )
        OpeningFactory(workplace=nowhere)

        answer = client.get(LIST, {"view": "map"})
        assert answer.context["map"].elsewhere == 1
        assert "Orten är inte känd" in answer.content.decode()
