"""One rule for every list: what is typed finds the same people, employers and openings, in the same order."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.employers.models import Employer, Opening, Workplace
from backend.participants.models import Participant
from tests.factories import EmployerFactory, OpeningFactory, ParticipantFactory

pytestmark = pytest.mark.django_db

NAMES = [
    "Bohman",
    "Öhman",
    "Linnéa",
    "Häggström",
    "Heggström",
    "So\u0308derstro\u0308m",
    "Łukasz",
    "ÅNGSTRÖM",
    "Bergstrand",
    "Berg",
    "Lindberg",
]
# What is typed, and what is found, the best first.
FOUND = [
    ("ohman", ["Öhman", "Bohman"]),
    ("öhman", ["Öhman", "Bohman"]),
    ("linnea", ["Linnéa"]),
    ("LINNÉA", ["Linnéa"]),
    ("linne\u0301a", ["Linnéa"]),
    ("heggström", ["Heggström", "Häggström"]),
    ("häggström", ["Häggström", "Heggström"]),
    ("soderstrom", ["So\u0308derstro\u0308m"]),
    ("Söderström", ["So\u0308derstro\u0308m"]),
    ("SÖDERSTRÖM", ["So\u0308derstro\u0308m"]),
    ("lukasz", ["Łukasz"]),
    ("łUKASZ", ["Łukasz"]),
    ("ångström", ["ÅNGSTRÖM"]),
    ("berg", ["Berg", "Bergstrand", "Lindberg"]),
    ("strand berg", ["Bergstrand"]),
    ("xyzzy", []),
    ("%", []),
    ("_", []),
    ("'; drop table", []),
]


class People:
    page = reverse("participants:participant_list")

    def __init__(self, cast) -> None:
        ParticipantFactory.create_batch(
            2, first_name="Ada", last_name="Annan", coach=cast.coach, unit=cast.unit
        )
        for name in NAMES:
            ParticipantFactory(first_name="Ada", last_name=name, coach=cast.coach, unit=cast.unit)

    def found(self, response) -> list[str]:
        return [person.last_name for person, _added in response.context["rows"]]


class Employers:
    page = reverse("employers:employer_list")

    def __init__(self, cast) -> None:
        for name in NAMES:
            EmployerFactory(name=name, municipality=cast.municipality)

    def found(self, response) -> list[str]:
        return [employer.name for employer in response.context["page"]]


class Openings:
    page = reverse("employers:opening_list")

    def __init__(self, cast) -> None:
        for name in NAMES:
            OpeningFactory(title=name, workplace__employer=cast.bakery, description="Du hjälper till.")

    def found(self, response) -> list[str]:
        return [opening["title"] for opening in response.context["page"]]


@pytest.fixture(params=[People, Employers, Openings])
def listed(request, cast):
    return request.param(cast)


@pytest.fixture
def coach(client, cast) -> Client:
    client.force_login(cast.coach)
    return client


@pytest.mark.parametrize(("typed", "names"), FOUND)
def test_finds_by_one_rule(coach, listed, typed, names):
    response = coach.get(listed.page, {"q": typed})

    assert response.status_code == 200
    assert listed.found(response) == names


def test_a_chosen_order_holds_among_those_found_equally_well(coach, listed, cast):
    response = coach.get(People.page, {"q": "ada", "sort": "-name"})

    if isinstance(listed, People):
        backwards = ["Öhman", "ÅNGSTRÖM", "So\u0308derstro\u0308m", "Łukasz", "Linnéa", "Lindberg"]
        assert listed.found(response)[:6] == backwards


def test_searching_takes_as_many_queries_as_not_searching(
    coach, listed, django_assert_max_num_queries, django_assert_num_queries
):
    words = {"q": "berg strand ohman linnea"}
    coach.get(listed.page)  # the first look of a session writes when it was
    with django_assert_max_num_queries(10) as without:
        coach.get(listed.page)
    # Before there is a catalogue, what openings are searched by is read anew each time.
    most = len(without) + (8 if isinstance(listed, Openings) else 2)
    coach.get(listed.page, words)  # the first look at it is remembered for the way back
    with django_assert_max_num_queries(most):
        coach.get(listed.page, words)


class TestCodes:
    @pytest.mark.parametrize(
        "typed", ["D-ABC123", "dabc123", "d abc123", "ABC123", "070-123 45 67", "+46701234567"]
    )
    def test_find_a_person(self, coach, cast, typed):
        wanted = ParticipantFactory(
            coach=cast.coach, unit=cast.unit, reference="D-ABC123", phone="070 123 45 67", last_name="Rätt"
        )

        response = coach.get(People.page, {"q": typed})

        assert [person for person, _added in response.context["rows"]] == [wanted]

    @pytest.mark.parametrize(
        "typed", ["559900-0024", "55 99 00 00 24", "16559900-0024", "SE559900002401", "559900"]
    )
    def test_find_an_employer(self, coach, cast, typed):
        cast.bakery.organisationsnummer = "5560004615"
        cast.bakery.save()
        wanted = EmployerFactory(organisationsnummer="5599000024", municipality=cast.municipality)

        response = coach.get(Employers.page, {"q": typed})

        assert wanted in response.context["page"].object_list
        assert cast.bakery not in response.context["page"].object_list

    def test_find_an_employer_by_who_answers_the_telephone(self, coach, cast):
        cast.employer_member.phone = "016-12 34 56"
        cast.employer_member.save()

        response = coach.get(Employers.page, {"q": "+46 16 123456"})

        assert list(response.context["page"]) == [cast.bakery]


class TestElsewhere:
    """Somebody of another unit is hinted at by count only."""

    @pytest.fixture
    def beside(self, cast):
        common = {"unit": cast.other_unit, "coach": cast.other_coach}
        ParticipantFactory(first_name="Egon", last_name="Häggström", **common)
        ParticipantFactory(first_name="Dold", last_name="Häggström", is_protected=True, **common)
        ParticipantFactory(first_name="Slut", last_name="Häggström", state="ended", **common)
        ParticipantFactory(first_name="Fjärran", last_name="Häggström", unit__municipality__name="Annanstad")

    def test_says_how_many_and_no_name(self, coach, beside):
        response = coach.get(People.page, {"q": "haggstr"})

        assert response.context["elsewhere"] == 1
        assert "Egon" not in response.content.decode()
        assert "1 i en annan enhet i kommunen" in response.content.decode()

    @pytest.mark.parametrize("typed", ["ha", "ggström", "heggström", ""])
    def test_says_nothing_of_what_is_hardly_a_name(self, coach, beside, typed):
        assert coach.get(People.page, {"q": typed}).context["elsewhere"] == 0

    def test_leads_to_a_colleague_of_the_same_unit(self, coach, cast):
        ParticipantFactory(first_name="Egon", last_name="Häggström", unit=cast.unit, coach=cast.manager)

        mine = coach.get(People.page, {"q": "häggström"})
        everybodys = coach.get(People.page, {"q": "häggström", "coach": "all"})

        assert (len(mine.context["rows"]), mine.context["with_colleagues"]) == (0, 1)
        assert (len(everybodys.context["rows"]), everybodys.context["with_colleagues"]) == (1, 0)


class TestKeysFollowTheRow:
    """Whatever service writes the words, the keys say the same afterwards."""

    @pytest.mark.parametrize("model", [Participant, Employer, Workplace, Opening])
    def test_of_the_cast(self, cast, model):
        for row in model.objects.order_by("pk"):
            kept = [getattr(row, name) for name in ("search_key", "sound_key")]
            row.save()
            assert kept == [getattr(row, name) for name in ("search_key", "sound_key")]
            assert kept[0].strip()
