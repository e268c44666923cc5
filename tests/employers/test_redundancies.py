"""Redundancies: noted by staff, put otherwise or taken back with a trace, and never read by the employer."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from backend.accounts.enums import Persona
from backend.core.models import AuditEntry
from backend.core.timeline import timeline
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.models import Redundancy, Workplace
from backend.employers.services import correct_redundancies, record_redundancies, take_back_redundancies
from tests.cast import Cast
from tests.factories import WorkplaceFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

DAY = timedelta(days=1)
SAID: dict[str, Any] = {"happened_on": TODAY - 30 * DAY, "how_many": 4, "words": "Kvällspasset lades ned."}
API = "/api/v1/redundancies/"


def noted(cast: Cast, **changes: Any) -> Redundancy:
    who = {"employer_id": cast.bakery.pk, "by": cast.coach, "at": NOW}
    return record_redundancies(**(SAID | who | changes))


def correct(cast: Cast, row: Redundancy, **changes: Any) -> Redundancy:
    who = {"redundancy_id": row.pk, "why": "Två fick stanna.", "by": cast.manager, "at": NOW + DAY}
    return correct_redundancies(**(SAID | who | changes))


class TestNote:
    def test_keeps_who_noted_what_and_when(self, cast: Cast) -> None:
        row = noted(cast, words=" Kvällspasset lades ned. ", workplace_id=cast.opening.workplace_id)

        row.refresh_from_db()
        assert (row.how_many, row.words, row.noted_by, row.noted_at) == (4, SAID["words"], cast.coach, NOW)
        assert row.workplace == cast.opening.workplace
        assert AuditEntry.objects.filter(subject_id=cast.bakery.pk, action="redundancies_noted").count() == 1

    def test_is_refused_for_a_day_to_come(self, cast: Cast) -> None:
        with refused_for("redundancy_to_come"):
            noted(cast, happened_on=TODAY + DAY)
        assert not Redundancy.objects.exists()

    @pytest.mark.parametrize(
        ("said", "code"),
        [({"words": " "}, "blank"), ({"how_many": 0}, "min_value"), ({"how_many": 20_000}, "max_value")],
    )
    def test_needs_words_and_a_number(self, cast: Cast, said: dict[str, Any], code: str) -> None:
        with refused_for(code):
            noted(cast, **said)
        assert not Redundancy.objects.exists()

    @pytest.mark.parametrize("who", ["employer_member", "participant_user"])
    def test_is_for_staff_of_the_municipality(self, cast: Cast, who: str) -> None:
        row = noted(cast)

        with pytest.raises(ObjectDoesNotExist):
            noted(cast, by=getattr(cast, who))
        assert not Redundancy.objects.visible_to(getattr(cast, who)).exists()
        assert list(Redundancy.objects.visible_to(cast.other_coach)) == [row]

    def test_a_workplace_of_another_is_none(self, cast: Cast) -> None:
        other = WorkplaceFactory(employer=cast.joinery)
        with pytest.raises(Workplace.DoesNotExist):
            noted(cast, workplace_id=other.pk)

    def test_the_employer_reads_nothing_of_it(self, cast: Cast) -> None:
        noted(cast)

        told = [each.action for each in timeline(cast.bakery, reader=Persona.EMPLOYER)]
        assert "redundancies_noted" not in told


class TestPutRight:
    def test_what_stood_is_kept_and_counts_no_more(self, cast: Cast) -> None:
        wrong = noted(cast)

        right = correct(cast, wrong, how_many=2)

        wrong.refresh_from_db()
        assert (wrong.how_many, wrong.taken_back_by, wrong.taken_back_why) == (
            4,
            cast.manager,
            "Två fick stanna.",
        )
        assert (right.how_many, right.instead_of, wrong.put_otherwise) == (2, wrong, right)
        assert list(Redundancy.objects.that_hold()) == [right]

    def test_nothing_is_changed_where_what_is_right_is_refused(self, cast: Cast) -> None:
        wrong = noted(cast)
        with refused_for("redundancy_to_come"), transaction.atomic():
            correct(cast, wrong, happened_on=TODAY + 9 * DAY)

        assert list(Redundancy.objects.that_hold()) == [wrong]

    def test_taken_back_says_what_was_wrong(self, cast: Cast) -> None:
        row = noted(cast)
        take_back: dict[str, Any] = {"redundancy_id": row.pk, "by": cast.coach, "at": NOW}
        with refused_for("redundancy_without_reason"):
            take_back_redundancies(**take_back, why=" ")

        take_back_redundancies(**take_back, why="Fel arbetsgivare.")

        assert not Redundancy.objects.that_hold().exists()
        assert Redundancy.objects.get().taken_back_why == "Fel arbetsgivare."
        with pytest.raises(TransitionNotAllowed):
            take_back_redundancies(**take_back, why="Igen.")
        with pytest.raises(TransitionNotAllowed):
            correct(cast, row)

    def test_is_for_staff_of_the_municipality(self, cast: Cast) -> None:
        row = noted(cast)
        for who in (cast.employer_member, cast.participant_user):
            with pytest.raises(Redundancy.DoesNotExist):
                take_back_redundancies(redundancy_id=row.pk, why="Nej.", by=who, at=NOW)
            with pytest.raises(Redundancy.DoesNotExist):
                correct(cast, row, by=who)

    @pytest.mark.parametrize("facts", [{"words": ""}, {"how_many": 0}, {"taken_back_why": "Fel."}])
    def test_the_database_says_it_again(self, cast: Cast, facts: dict[str, Any]) -> None:
        row = noted(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Redundancy.objects.filter(pk=row.pk).update(**facts)


class TestPages:
    def test_staff_note_correct_and_take_back_on_the_trust_page(self, cast: Cast, client: Client) -> None:
        trust = reverse("safeguarding:trust_page", args=[cast.bakery.pk])
        with time_machine.travel(NOW, tick=False):
            client.force_login(cast.coach)
            record = reverse("safeguarding:redundancy_record", args=[cast.bakery.pk])
            assert record in client.get(trust).content.decode()
            client.post(record, {**SAID, "workplace": cast.opening.workplace_id})
            row = Redundancy.objects.get()
            url = reverse("safeguarding:redundancy_correct", args=[row.pk])
            assert SAID["words"] in client.get(url).content.decode()
            client.post(url, {**SAID, "how_many": 3, "why": "En fick stanna."})
            right = Redundancy.objects.that_hold().get()
            url = reverse("safeguarding:redundancy_take_back", args=[right.pk])
            client.post(url, {"why": "Det gällde en annan bagare."})

            page = client.get(trust).content.decode()
            assert client.get(url).status_code == 404
        assert (right.how_many, right.workplace) == (3, None)
        assert "En fick stanna." in page
        assert "Det gällde en annan bagare." in page


class TestApi:
    def send(self, user: Any, path: str = API, **said: Any) -> Any:
        client = APIClient()
        client.force_authenticate(user)
        return client.post(path, said, format="json")

    def test_notes_corrects_and_takes_back(self, cast: Cast) -> None:
        said = {**SAID, "employer": str(cast.bakery.pk)}
        with time_machine.travel(NOW, tick=False):
            made = self.send(cast.coach, **said)
            assert (made.status_code, made.json()["how_many"]) == (201, 4)
            one = f"{API}{made.json()['id']}/"
            right = self.send(cast.coach, f"{one}correct/", **SAID, why="Fel dag.")
            assert (right.status_code, right.json()["instead_of"]) == (201, made.json()["id"])
            assert self.send(cast.coach, f"{one}take-back/", why="Igen.").status_code == 409
            gone = self.send(cast.coach, f"{API}{right.json()['id']}/take-back/", why="Fel.")
        assert gone.json()["taken_back_why"] == "Fel."
        assert Redundancy.objects.count() == 2

    def test_strangers_know_of_none(self, cast: Cast) -> None:
        row = noted(cast)
        said = {**SAID, "employer": str(cast.bakery.pk)}
        for stranger in (cast.employer_member, cast.participant_user):
            assert self.send(stranger, **said).status_code == 404
            assert self.send(stranger, f"{API}{row.pk}/take-back/", why="Nej.").status_code == 404
        assert Redundancy.objects.that_hold().count() == 1
