"""Every address × every role: the matrix is complete, and it is true."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from backend.accounts.models import User
from tests.permissions.canary import as_json
from tests.permissions.matrix import EVERYBODY, MATRIX
from tests.permissions.world import Everything

# Third-party pages with rules and tests of their own.
OTHERS = ("admin:", "account_", "mfa_", "usersessions_")
ASKED_TO_SIGN_IN = 302
NOT_FOUND = {404}
REFUSED_BY_API = {401, 403, 404}
# A door that is open may still say that the form is empty or that the step is no longer possible.
INSIDE = {200, 201, 204, 301, 302, 400, 409, 422}


def addresses(patterns: Any, namespace: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from addresses(each.url_patterns, inner)
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name}"


def ours() -> set[str]:
    found = set(addresses(get_resolver().url_patterns))
    return {name for name in found if not name.startswith(OTHERS)}


def test_every_address_is_in_the_matrix_and_no_other() -> None:
    assert ours() == set(MATRIX)


def test_every_role_of_the_cast_is_in_the_matrix(everything: Everything) -> None:
    assert set(everything.cast.roles()) == EVERYBODY


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_the_door_is_open_to_those_and_only_those(everything: Everything, name: str) -> None:
    seen = {role: knock(name, user, everything) for role, user in everything.cast.roles().items()}
    wrong = {role: answer for role, answer in seen.items() if not is_right(name, role, answer)}
    assert wrong == {}


def knock(name: str, user: User | None, everything: Everything) -> tuple[int, str]:
    """Ask for the address as `user`, and take back whatever it changed."""
    door, client = MATRIX[name], Client()
    with transaction.atomic():
        if user is not None:
            client.force_login(user)
        address = reverse(name, kwargs=door.names(everything))
        send = getattr(client, door.method)
        response: HttpResponse = send(address, door.data(everything), **as_json(name, door.method))
        transaction.set_rollback(True)
    return response.status_code, response.get("Location", "")


def is_right(name: str, role: str, answer: tuple[int, str]) -> bool:
    status, location = answer
    sent_to_sign_in = status == ASKED_TO_SIGN_IN and location.startswith("/konto/login/")
    if role in MATRIX[name].open_to:
        return status in INSIDE and not sent_to_sign_in
    refused = REFUSED_BY_API if name.startswith("api:") else NOT_FOUND
    return status in refused or (role == "anonymous" and sent_to_sign_in)
