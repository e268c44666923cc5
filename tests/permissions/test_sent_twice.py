"""Whatever makes something is done once, however often its form is sent: one row, one mail, one answer."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.core.models import AuditEntry, OutboxMessage, SentForm
from backend.core.running.jobs import SENT_FORMS_KEPT, forget_sent_forms
from backend.employers.models import Opening
from backend.internships.enums import InternshipState
from backend.internships.models import Concern, Internship
from backend.matching.models import Proposal
from backend.participants.models import Participant
from tests.factories import InternshipFactory, OpeningFactory, ParticipantFactory
from tests.factories.base import NOW, TODAY
from tests.permissions.matrix import MATRIX
from tests.permissions.world import Everything

Data = Callable[[Everything], dict[str, Any]]
MAKES = (
    *("create", "register", "raise", "plan", "place", "convert", "propose", "add", "set"),
    *("invite", "record"),
)


def rows(*prefixes: str, **first: Any) -> dict[str, Any]:
    """Return a formset of no rows for each of `prefixes`; `skills={...}` is one row of that formset."""
    data = {f"{prefix}-{name}": 0 for prefix in prefixes for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for prefix, row in first.items():
        data |= {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 0}
        data |= {f"{prefix}-0-{name}": value for name, value in row.items()}
    return data


def file(everything: Everything) -> dict[str, Any]:
    return {
        "first_name": "Nadia",
        "last_name": "Åberg",
        "coach": everything.cast.coach.pk,
        "enrolled_on": TODAY,
        "max_travel_km": 20,
        "hours_min": 10,
        "hours_max": 40,
        **rows("skills", "experiences", "wishes", "languages"),
    }


def opening(everything: Everything) -> dict[str, Any]:
    return {
        "kind": "internship",
        "intent": "may_hire",
        "title": "Bagare",
        "description": "Du bakar bröd.",
        "workplace": everything.workplace.pk,
        "places": 2,
        "hours_min": 20,
        "hours_max": 30,
        "weekdays": ["1"],
        "save": "1",
        **rows("skills", "languages"),
    }


def capacity(everything: Everything) -> dict[str, Any]:
    return {
        "workplace": everything.workplace.pk,
        "work": "baka bröd",
        "placement_kind": "arbetspraktik",
        "weekdays": ["1", "2"],
        "starts_at": "09:00",
        "ends_at": "15:00",
        "places": 2,
        "supervisors": 1,
    }


def closed_week(_all: Everything) -> dict[str, Any]:
    first = timezone.localdate() + timedelta(days=7)
    return {"kind": "closed", "first_on": first, "last_on": first + timedelta(days=4)}


def placement(_all: Everything) -> dict[str, Any]:
    return {
        "kind": "arbetspraktik",
        "starts_on": TODAY.replace(month=TODAY.month + 1),
        "ends_on": TODAY.replace(month=TODAY.month + 2),
        "hours_per_week": 30,
        "tasks": "Baka bröd.",
        "supervisor_name": "Sara Svensson",
        "programme": "none",
        "basis": "arbetsformedlingen",
        "basis_by": "Arbetsförmedlingen",
        "basis_from": TODAY,
        "basis_until": TODAY.replace(year=TODAY.year + 1),
        "decision_reference": "AF-2026/1",
        "insurance": "state",
        "union_asked_on": TODAY,
        "union_outcome": "no_objection",
    }


def job(_all: Everything) -> dict[str, Any]:
    return {
        "title": "Bagare",
        "form": "ordinary",
        "percent": 75,
        "starts_on": TODAY + timedelta(days=4),
        "employer_name": "Kiosken",
    }


def skill(_all: Everything) -> dict[str, Any]:
    return rows("experiences", "wishes", skills={"text": "diska", "level": 2, "source": "self"})


def just(**data: Any) -> Data:
    return lambda _all: data


CHECK = just(
    kinds=["conduct"],
    outcome="clear",
    evidence="Registerutdrag",
    checked_on=TODAY,
    valid_until=TODAY.replace(year=TODAY.year + 1),
)


def week(everything: Everything) -> dict[str, Any]:
    times = {"starts_at_1": "08:00", "ends_at_1": "12:00", "break_1": "0"}
    return {"valid_from": timezone.localdate(), **times}


# Who sends what.
def package(everything: Everything) -> dict[str, Any]:
    return {
        "receiver": f"{everything.cast.agency.pk}:{everything.agency_contact.pk}",
        "purpose": "Inför mötet",
        "items": ["first_name"],
        "valid_until": TODAY + timedelta(days=30),
        "means": "in_person",
    }


def efforts(_all: Everything) -> dict[str, Any]:
    row = {"who": "Iris", "kind": "course", "started": "2018"}
    return {"told_by": "person", **rows("none", efforts=row)}


def case_review(everything: Everything) -> dict[str, Any]:
    return {
        "unit": everything.cast.unit.pk,
        "day": TODAY + timedelta(days=9),
        "clock": "09:00",
        "place": "Rum 3",
        "seats": [f"{everything.cast.agency.pk}:{everything.agency_contact.pk}"],
    }


def to_be_put_on(everything: Everything) -> dict[str, Any]:
    of_unit = {"unit": everything.cast.unit, "coach": everything.cast.coach}
    known = Participant.objects.filter(first_name="Nils").first()
    return {"participant": (known or ParticipantFactory(first_name="Nils", **of_unit)).pk}


FORMS: dict[str, tuple[str, Data]] = {
    "cooperation:review_plan": ("coach", case_review),
    "cooperation:review_case_add": ("coach", to_be_put_on),
    "cooperation:agency_add": ("coach", just(name="Vuxenutbildningen", kind="adult_education")),
    "cooperation:agency_contact_add": (
        "coach",
        just(name="Ines", email="ines@af.example", last_day=TODAY + timedelta(days=90)),
    ),
    "cooperation:intervention_add": ("coach", efforts),
    "cooperation:package_create": ("coach", package),
    "participants:participant_create": ("coach", file),
    "participants:skill_add": ("coach", skill),
    "participants:contact_record": ("coach", just(channel="phone", on=TODAY)),
    "participants:participant_invite": ("coach", just()),
    "employers:opening_create": ("employer_member", opening),
    "employers:capacity_create": ("employer_member", capacity),
    "employers:exception_add": ("employer_member", closed_week),
    "employers:workplace_create": ("employer_member", just(name="Filialen", place="Malmö")),
    "employers:register": (
        "employer_member",
        lambda all_: {
            "municipality": all_.cast.municipality.pk,
            "organisationsnummer": "556000-4615",
            "name": "Nya AB",
            "kind": "company",
        },
    ),
    "employers:check_create": ("coach", CHECK),
    "employers:employer_register": (
        "coach",
        lambda all_: {
            "municipality": all_.cast.municipality.pk,
            "organisationsnummer": "556000-4615",
            "name": "Nya AB",
            "kind": "company",
            "contact_name": "Nils Ny",
            "contact_phone": "070-174 06 05",
            "workplace_name": "Butiken",
            "place": "Eskilstuna",
        },
    ),
    "employers:invitation_create": (
        "employer_member",
        just(email="ny@bageriet.example", role="contact"),
    ),
    "employers:reply_add": ("employer_member", just(answer="accepted", title="Kom", text="Kom klockan nio.")),
    "employers:employer_contact_record": ("coach", just(channel="phone", on=TODAY)),
    "staff:unit_create": ("administrator", just(name="Rehabilitering")),
    "staff:person_invite": (
        "administrator",
        lambda all_: {
            "name": "Nina",
            "email": "nina@exempelstad.example",
            "role": "coach",
            "unit": all_.cast.unit.pk,
        },
    ),
    "internships:internship_plan": ("coach", placement),
    "internships:internship_place": (
        "coach",
        lambda all_: {
            **placement(all_),
            "way_in": "own_place",
            "items": ["first_name"],
            "means": "by_phone",
        },
    ),
    "internships:follow_up_add": ("coach", lambda _all: {"due_on": timezone.localdate()}),
    "activities:schedule_plan": ("coach", week),
    "internships:concern_raise": ("participant_user", just(text="Ensam hela dagen.")),
    "safeguarding:redundancy_record": ("coach", just(happened_on=TODAY, how_many=2, words="Kvällspasset.")),
    "safeguarding:evidence_add": ("coach", just(note="Ingen handleder.")),
    "internships:internship_convert": ("coach", job),
    "internships:employment_create": ("coach", job),
    "matching:draft_create": ("coach", lambda all_: {"participant": [all_.cast.pia.pk]}),
    "matching:propose": ("coach", just(send="", items=["first_name"], means="by_phone", message="Hej")),
}


def only_placement(everything: Everything) -> Proposal:
    """Return the accepted proposal once no other placement or concern is in its way."""
    Internship.objects.update(state=InternshipState.CANCELLED)
    Concern.objects.all().delete()
    return everything.accepted


def somebody_who_waits(everything: Everything) -> dict[str, Any]:
    """Return somebody who has no place yet, and a workplace of Bageriet about which nobody complains."""
    Concern.objects.all().delete()
    person = ParticipantFactory(unit=everything.cast.unit, coach=everything.cast.coach)
    return {"pk": person.pk, "workplace_pk": everything.workplace.pk}


def that_goes_on(everything: Everything) -> dict[str, Any]:
    """Return an internship that goes on today."""
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=10), "ends_on": today + timedelta(days=50)}
    person = ParticipantFactory(unit=everything.cast.unit, coach=everything.cast.coach)
    of = {"participant": person, "opening": OpeningFactory(workplace=everything.workplace)}
    return {"pk": InternshipFactory(state=InternshipState.ONGOING, **of, **days).pk}


# Made at another address than the matrix knocks at: there the pair is proposed already.
ELSEWHERE: dict[str, Data] = {
    "internships:follow_up_add": that_goes_on,
    "activities:schedule_plan": that_goes_on,
    "internships:internship_plan": lambda all_: {"pk": only_placement(all_).pk},
    "internships:internship_place": somebody_who_waits,
    "matching:propose": lambda all_: {
        "opening_id": OpeningFactory(workplace=all_.workplace).pk,
        "participant_id": all_.cast.pia.pk,
    },
    "matching:draft_create": lambda all_: {"opening_id": OpeningFactory(workplace=all_.workplace).pk},
}


# Said on a page of its own, and the same again changes nothing.
SAME_AGAIN = {"employers:requirement_settle", "skills:override_set"}


def address_of(name: str, everything: Everything) -> str:
    return reverse(name, kwargs=ELSEWHERE.get(name, MATRIX[name].names)(everything))


def send(everything: Everything, name: str, address: str, token: str) -> tuple[int, str]:
    who, data = FORMS[name]
    client = Client()
    client.force_login(getattr(everything.cast, who))
    response: HttpResponse = client.post(address, {**data(everything), "form_token": token})
    return response.status_code, response.get("Location", _why(response))


def _why(response: HttpResponse) -> str:
    """Say what a refused form was refused for, for whoever reads the test's failure."""
    form = (response.context or {}).get("form")  # type: ignore[attr-defined]
    return str(form.errors if form is not None else response.content[:500])


def written() -> tuple[int, int]:
    return AuditEntry.objects.count(), OutboxMessage.objects.count()


@pytest.fixture(autouse=True)
def at_noon(gazetteer: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_each_address_that_makes_something_is_here() -> None:
    # Programs send an Idempotency-Key instead, which the tests of the API send twice.
    pages = [name for name in MATRIX if not name.startswith("api:")]
    makes = {name for name in pages if name.rsplit("_", 1)[-1] in MAKES or name == "matching:propose"}
    assert makes - {"internships:internship_plan"} - SAME_AGAIN <= set(FORMS)


@pytest.mark.parametrize("name", sorted(FORMS))
class TestOneAfterTheOther:
    def test_the_second_is_answered_with_what_the_first_made(self, everything: Everything, name: str) -> None:
        address, before = address_of(name, everything), written()
        first = send(everything, name, address, "token")
        assert first[0] == 302, first[1]
        once = written()
        assert once > before

        assert send(everything, name, address, "token") == first
        assert written() == once


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", sorted(FORMS))
def test_two_at_once_are_one(everything: Everything, name: str) -> None:
    address, together, before = address_of(name, everything), Barrier(2), written()

    def click(_number: int) -> tuple[int, str]:
        together.wait()
        try:
            return send(everything, name, address, "token")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(click, range(2))

    assert first == second
    assert first[0] == 302, first[1]
    assert SentForm.objects.count() == 1
    once = written()
    send(everything, name, address, "token")
    assert written() == once > before


class TestAfterwards:
    def test_a_refused_form_can_be_sent_again(self, everything: Everything) -> None:
        address = address_of("internships:concern_raise", everything)
        client = Client()
        client.force_login(everything.cast.participant_user)

        assert client.post(address, {"text": "", "form_token": "token"}).status_code == 422
        assert client.post(address, {"text": "Fel.", "form_token": "token"}).status_code == 302

    def test_what_was_changed_on_the_way_back_is_meant_anew(self, everything: Everything) -> None:
        address = address_of("internships:concern_raise", everything)
        client = Client()
        client.force_login(everything.cast.participant_user)
        for text in ("Fel.", "Fel igen."):
            client.post(address, {"text": text, "form_token": "token"})

        assert everything.internship.concerns.count() == 3

    def test_somebody_elses_form_is_not_answered(self, everything: Everything) -> None:
        name = "internships:concern_raise"
        address = address_of(name, everything)
        send(everything, name, address, "token")
        client = Client()
        client.force_login(everything.cast.other_participant_user)

        assert client.post(address, {**FORMS[name][1](everything), "form_token": "token"}).status_code == 404

    def test_they_are_forgotten_after_two_days(self, everything: Everything) -> None:
        send(
            everything,
            "employers:workplace_create",
            address_of("employers:workplace_create", everything),
            "a",
        )

        forget_sent_forms(NOW + SENT_FORMS_KEPT)
        assert SentForm.objects.exists()
        forget_sent_forms(NOW + SENT_FORMS_KEPT + timedelta(seconds=1))
        assert not SentForm.objects.exists()


class TestTheApi:
    def test_a_request_tried_again_is_done_once(self, everything: Everything) -> None:
        client = Client(headers={"Idempotency-Key": "5b1f"})
        client.force_login(everything.cast.employer_member)
        draft = {
            name: value
            for name, value in opening(everything).items()
            if name not in ("save", *rows("skills"))
        }
        draft["workplace"] = str(everything.workplace.pk)

        first, second = (
            client.post("/api/v1/openings/", draft, content_type="application/json") for _ in "12"
        )

        assert (first.status_code, first.json()) == (second.status_code, second.json())
        assert first.status_code == 201
        assert Opening.objects.filter(title="Bagare", state="draft").count() == 1
