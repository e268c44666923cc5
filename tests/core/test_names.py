"""What can be a name."""

import pytest

from backend.core.text.names import is_name


@pytest.mark.parametrize("name", ["Åsa", "O´Brien", "Al-Ḥasan", "محمد", "李雷", "Karl 2", "Ana-Lis", "ÆØ"])
def test_letters_of_any_script_make_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["😀", "Åsa 😀", "👍🏽", "123", "---", "", "A\x00", "Åsa ☎"])
def test_pictures_and_digits_alone_do_not(name: str) -> None:
    assert not is_name(name)
