"""The yearly thanks to an employer: its own figures, nobody's name, and nothing of others."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.employers.models import Employer
from backend.internships.enums import InternshipState
from backend.internships.pages.thanks import years_at, years_at_employers
from tests.cast import Cast
from tests.factories import EmploymentFactory, InternshipFactory
from tests.factories.base import NOW, TODAY


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def a_year(cast: Cast) -> None:
    """Pia was there from autumn to winter, and hired; Pelle began this year; Skye never came."""
    common = {"opening": cast.opening, "planned_by": cast.coach}
    pia = InternshipFactory(
        participant=cast.pia,
        state=InternshipState.COMPLETED,
        starts_on=date(2025, 10, 1),
        started_on=date(2025, 10, 1),
        ends_on=date(2026, 1, 15),
        ended_on=date(2026, 1, 15),
        **common,
    )
    InternshipFactory(participant=cast.pelle, state=InternshipState.ONGOING, starts_on=TODAY, **common)
    InternshipFactory(participant=cast.skye, state=InternshipState.NO_SHOW, starts_on=TODAY, **common)
    EmploymentFactory(participant=cast.pia, employer=cast.bakery, internship=pia, starts_on=date(2026, 2, 1))


@pytest.mark.usefixtures("a_year")
class TestTheYear:
    def test_counts_who_came_what_ended_and_who_was_hired(self, cast: Cast) -> None:
        mine = Employer.objects.filter(pk=cast.bakery.pk)

        assert years_at(mine, today=TODAY) == [2026, 2025]
        [now] = years_at_employers(mine, year=2026)
        [before] = years_at_employers(mine, year=2025)
        assert (now.people, now.ended, now.hired) == (2, 1, 1)
        assert (before.people, before.ended, before.hired) == (1, 0, 0)

    def test_tells_no_small_number_of_the_whole_municipality(self, cast: Cast) -> None:
        mine = Employer.objects.filter(pk=cast.bakery.pk)
        assert years_at_employers(mine, year=2026)[0].got_jobs is None

        for _each in range(4):
            EmploymentFactory(
                participant__unit=cast.unit,
                internship=InternshipFactory(opening__workplace__employer=cast.joinery),
                employer=cast.joinery,
                starts_on=TODAY,
            )
        assert years_at_employers(mine, year=2026)[0].got_jobs == 5

    def test_is_a_page_that_names_nobody(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.employer_member)
        page = client.get(reverse("internships:thanks_page", args=[2026])).content.decode()

        assert "2026 var 2 personer på praktik hos er." in page
        assert "En fick jobb hos er." in page
        assert cast.pia.first_name not in page.split("<main")[1]

    @pytest.mark.parametrize("year", [2024, 2027])
    def test_is_only_of_years_that_were(self, cast: Cast, client: Client, year: int) -> None:
        client.force_login(cast.employer_member)
        assert client.get(reverse("internships:thanks_page", args=[year])).status_code == 404

    def test_is_a_paper_for_the_employer_alone(self, cast: Cast, client: Client) -> None:
        address = reverse("internships:thanks_document", args=[2026, cast.bakery.pk])
        client.force_login(cast.employer_member)
        assert client.get(address).content.startswith(b"%PDF-")
        client.force_login(cast.other_employer)
        assert client.get(address).status_code == 404
