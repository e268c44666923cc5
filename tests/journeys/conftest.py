"""A browser, a server and a small municipality."""

import os
from collections.abc import Callable, Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from backend.accounts.enums import Role
from backend.accounts.models import User
from tests.factories import AssignmentFactory, MunicipalityFactory, UnitFactory, UserFactory
from tests.journeys.visitor import CHROMIUM_ARGUMENTS, DESK, Visitor, chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, beside which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        yield window
        window.close()
        connection.close()  # the one that belongs to the event loop


@pytest.fixture
def municipality(transactional_db: None) -> dict[str, User]:
    """A municipality with gazetteer, catalogue, one unit, a coach and a manager."""
    call_command("load_gazetteer", verbosity=0)
    call_command("import_catalogue", "starter", verbosity=0)
    unit = UnitFactory(name="Arbetsmarknad", municipality=MunicipalityFactory(name="Exempelstad"))
    staff = {}
    for name, role in (("cecilia", Role.COACH), ("maria", Role.MANAGER)):
        user = UserFactory(name=name.title(), email=f"{name}@exempelstad.example", phone="016-12 34 56")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        AssignmentFactory(user=user, unit=unit, role=role)
        staff[name] = user
    return staff


@pytest.fixture
def arrive(browser: Browser, live_server: "object") -> Callable[..., Visitor]:
    """Let somebody new sit down at a browser, or take out a phone."""
    return lambda width=DESK: Visitor.arrive(browser, live_server.url, width)  # type: ignore[attr-defined]
