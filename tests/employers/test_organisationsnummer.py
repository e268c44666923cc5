"""Organisation numbers as people write them."""

import pytest

from backend.employers.organisationsnummer import clean_organisationsnummer, written_out
from tests.refusals import refused_for


class TestCleanOrganisationsnummer:
    @pytest.mark.parametrize(
        "written",
        [
            "5560004615",
            "556000-4615",
            " 556000 - 4615 ",
            "16556000-4615",
            "16 5560 0046 15",
            "556000–4615",
            "\u200e556000\u00a04615\u200f",
        ],
    )
    def test_takes_them_with_spaces_hyphens_and_prefix(self, written):
        assert clean_organisationsnummer(written) == "5560004615"

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            ("5560004616", "checksum"),
            ("55600046", "format"),
            ("556000461500", "format"),
            ("Bageriet", "format"),
            ("😀", "format"),
            ("٥٥٦٠٠٠٤٦١٥", "format"),
            ("1" * 10_000, "format"),
        ],
    )
    def test_says_what_is_wrong(self, written, why):
        with refused_for(f"organisation_number_{why}"):
            clean_organisationsnummer(written)

    @pytest.mark.parametrize(
        "written", ["8112189876", "811218-9876", "19811218-9876", "198112189876", "640883-3231"]
    )
    def test_refuses_a_persons_number_and_does_not_repeat_it(self, written):
        with refused_for("organisation_number_personal") as refusal:
            clean_organisationsnummer(written)

        assert not any(sign.isdigit() for sign in refusal.value.messages[0])


def test_written_out_has_its_hyphen():
    assert written_out("5560004615") == "556000-4615"
