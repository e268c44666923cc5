"""One search from every page of staff: person, employer, opening, as far as the reader may see."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.models import ReadEntry
from backend.employers.models import Opening
from backend.participants.services import protect_participant
from tests.cast import Cast
from tests.factories import OpeningFactory, ParticipantFactory
from tests.factories.base import NOW

PAGE = reverse("home:search")


def answer(user: Any, text: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(PAGE, {"q": text})


def keys(user: Any, text: str) -> set[Any]:
    found = answer(user, text).context["found"]
    return {row.pk for kind in found for row in kind.rows}


@pytest.fixture
def bergs(cast: Cast) -> list[Any]:
    return [
        ParticipantFactory(unit=cast.unit, coach=cast.coach, first_name="Anna", last_name="Kristoffersson"),
        ParticipantFactory(unit=cast.unit, coach=cast.coach, first_name="Bo", last_name="Kristoffersson"),
    ]


class TestSearch:
    def test_finds_people_employers_and_openings_with_counts(self, cast: Cast) -> None:
        ParticipantFactory(unit=cast.unit, coach=cast.coach, last_name="Bageriet")
        page = answer(cast.coach, "bageriet")
        kinds = {kind.name: kind.count for kind in page.context["found"]}
        assert kinds == {"people": 1, "employers": 1, "openings": 1}
        assert "3 träffar" in page.content.decode()

    def test_hears_a_misspelling(self, cast: Cast, bergs: list[Any]) -> None:
        assert keys(cast.coach, "christofferson") == {each.pk for each in bergs}

    def test_one_hit_is_gone_to_at_once(self, cast: Cast) -> None:
        assert answer(cast.coach, cast.pia.reference)["Location"] == cast.pia.get_absolute_url()
        assert answer(cast.coach, "snickeriet")["Location"] == reverse(
            "employers:employer_detail", args=[cast.joinery.pk]
        )

    def test_is_of_the_readers_units_alone(self, cast: Cast, bergs: list[Any]) -> None:
        assert keys(cast.manager, "kristoffersson") == {each.pk for each in bergs}
        assert keys(cast.other_coach, "kristoffersson") == set()
        assert keys(cast.administrator, "kristoffersson") == set()

    def test_never_finds_a_protected_identity(self, cast: Cast, bergs: list[Any]) -> None:
        protect_participant(participant_id=bergs[0].pk, handlers=[cast.coach], by=cast.coach, at=NOW)
        assert answer(cast.coach, "anna kristoffersson").context["count"] == 0

    def test_writes_down_who_was_seen(self, cast: Cast, bergs: list[Any]) -> None:
        answer(cast.coach, "kristoffersson")
        rows = ReadEntry.objects.filter(by=cast.coach)
        assert set(rows.values_list("subject_id", "page")) == {(each.pk, "home.search") for each in bergs}

    def test_what_is_not_found_says_what_to_try(self, cast: Cast) -> None:
        assert "annan stavning" in answer(cast.coach, "zzzzqqq").content.decode()

    def test_without_words_it_says_what_to_write(self, cast: Cast) -> None:
        assert "Skriv ett namn" in answer(cast.coach, " ").content.decode()

    def test_takes_as_many_queries_for_many_as_for_few(
        self, cast: Cast, bergs: list[Any], django_assert_max_num_queries: Any
    ) -> None:
        client = Client()
        client.force_login(cast.coach)
        client.get(PAGE, {"q": "a"})
        for _number in range(12):
            ParticipantFactory(unit=cast.unit, coach=cast.coach, last_name="Kristoffersson")
            OpeningFactory(workplace=cast.opening.workplace, title="Kristoffersson")
        with django_assert_max_num_queries(10):
            found = client.get(PAGE, {"q": "kristoffersson"}).context["found"]
        assert [(kind.count, len(kind.rows)) for kind in found] == [(14, 10), (0, 0), (12, 10)]
        assert Opening.objects.count() == 13


class TestTheField:
    @pytest.mark.parametrize("who", ["coach", "manager", "administrator"])
    def test_stands_on_every_page_of_staff_without_javascript(self, cast: Cast, who: str) -> None:
        client = Client()
        client.force_login(getattr(cast, who))
        for name in ("employers:opening_list", "core:message_list", "home:search"):
            page = client.get(reverse(name)).content.decode()
            assert f'action="{PAGE}"' in page
            assert 'aria-keyshortcuts="/ Control+K"' in page

    @pytest.mark.parametrize("who", ["employer_member", "participant_user"])
    def test_is_not_there_for_others(self, cast: Cast, who: str) -> None:
        client = Client()
        client.force_login(getattr(cast, who))
        assert f'action="{PAGE}"' not in client.get(reverse("employers:opening_list")).content.decode()
        assert client.get(PAGE, {"q": "pia"}).status_code == 404
