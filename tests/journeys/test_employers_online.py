"""An association on a phone: lasting places, a colleague asked in, and a proposal answered from the mail."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from backend.accounts.models import User
from backend.core import outbox
from backend.employers.enums import CheckKind, MembershipRole
from backend.employers.models import Capacity, Employer, EmployerMembership
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.notifications import tell_employer_of_proposal
from tests.factories import EmployerCheckFactory, OpeningFactory, ParticipantFactory, ProposalFactory
from tests.journeys.visitor import PHONE, Visitor

GORAN, KIM = "goran@fixa.example", "kim@fixa.example"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_an_association_does_it_all_on_a_phone(
    municipality: dict[str, User], arrive: Callable[..., Visitor]
) -> None:
    goran = arrive(PHONE)
    an_association_signs_up(goran)
    it_registers_lasting_places(goran)
    a_colleague_is_invited(goran, arrive(PHONE))
    the_colleague_answers_from_the_mail(municipality["cecilia"], arrive(PHONE))


def an_association_signs_up(goran: Visitor) -> None:
    goran.go("/konto/signup/")
    goran.fill(email=GORAN, name="Göran Fixare")
    goran.send()
    goran.enter_code()
    goran.go("/organisation/ny/")
    goran.fill(organisationsnummer="802400-1235", name="Fixa-föreningen", kind="association")
    goran.send()
    goran.fill(name="Verkstaden", place="632 20 Eskilstuna", street="Ågatan 3")
    goran.send()
    assert Employer.objects.get().kind == "association"


def it_registers_lasting_places(goran: Visitor) -> None:
    goran.go("/kapacitet/")
    goran.go("/kapacitet/ny/")
    goran.fill(work="Laga cyklar, sortera kläder", placement_kind="arbetspraktik", weekdays="1")
    goran.fill(weekdays="3")
    goran.fill(places="3")
    goran.press("Registrera platserna")
    capacity = Capacity.objects.get()
    assert (capacity.places, capacity.opening.title) == (3, "Laga cyklar, sortera kläder")


def a_colleague_is_invited(goran: Visitor, kim: Visitor) -> None:
    goran.go("/organisation/")
    goran.press("Bjud in någon")
    goran.fill(email=KIM, role=MembershipRole.CONTACT.value)
    goran.press("Skicka inbjudan")
    goran.reads(KIM)
    outbox.deliver_due(at=timezone.now())
    [way] = links_to(KIM, "/inbjuden/")
    kim.go(way)
    kim.reads("Fixa-föreningen")
    kim.fill(name="Kim Karlsson")
    kim.send()
    assert EmployerMembership.objects.filter(user__email=KIM, role="contact").exists()
    kim.page.context.clear_cookies()
    kim.page.goto(kim.base + way)
    kim.reads("Länken har gjort sitt")  # it worked once


def the_colleague_answers_from_the_mail(cecilia: User, kim: Visitor) -> None:
    Employer.objects.update(approved_at=timezone.now())
    employer = Employer.objects.get()
    for kind in CheckKind:  # without them only a no is offered
        EmployerCheckFactory(employer=employer, kind=kind, by=cecilia)
    opening = OpeningFactory(
        workplace=employer.workplaces.get(), title="Cykelmekaniker", fresh_at=timezone.now()
    )
    unit = cecilia.assignments.get().unit
    amina = ParticipantFactory(unit=unit, coach=cecilia, first_name="Amina", last_name="Åkesson")
    until = {"consent__valid_until": timezone.localdate() + timedelta(days=60)}
    sent = ProposalFactory(opening=opening, participant=amina, proposed_by=cecilia, **until)
    tell_employer_of_proposal(sent, at=timezone.now())
    outbox.deliver_due(at=timezone.now())
    yes, meet, no = links_to(KIM, "/svar/")
    assert (yes.endswith("=accepted"), meet.endswith("=interview"), no.endswith("=declined")) == (True,) * 3
    kim.go(yes)
    kim.reads("Cykelmekaniker")
    assert "Amina" not in kim.page.content()
    kim.press("Skicka svaret")
    assert Proposal.objects.get().state == ProposalState.ACCEPTED


def links_to(email: str, part: str) -> list[str]:
    """Return the addresses with `part` in the newest letter to `email`, without the site."""
    outbox.deliver_due(at=timezone.now())
    letter = [str(each.body) for each in mail.outbox if each.to == [email]][-1]
    urls = [urlsplit(each) for each in re.findall(rf"http\S+{part}\S+", letter)]
    return [f"{each.path}?{each.query}" if each.query else each.path for each in urls]
