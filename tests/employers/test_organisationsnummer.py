"""Organisation numbers as people write them."""

import pytest

from backend.employers.organisationsnummer import clean_organisationsnummer, is_personal, written_out
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
        "written", ["8112189876", "811218-9876", "19811218-9876", "198112189876", "811218+9876"]
    )
    def test_a_persons_number_is_a_sole_traders(self, written):
        assert clean_organisationsnummer(written) == "8112189876"
        assert is_personal(clean_organisationsnummer(written))

    def test_so_is_a_coordination_number(self):
        assert is_personal(clean_organisationsnummer("640883-3231"))

    @pytest.mark.parametrize(("written", "why"), [("811318-9875", "checksum"), ("16811218-9876", "format")])
    def test_a_day_that_is_none_is_nobodys_birthday(self, written, why):
        with refused_for(f"organisation_number_{why}") as refusal:
            clean_organisationsnummer(written)

        assert written[:6] not in refusal.value.messages[0]


def test_written_out_has_its_hyphen():
    assert written_out("5560004615") == "556000-4615"
