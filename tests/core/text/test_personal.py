"""What looks like it belongs to one person is found in a text; hours, days and prices are not."""

import pytest

from backend.core.text.personal import personal_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Skriv till pia.p@exempel.se i dag", "pia.p@exempel.se"),
        ("Hon är 19900312-1234.", "19900312-1234"),
        ("Hon är 900312+1234.", "900312+1234"),
        ("Han är 9003721234.", "9003721234"),
        ("Ring 070-174 06 05!", "070-174 06 05"),
        ("Ring +46 8 123 456 78", "+46 8 123 456 78"),
    ],
)
def test_is_found(text: str, found: str) -> None:
    assert personal_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Öppet 8.00–16.30 alla dagar.",
        "Gäller från 2026-03-12 till 2026-06-30.",
        "Ta buss 55 till Storgatan 12, 123 45 Exempelstad.",
        "Det kostar 1 200 kr för 30 personer.",
        "",
    ],
)
def test_is_not_found_in_hours_days_and_prices(text: str) -> None:
    assert personal_in(text) == ""
