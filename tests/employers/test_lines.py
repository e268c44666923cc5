"""The line of an opening is drawn once, and never shows what is no longer so, or another reader's things."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from backend.employers.enums import Intent, OpeningKind, OpeningState
from backend.employers.models import Employer, Opening, Workplace
from backend.employers.pages import lines
from tests.factories import OpeningFactory

LIST, MINE = reverse("employers:opening_list"), reverse("employers:my_openings")
LINE = lines.Line(
    pk=UUID(int=1),
    address="/platser/1/",
    title="Diskare",
    kind=OpeningKind.INTERNSHIP,
    intent=Intent.MAY_HIRE,
    employer="Kajens kafé",
    state=OpeningState.PUBLISHED,
    place="Torshälla",
    km="",
    starts_on=date(2026, 3, 12),
    ends_on=date(2026, 6, 4),
    hours_min=Decimal(10),
    hours_max=Decimal(20),
    places=3,
    places_left=3,
    why="i rubriken",
)
OTHER = {
    "pk": UUID(int=2),
    "address": "/platser/2/",
    "title": "Servitör",
    "kind": OpeningKind.JOB,
    "intent": Intent.WILL_HIRE,
    "employer": "Bruket",
    "state": OpeningState.CLOSED,
    "place": "Ärla",
    "km": " (3 km)",
    "starts_on": date(2026, 3, 13),
    "ends_on": date(2026, 6, 5),
    "hours_min": Decimal(5),
    "hours_max": Decimal(25),
    "places": 4,
    "places_left": 2,
    "why": "i beskrivningen",
    "picked": True,
}


def page(client, **asked):
    answer = client.get(LIST, asked)
    assert answer.status_code == 200
    return answer.content.decode()


class TestAChangeShowsAtOnce:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda it: Opening.objects.filter(pk=it.pk).update(title="Provbagare"), "Provbagare"),
            (lambda it: Opening.objects.filter(pk=it.pk).update(places=7, places_taken=3), "4 av 7 platser"),
            (lambda it: Employer.objects.update(name="Nya namnet AB"), "Nya namnet AB"),
            (lambda it: Workplace.objects.update(locality_name="Flyttorp"), "Flyttorp"),
            (lambda it: Opening.objects.filter(pk=it.pk).update(kind="job"), '<p class="kicker">Jobb</p>'),
        ],
        ids=["title", "places", "employer", "place", "kind"],
    )
    def test_of_the_opening_and_of_its_employer(self, client, cast, change, words):
        assert words not in page(client)
        change(cast.opening)
        assert words in page(client)

    def test_of_the_language(self, client, cast):
        assert '<p class="kicker">Praktik ' in page(client)
        client.cookies["language"] = "en"
        assert '<p class="kicker">Internship ' in page(client)

    def test_of_what_is_published(self, client, cast):
        title = cast.opening.title
        assert title in page(client)
        Opening.objects.filter(pk=cast.opening.pk).update(state=OpeningState.CLOSED)
        assert title not in page(client)


class TestWhatALineSays:
    @pytest.mark.parametrize("name", lines.Line._fields)
    def test_each_thing_that_differs_is_drawn(self, name):
        assert OTHER[name] != getattr(LINE, name)
        assert lines._draw(LINE) != lines._draw(LINE._replace(**{name: OTHER[name]}))

    def test_all_that_is_drawn_is_in_the_line(self, cast):
        OpeningFactory.create_batch(3, workplace=cast.opening.workplace)
        read = lines.read(Opening.objects.order_by("pk"))
        kept = lines.drawn(read, with_state=True)
        assert kept == [lines._draw(lines.line_of(row, with_state=True)) for row in read]
        assert kept == lines.drawn(read, with_state=True)

    def test_two_titles_that_look_like_markup_stay_words(self):
        assert "<b>" not in lines._draw(LINE._replace(title="<b>Diskare</b>", employer="<b>Kajen</b>"))


class TestReaders:
    @pytest.mark.parametrize("first", ["coach", "employer_member"])
    def test_nothing_of_one_reader_reaches_another(self, client, cast, first):
        """The state, and the shorter line of those who run the opening, stay with them."""
        before = page(client)
        insider = Client()
        insider.force_login(getattr(cast, first))
        asked = {"coach": (LIST, {"state": "published"}), "employer_member": (MINE, {})}[first]
        assert "row-side" in insider.get(*asked).content.decode()
        assert _lines_in(page(client)) == _lines_in(before)
        assert "row-side" not in page(client)


def _lines_in(text):
    return text[text.index('<ul class="rows">') : text.index("</section>")]
