"""The figures of the README are those that were measured and kept."""

import pytest

from bench.summary import AIMS, KEPT, PART, README, read, table, with_table


class TestFigures:
    def test_the_readme_shows_what_was_kept(self):
        page = README.read_text()

        assert PART.search(page)
        assert with_table(page, table(read(KEPT))) == page

    def test_every_result_says_what_it_was_made_with(self):
        assert {name for name, results in read(KEPT).items() if "python" not in results["made_with"]} == set()

    def test_an_aim_that_was_not_measured_is_named(self):
        assert "Not measured: " + AIMS[0].what in table({})

    @pytest.mark.parametrize("aim", AIMS, ids=lambda aim: aim.what)
    def test_each_aim_has_a_name_of_its_own(self, aim):
        assert [other for other in AIMS if other.what == aim.what] == [aim]
