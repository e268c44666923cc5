"""What the demo's footer offers to try."""

from typing import Any

import pytest
from django.test import Client

from backend.demo.guide import TO_TRY
from tests.cast import Cast
from tests.permissions.matrix import MATRIX

ROLE_IN_MATRIX = {"employer": "employer_member", "agency": "guest"}
OF_ALLAUTH = {"account_login"}


@pytest.mark.parametrize("role", TO_TRY)
def test_each_thing_to_try_is_open_to_its_reader(role: str) -> None:
    names = {name for _words, name in TO_TRY[role]} - OF_ALLAUTH

    assert [name for name in names if ROLE_IN_MATRIX.get(role, role) not in MATRIX[name].open_to] == []


def test_stands_in_the_demo_alone(cast: Cast, client: Client, settings: Any) -> None:
    client.force_login(cast.participant_user)
    assert "Prova detta" not in client.get("/hem/").content.decode()

    settings.DEMO = True
    assert "Prova detta" in client.get("/hem/").content.decode()
