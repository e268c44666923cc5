"""For how long and when last: what is read of what people write, and how it is told."""

import pytest
from django.utils import translation

from backend.participants.worked import Worked, as_written, in_words, read_length

pytestmark = pytest.mark.once


class TestReadLength:
    @pytest.mark.parametrize(
        ("text", "worked"),
        [
            ("", Worked()),
            ("3 år", Worked(36)),
            ("1,5 år", Worked(18)),
            ("1 år och 6 månader", Worked(18)),
            ("6 mån", Worked(6)),
            ("Ett halvår", Worked(6)),
            ("2 years", Worked(24)),
            ("2015–2019", Worked(48, 2019)),
            ("2015 till 2019", Worked(48, 2019)),
            ("2019-2019", Worked(None, 2019)),
        ],
    )
    def test_what_people_write(self, text, worked):
        assert read_length(text) == worked

    @pytest.mark.parametrize(
        "text", ["länge", "3", "3 år ungefär", "2019–2015", "1066–1070", "0 år", "900 år", "år", "-3 år"]
    )
    def test_what_says_no_length_is_not_guessed(self, text):
        assert read_length(text) is None


class TestInWords:
    @pytest.mark.parametrize(
        ("worked", "words"),
        [
            (Worked(), ""),
            (Worked(12), "1 år"),
            (Worked(30, 2019), "2 år 6 månader, senast 2019"),
            (Worked(None, 2019), "senast 2019"),
        ],
    )
    def test_as_far_as_it_was_said(self, worked, words):
        with translation.override("sv"):
            assert in_words(worked) == words

    @pytest.mark.parametrize("months", [1, 6, 12, 18, 47])
    def test_are_read_again(self, months):
        with translation.override("sv"):
            assert read_length(as_written(months)) == Worked(months)
