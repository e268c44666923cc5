"""Geometry of the charts: what is drawn where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.ui.charts import Point, bar_chart, nice_ticks, share_x, thinned, trend_chart


class TestBarChart:
    def test_the_longest_bar_fills_the_width_and_the_rest_follow(self):
        chart = bar_chart([("Lager", 40), ("Kök", 10), ("Park", 0)])

        assert [bar.length for bar in chart.bars] == ["100", "25", "0"]

    def test_a_given_largest_is_the_scale(self):
        assert bar_chart([("Lager", 0.5)], largest=1).bars[0].length == "50"

    def test_nothing_at_all_draws_nothing(self):
        assert bar_chart([]).bars == []
        assert bar_chart([("Lager", 0)]).bars[0].length == "0"

    def test_coordinates_have_a_point_and_no_comma_whatever_the_language(self):
        assert bar_chart([("Lager", 3), ("Kök", 2)]).bars[1].length == "66.67"


class TestTrendChart:
    def test_the_line_goes_from_edge_to_edge_and_up_with_the_value(self):
        chart = trend_chart([("Jobb", [Point("jan", 0), Point("feb", 5), Point("mars", 10)])])

        assert chart.series[0].line == "M0 100 L50 50 L100 0"

    def test_the_pen_is_lifted_where_nothing_was_measured(self):
        points = [Point("jan", 10), Point("feb", None), Point("mars", 10), Point("april", 5)]

        assert trend_chart([("Jobb", points)], largest=10).series[0].line == "M0 0 M66.67 0 L100 50"

    def test_the_table_holds_every_number(self):
        chart = trend_chart(
            [("A", [Point("jan", 1), Point("feb", None)]), ("B", [Point("jan", 3), Point("feb", 4)])]
        )

        assert chart.rows == [("jan", [1, 3]), ("feb", [None, 4])]

    def test_no_lines_is_an_empty_chart(self):
        assert trend_chart([]).series == []

    def test_a_single_moment_stands_in_the_middle(self):
        assert trend_chart([("Jobb", [Point("jan", 1)])]).series[0].dots == "M50 0h0"


class TestTicks:
    @pytest.mark.parametrize(
        ("largest", "ticks"),
        [
            (0, [0, 1]),
            (1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
            (31, [0, 10, 20, 30, 40]),
            (1250, [0, 500, 1000, 1500]),
        ],
    )
    def test_are_round_numbers_that_reach_the_largest(self, largest, ticks):
        assert nice_ticks(largest) == ticks

    @given(st.floats(min_value=0.001, max_value=1e9))
    def test_always_cover_the_largest_in_few_steps(self, largest):
        ticks = nice_ticks(largest)

        assert ticks[-1] >= largest * (1 - 1e-6)
        assert 2 <= len(ticks) <= 7


class TestLabels:
    def test_few_are_all_kept(self):
        assert thinned(["jan", "feb"], 6) == ["jan", "feb"]

    def test_many_are_thinned_evenly_with_both_ends(self):
        assert thinned([str(n) for n in range(13)], 6) == ["0", "3", "6", "9", "12"]

    def test_a_share_stays_inside_the_line(self):
        assert [share_x(-0.1), share_x(0.5), share_x(1.2)] == ["0", "50", "100"]
