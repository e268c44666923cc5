"""Somebody at another agency reads what a person has released, until the person takes it back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core import outbox
from backend.participants.models import Participant
from tests.factories import ParticipantFactory, UserFactory
from tests.factories.base import NOW, TODAY
from tests.journeys.visitor import PHONE, Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
CECILIA, GUNILLA, AMINA = "cecilia@exempelstad.example", "gunilla@af.example", "amina@example.org"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW) as clock:
        yield clock


def test_a_package_is_read_taken_back_and_read_no_more(
    municipality: dict[str, User], arrive: Callable[..., Visitor]
) -> None:
    amina = a_person(municipality["cecilia"])
    coach, guest, person = arrive(), arrive(), arrive(PHONE)
    coach.sign_in(CECILIA)
    an_agency_is_written_down(coach)
    it_is_let_read(coach, amina)
    where = the_guest_reads(guest)
    the_person_sees_it_and_takes_it_back(person)
    nobody_there_reads_it_any_more(guest, where)
    coach.go(amina.get_absolute_url())
    coach.unfold()
    coach.press("Arbetsförmedlingen")
    coach.reads("Det här är över", "Gunilla", "Ett paket gjordes till en samverkanspart")


def a_person(coach: User) -> Participant:
    own = UserFactory(name="Amina Åkesson", email=AMINA, persona=Persona.PARTICIPANT)
    EmailAddress.objects.create(user=own, email=AMINA, verified=True, primary=True)
    unit = coach.assignments.get().unit
    named = {"first_name": "Amina", "last_name": "Åkesson", "user": own}
    return ParticipantFactory(unit=unit, coach=coach, licences=["B"], **named)


def an_agency_is_written_down(coach: Visitor) -> None:
    coach.go("/samverkansparter/")
    coach.press("Lägg till en samverkanspart")
    coach.fill(name="Arbetsförmedlingen", kind="employment_service")
    coach.send()
    coach.press("Lägg till en kontaktperson")
    coach.fill(name="Gunilla Gäst", email=GUNILLA, last_day=str(TODAY + timedelta(days=90)))
    coach.send()
    coach.reads("Gunilla Gäst", GUNILLA)


def it_is_let_read(coach: Visitor, amina: Participant) -> None:
    coach.go(amina.get_absolute_url())
    coach.unfold()
    coach.press("Dela med en samverkanspart")
    choice = coach.page.locator('main [name="receiver"] option', has_text="Gunilla").get_attribute("value")
    coach.fill(receiver=choice or "", purpose="Inför mötet om nästa steg", means="in_person")
    for key in ("full_name", "licence:B"):
        coach.fill(items=key)
    coach.fill(valid_until=str(TODAY + timedelta(days=30)))
    coach.send()
    coach.reads("Skickat till Arbetsförmedlingen", "Inför mötet om nästa steg", "Amina Åkesson", "Ingen än")


def the_guest_reads(guest: Visitor) -> str:
    outbox.deliver_due(at=NOW + timedelta(days=1))
    asked = next(each for each in mail.outbox if GUNILLA in each.to)
    assert "Amina" not in f"{asked.subject} {asked.body}"
    guest.sign_in(GUNILLA)
    guest.go("/hem/")
    guest.reads("Det ni har fått", "Inför mötet om nästa steg")
    assert "Amina" not in guest.page.content()
    guest.page.locator("main .row-title a").click()
    guest.look()
    guest.reads("Amina Åkesson", "Körkort B", "Inför mötet om nästa steg")
    guest.press("Vi har fått det")
    guest.reads("Bekräftat")
    for part in ("pdf/", "json/"):
        assert guest.page.request.get(guest.page.url + part).ok
    assert guest.page.request.get(guest.base + "/deltagare/").status == HTTPStatus.NOT_FOUND
    return guest.page.url


def the_person_sees_it_and_takes_it_back(person: Visitor) -> None:
    person.sign_in(AMINA)
    person.go("/mina-uppgifter/")
    person.press("Arbetsförmedlingen")
    person.reads("Gunilla Gäst", "Som PDF")
    person.press("Ta tillbaka mitt ja")
    person.press("Ja, ta tillbaka mitt ja")
    person.reads("Inget. Ingen arbetsgivare och ingen samverkanspart")
    person.unfold()
    person.reads("du tog tillbaka det")


def nobody_there_reads_it_any_more(guest: Visitor, where: str) -> None:
    outbox.deliver_due(at=NOW + timedelta(minutes=5))
    assert any(GUNILLA in each.to and "får inte användas" in str(each.body) for each in mail.outbox)
    answer = guest.page.goto(where)
    assert answer is not None
    assert answer.status == HTTPStatus.GONE
    guest.reads("Det här får inte läsas längre")
    assert "Amina" not in guest.page.content()
    guest.errors.clear()
    guest.go("/till-oss/")
    guest.reads("Tillbakataget")
    assert "Inför mötet" not in guest.page.content()
