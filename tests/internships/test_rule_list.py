"""The rules of placements can be read in the product, each with its source and how sure we are of it."""

from datetime import timedelta

import time_machine
from django.test import Client
from django.urls import reverse

from backend.internships.enums import Certainty
from backend.internships.models import PlacementRule
from tests.cast import Cast
from tests.factories.base import NOW, TODAY


def page_for(cast: Cast) -> str:
    client = Client()
    client.force_login(cast.administrator)
    with time_machine.travel(NOW, tick=False):
        return client.get(reverse("internships:rule_list")).content.decode()


def test_it_shows_what_is_in_force_and_nothing_else(cast: Cast) -> None:
    said = {"kind": "arbetsprovning", "longest_days": 21, "certainty": Certainty.STATUTE_READ}
    PlacementRule.objects.create(
        **said, source="1999:1 § 1", valid_from=TODAY - timedelta(days=9), valid_to=TODAY - timedelta(days=1)
    )
    PlacementRule.objects.create(
        **said, source="2999:1 § 1", valid_from=TODAY - timedelta(days=1), is_statute=True
    )

    page = page_for(cast)

    assert "2999:1 § 1" in page
    assert "21 dagar" in page
    assert "1999:1 § 1" not in page
