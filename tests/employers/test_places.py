"""Taking and giving back places of an opening."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from backend.core.models import AuditEntry
from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from backend.employers.services import release_place, take_place
from tests.factories import OpeningFactory, UserFactory
from tests.factories.base import NOW
from tests.refusals import refused_for


@pytest.fixture
def opening(db):
    return OpeningFactory(places=2)


class TestTakePlace:
    def test_takes_one_and_leaves_the_rest(self, opening):
        taken = take_place(opening_id=opening.pk, by=opening.created_by, at=NOW)

        assert (taken.places_left, taken.state) == (1, OpeningState.PUBLISHED)

    def test_the_last_place_fills_the_opening(self, opening):
        take_place(opening_id=opening.pk, by=opening.created_by, at=NOW)
        take_place(opening_id=opening.pk, by=opening.created_by, at=NOW)

        opening.refresh_from_db()
        assert (opening.places_left, opening.state) == (0, OpeningState.FILLED)

    def test_is_written_to_the_log(self, opening):
        take_place(opening_id=opening.pk, by=opening.created_by, at=NOW)

        [entry] = AuditEntry.objects.about(opening)
        assert (entry.action, entry.by, entry.at) == ("place_taken", opening.created_by, NOW)

    @pytest.mark.parametrize(
        "state",
        [OpeningState.DRAFT, OpeningState.AWAITING_APPROVAL, OpeningState.FILLED, OpeningState.CLOSED],
    )
    def test_only_a_published_opening_has_places(self, db, state):
        opening = OpeningFactory(state=state)

        with refused_for("no_place"):
            take_place(opening_id=opening.pk, by=opening.created_by, at=NOW)

        opening.refresh_from_db()
        assert opening.places_taken == 0
        assert not AuditEntry.objects.about(opening).exists()


class TestReleasePlace:
    def test_opens_a_full_opening_again(self, db):
        opening = OpeningFactory(places=1)
        take_place(opening_id=opening.pk, by=opening.created_by, at=NOW)

        released = release_place(opening_id=opening.pk, by=opening.created_by, at=NOW)

        assert (released.places_left, released.state) == (1, OpeningState.PUBLISHED)

    def test_leaves_a_closed_opening_closed(self, db):
        opening = OpeningFactory(state=OpeningState.CLOSED, places_taken=1)

        assert release_place(opening_id=opening.pk, by=None, at=NOW).state == OpeningState.CLOSED

    def test_nothing_taken_is_nothing_to_give_back(self, opening):
        with refused_for("none_taken"):
            release_place(opening_id=opening.pk, by=opening.created_by, at=NOW)

        opening.refresh_from_db()
        assert (opening.places_taken, opening.state) == (0, OpeningState.PUBLISHED)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("places", "takers"), [(1, 10), (3, 10)])
def test_of_ten_who_take_the_last_places_at_once_as_many_get_one_as_there_are(places, takers):
    opening = OpeningFactory(places=places)
    by = UserFactory()
    together = Barrier(takers)

    def take() -> bool:
        together.wait()
        try:
            take_place(opening_id=opening.pk, by=by, at=NOW)
        except ValidationError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(takers) as pool:
        outcomes = list(pool.map(lambda _: take(), range(takers)))

    opening = Opening.objects.get(pk=opening.pk)
    assert outcomes.count(True) == places == opening.places_taken
    assert opening.state == OpeningState.FILLED
    assert AuditEntry.objects.about(opening).filter(action="place_taken").count() == places
