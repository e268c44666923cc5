"""The picture of earlier efforts, and what stands out in them."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backend.cooperation.enums import InterventionKind
from backend.cooperation.models import Intervention
from backend.cooperation.pages.efforts import GAP, ROW, effort_map, gaps, repetitions

TODAY = date(2026, 3, 12)


def effort(start: str, end: str | None = None, *, body: str = "Iris", kind: str = "course") -> Intervention:
    first, last = _time(start), _time(end)
    return Intervention(
        other_body=body,
        kind=kind,
        started_year=first[0],
        started_month=first[1],
        ended_year=last[0],
        ended_month=last[1],
    )


def _time(written: str | None) -> tuple[Any, int | None]:
    year, _dash, month = (written or "").partition("-")
    return int(year) if year else None, int(month) if month else None


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


@st.composite
def efforts(draw: Any) -> Intervention:
    year = draw(st.integers(1990, 2026))
    month = draw(st.one_of(st.none(), st.integers(1, 3)))
    end = draw(st.one_of(st.none(), st.integers(year, 2026)))
    return Intervention(
        other_body=draw(st.sampled_from(["Iris", "iris", "Komvux", "Arbetsförmedlingen"])),
        kind=draw(st.sampled_from(InterventionKind.values)),
        started_year=year,
        started_month=month,
        ended_year=end,
        ended_month=draw(st.integers(3, 12)) if end and draw(st.booleans()) else None,
    )


class TestGaps:
    def test_are_twelve_months_or_more_with_nothing(self) -> None:
        [found] = gaps([effort("2010-01", "2010-12"), effort("2012-01", "2026-02")], today=TODAY)

        assert (found.words, found.months) == ("januari 2011 – december 2011, 12 månader", 12)
        assert not gaps([effort("2010-01", "2010-12"), effort("2011-12")], today=TODAY)

    def test_of_a_year_alone_the_whole_is_covered(self) -> None:
        assert not gaps([effort("2024"), effort("2020", "2024-01")], today=TODAY)
        assert [each.words for each in gaps([effort("2020", "2020"), effort("2022")], today=TODAY)] == [
            "januari 2021 – december 2021, 12 månader"
        ]

    def test_until_now_count(self) -> None:
        assert [each.months for each in gaps([effort("2020-01", "2025-01")], today=TODAY)] == [13]
        assert not gaps([effort("2020-01", "2025-03")], today=TODAY)

    def test_before_the_first_or_of_none_are_none(self) -> None:
        assert not gaps([], today=TODAY)
        assert not gaps([effort("2020")], today=TODAY)

    @given(st.lists(efforts(), max_size=8), st.randoms())
    def test_are_the_months_that_no_effort_covers(self, rows: list[Intervention], random: Any) -> None:
        found = gaps(rows, today=TODAY)
        random.shuffle(rows)
        assert gaps(rows, today=TODAY) == found
        for each in found:
            assert each.months >= GAP
            assert not {
                month
                for row in rows
                for month in range(
                    row.started_year * 12 + (row.started_month or 1) - 1,
                    (row.ended_year or 9999) * 12 + (row.ended_month or 12),
                )
            } & set(range(each.first, each.last + 1))


class TestRepetitions:
    def test_are_the_same_kind_more_than_once(self) -> None:
        rows = [effort("2010", body="Iris"), effort("2015", body="Komvux"), effort("2012", kind="swedish")]

        assert [each.words for each in repetitions(rows)] == ["Kurs, 2 gånger: Iris, Komvux"]

    def test_something_else_repeats_nothing(self) -> None:
        assert not repetitions([effort("2010", kind="other"), effort("2011", kind="other")])

    @given(st.lists(efforts(), max_size=8), st.randoms())
    def test_do_not_depend_on_the_order(self, rows: list[Intervention], random: Any) -> None:
        found = repetitions(rows)
        random.shuffle(rows)

        assert repetitions(rows) == found
        assert sum(each.times for each in found) <= len(rows)


class TestPicture:
    @given(st.lists(efforts(), max_size=40))
    def test_every_bar_and_year_lies_within(self, rows: list[Intervention]) -> None:
        seen = effort_map(rows, today=TODAY)
        bars = [(bar, lane) for lane in seen.lanes for bar in lane.bars]

        assert sorted(bar.number for bar, _lane in bars) == [number for number, _row in seen.rows]
        for bar, lane in bars:
            assert percent(bar.x) >= 0
            assert percent(bar.width) > 0
            assert percent(bar.x) + percent(bar.width) <= 100.011
            assert 0 <= percent(bar.label_x) <= 100
            assert bar.y >= 0
            assert bar.y + bar.height <= lane.height
        assert all(0 <= percent(year.x) <= 100 for year in seen.years)

    @given(st.lists(efforts(), max_size=20))
    def test_no_bar_hides_another(self, rows: list[Intervention]) -> None:
        for lane in effort_map(rows, today=TODAY).lanes:
            for one in lane.bars:
                for other in lane.bars:
                    if one.number < other.number and one.y == other.y:
                        apart = (
                            percent(one.x) + percent(one.width) <= percent(other.x) + 0.011
                            or percent(other.x) + percent(other.width) <= percent(one.x) + 0.011
                        )
                        assert apart

    def test_one_lane_for_each_body_however_its_letters_are(self) -> None:
        rows = [
            effort("2010", "2010", body="Iris"),
            effort("2015", "2015", body="IRIS"),
            effort("2016", body="B"),
        ]
        seen = effort_map(rows, today=TODAY)

        assert [lane.name for lane in seen.lanes] == ["Iris", "B"]
        assert seen.lanes[0].height == ROW

    def test_what_overlaps_stands_under_each_other(self) -> None:
        seen = effort_map([effort("2010", "2012"), effort("2011", "2015")], today=TODAY)

        assert seen.lanes[0].height == 2 * ROW

    def test_few_years_bear_their_label(self) -> None:
        seen = effort_map([effort("1995")], today=TODAY)

        assert [year.label for year in seen.years if year.label] == ["1995", "2002", "2009", "2016", "2023"]
