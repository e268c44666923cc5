"""Maps drawn by the server."""

import re

import pytest
from django.template import Context, Template

from backend.places.distance import Point
from backend.places.models import MunicipalityArea
from backend.places.svg import SHADES, choropleth, corners, drawn, paths, point_map

ESKILSTUNA = Point(59.371, 16.51)


def box(code):
    xs, ys = zip(*corners(paths()[code]), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def render(drawing, **inputs):
    source = '{% load maps %}{% place_map drawing caption="Platser" value_heading="Antal" %}'
    return Template(source).render(Context({"drawing": drawing, **inputs}))


class TestOutlines:
    @pytest.mark.usefixtures("gazetteer")
    def test_every_municipality_has_one_around_its_centre(self):
        for area in MunicipalityArea.objects.all():
            x, y = drawn(area.point)
            left, top, right, bottom = box(area.code)
            # A generalised coast may leave a harbour town just outside.
            assert left - 70 < x < right + 70, area
            assert top - 70 < y < bottom + 70, area

    def test_north_is_up_and_east_is_right(self):
        x, y = drawn(ESKILSTUNA)
        assert drawn(Point(60, 16.51))[1] < y
        assert drawn(Point(59.371, 17))[0] > x


class TestPointMap:
    def test_frames_the_municipality_and_marks_the_points(self):
        drawing = point_map({"0484": "Eskilstuna"}, [("Bageriet", ESKILSTUNA)])
        left, top, width, height = map(float, drawing.view_box.split())
        (mark,) = drawing.marks
        assert left < float(mark.x) < left + width
        assert top < float(mark.y) < top + height

    def test_says_in_a_table_what_it_shows(self):
        html = render(point_map({"0484": "Eskilstuna"}, [("Bageriet & Co", ESKILSTUNA)]))
        assert '<th scope="row">Bageriet &amp; Co</th>' in html
        assert html.count("<circle") == 1

    def test_leaves_out_a_municipality_without_an_outline(self):
        assert point_map({"9999": "Ingenstans"}, []).areas == []


class TestChoropleth:
    def test_shades_in_equal_steps_up_to_the_largest(self):
        names = {"0484": "Eskilstuna", "0180": "Stockholm", "1980": "Västerås", "1280": "Malmö"}
        drawing = choropleth({"0484": 100, "0180": 20, "1980": 21, "1280": None}, names)
        assert {area.label: area.shade for area in drawing.areas} == {
            "Eskilstuna": SHADES,
            "Stockholm": 1,
            "Västerås": 2,
            "Malmö": 0,
        }

    def test_nothing_to_show_is_an_unshaded_map(self):
        assert [area.shade for area in choropleth({"0484": 0}, {"0484": "Eskilstuna"}).areas] == [0]

    def test_writes_numbers_for_svg_whatever_the_language(self):
        html = render(choropleth({"0484": 1250}, {"0484": "Eskilstuna"}))
        assert not re.search(r'(?:viewBox|stroke-width|fill-opacity)="[^"]*,', html)
        assert re.search(r">1\s250</td>", html)
