"""Telephone numbers: dialled whole, refused when nothing can dial them."""

import pytest

from backend.core.text.phones import dialled, validate_phone
from tests.refusals import refused_for


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("070-174 06 05", "+46701740605"),
        ("016 - 710 10 00", "+46167101000"),
        ("+46 (0)70 174 06 05", "+46701740605"),
        ("0046701740605", "+46701740605"),
        ("+47 22 22 55 55", "+4722225555"),
    ],
)
def test_is_dialled_with_its_country(written, whole):
    assert dialled(written) == whole


@pytest.mark.parametrize("written", ["", "ring mig", "12", "070-1", "😀", "0701740605070174060507"])
def test_what_is_none_is_refused(written):
    assert dialled(written) == ""
    with refused_for("phone"):
        validate_phone(written)
