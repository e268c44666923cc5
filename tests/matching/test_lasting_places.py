"""Lasting places without any advertisement are found from a person, with hours as a hard condition."""

from datetime import time
from decimal import Decimal

import pytest
from django.urls import reverse

from backend.employers.capacity.offering import Day
from backend.employers.services import offer_places
from tests.factories import SkillEvidenceFactory
from tests.factories.base import NOW


@pytest.fixture
def lasting(cast):
    fields = {
        "workplace": cast.opening.workplace,
        "work": "sortera kläder, laga möbler",
        "placement_kind": "arbetstraning",
        "places": 2,
    }
    days = [Day.between(code, time(9), time(12)) for code in ("1", "2", "3")]
    return offer_places(fields=fields, days=days, by=cast.employer_member, at=NOW)


@pytest.mark.parametrize(("fewest", "most", "is_found"), [(5, 20, True), (20, 30, False), (None, None, True)])
def test_hours_that_the_days_do_not_have_take_them_out(client, cast, lasting, fewest, most, is_found):
    assert lasting.hours_max == Decimal(9)
    cast.pia.hours_min, cast.pia.hours_max = fewest, most
    cast.pia.save()
    SkillEvidenceFactory(participant=cast.pia, text="sortera kläder")
    client.force_login(cast.coach)

    answer = client.get(reverse("api:openings_for", args=[cast.pia.pk])).json()

    found = [each["id"] for each in answer["rows"]]
    assert (str(lasting.opening.pk) in found) == is_found
