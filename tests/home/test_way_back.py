"""From each list to a page about one of its rows, and back to the same list, at that row."""

from html import escape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.internships.enums import InternshipState
from tests.cast import Cast
from tests.factories import (
    ConceptFactory,
    FollowUpFactory,
    InternshipFactory,
    MunicipalityFactory,
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
)


@pytest.fixture
def rows(cast: Cast) -> dict[str, Any]:
    someone = ParticipantFactory(unit=cast.unit, coach=cast.coach)
    internship = InternshipFactory(participant=someone, planned_by=cast.coach, state=InternshipState.ONGOING)
    return {
        "participant": cast.pia,
        "opening": cast.opening,
        "employer": cast.bakery,
        "internship": internship,
        "concept": ConceptFactory(pk=1626),  # a number that is written "1 626" in words
        "staff": cast.manager,
        "follow_up": FollowUpFactory(internship=internship),
        "proposal": ProposalFactory(opening=cast.opening, participant=someone),
    }


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


# The list, what its address is about, what is asked of it; a page about a row, and what that is about.
LISTS = [
    (
        "participants:participant_list",
        [],
        "coach=all&sort=-name",
        "participants:participant_detail",
        ["participant"],
    ),
    ("participants:participant_list", [], "coach=all", "participants:participant_edit", ["participant"]),
    ("employers:employer_list", [], "kind=&sort=-created", "employers:employer_detail", ["employer"]),
    ("employers:opening_list", [], "kind=internship&sort=starts", "employers:opening_detail", ["opening"]),
    ("internships:internship_list", [], "coach=all&page=1", "internships:internship_detail", ["internship"]),
    ("internships:follow_up_list", [], "which=&coach=all", "internships:follow_up_answer", ["follow_up"]),
    ("matching:proposal_list", [], "sort=-person", "matching:proposal_detail", ["proposal"]),
    ("skills:concept_list", [], "kind=skill", "skills:concept_detail", ["concept"]),
]


@pytest.mark.parametrize(("name", "about", "asked", "page", "of"), LISTS)
def test_a_page_leads_back_to_its_row_in_the_list_as_it_was_left(
    cast: Cast, rows: dict[str, Any], name: str, about: list[str], asked: str, page: str, of: list[str]
) -> None:
    client, row = signed_in(cast.coach), rows[of[-1]]
    listed = f"{reverse(name, args=[rows[each].pk for each in about])}?{asked}"
    assert f'id="row-{row.pk}"' in client.get(listed).content.decode()

    shown = client.get(reverse(page, args=[rows[each].pk for each in of])).content.decode()

    assert f'href="{escape(listed)}#row-{row.pk}"' in shown


def test_the_staff_is_led_back_to_as_it_was_left(cast: Cast) -> None:
    client = signed_in(cast.administrator)
    listed = f"{reverse('staff:person_list')}?role=manager"
    assert f'id="row-{cast.manager.pk}"' in client.get(listed).content.decode()

    shown = client.get(reverse("staff:person_detail", args=[cast.manager.pk])).content.decode()

    assert f'href="{listed}#row-{cast.manager.pk}"' in shown


def crumbs(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page.split('<nav class="wrap crumbs"')[1].split("</nav>")[0]


class TestFromTheCandidatesOfAnOpening:
    def test_the_page_of_a_person_leads_back_to_them(self, cast: Cast) -> None:
        client = signed_in(cast.coach)
        listed = f"{reverse('matching:candidates', args=[cast.opening.pk])}?page=1"
        link = f"{cast.pia.get_absolute_url()}?kandidat-till={cast.opening.pk}"
        assert client.get(listed).status_code == 200

        assert f'href="{listed}#row-{cast.pia.pk}"' in crumbs(client, link)
        assert cast.opening.get_absolute_url() in crumbs(client, link)

    @pytest.mark.parametrize("of", ["nothing", "00000000-0000-0000-0000-000000000000", "strangers"])
    def test_what_the_reader_may_not_see_is_not_named(self, cast: Cast, of: str) -> None:
        strangers = OpeningFactory(
            title="Hemligt arbete", workplace__employer__municipality=MunicipalityFactory(name="Annanstad")
        )
        key = strangers.pk if of == "strangers" else of

        shown = crumbs(signed_in(cast.coach), f"{cast.pia.get_absolute_url()}?kandidat-till={key}")

        assert reverse("participants:participant_list") in shown
        assert "Hemligt arbete" not in shown


def test_what_opens_doors_leads_back_to_the_places_as_they_were_left(
    cast: Cast, rows: dict[str, Any]
) -> None:
    client = signed_in(cast.coach)
    places = f"{reverse('matching:openings_for', args=[cast.pia.pk])}?kind=internship"
    assert client.get(places).status_code == 200

    shown = client.get(reverse("matching:skills_to_learn", args=[cast.pia.pk])).content.decode()

    assert f'href="{places}"' in shown


def test_a_follow_up_saved_by_telephone_leads_back_to_the_list_as_it_was_left(
    cast: Cast, rows: dict[str, Any]
) -> None:
    client, listed = signed_in(cast.coach), reverse("internships:follow_up_list") + "?which=&coach=all"
    client.get(listed)

    page = client.get(reverse("internships:follow_up_answer", args=[rows["follow_up"].pk]) + "?fran=lista")

    assert page.context["back"] == listed


def test_who_signs_in_on_the_same_device_is_led_to_the_whole_list(cast: Cast) -> None:
    client, address = signed_in(cast.coach), reverse("employers:employer_list")
    client.get(address + "?q=bageri")
    client.force_login(cast.manager)

    shown = client.get(reverse("employers:employer_detail", args=[cast.bakery.pk])).content.decode()

    assert f'href="{address}#row-{cast.bakery.pk}"' in shown


def test_the_session_is_written_once_for_the_same_list(cast: Cast) -> None:
    client, listed = signed_in(cast.coach), reverse("employers:employer_list")
    client.get(listed)
    with CaptureQueriesContext(connection) as whole:
        client.get(listed)
    client.get(listed + "?kind=company")
    with CaptureQueriesContext(connection) as narrowed:
        client.get(listed + "?kind=company")

    assert len(narrowed) == len(whole)


def test_a_visitor_gets_no_session_from_a_list(client: Client, cast: Cast) -> None:
    client.get(reverse("employers:opening_list") + "?q=bageri")

    assert not Session.objects.exists()
