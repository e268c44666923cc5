"""Calls made of the schema of the API break nothing and are answered as it says."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
import time_machine
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.factories.base import NOW
from tests.permissions.world import Everything

TOKEN = "t" * 32
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


@pytest.fixture
def headers(everything: Everything) -> dict[str, str]:
    """Return those of a coach who is signed in, as a browser sends them."""
    client = Client()
    client.force_login(everything.cast.coach)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    return {"Cookie": cookies, "X-CSRFToken": TOKEN}


@pytest.fixture
def _kept_connection() -> Iterator[None]:
    """Keep the connection of the test between requests, as Django's own client does (ClientHandler)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))  # type: ignore[no-untyped-call]
schema.app = get_wsgi_application()


@pytest.mark.django_db
@pytest.mark.usefixtures("_kept_connection")
@schema.parametrize()
@hypothesis.settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_call_made_of_the_schema_is_answered_as_it_says(case: Any, headers: dict[str, str]) -> None:
    with time_machine.travel(NOW, tick=False):
        case.call_and_validate(headers=headers, checks=CHECKS)
