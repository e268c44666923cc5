"""An employer that uses people is told of, looked into, heard and paused; then nobody new comes there."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core import outbox
from backend.employers.enums import CheckKind
from backend.employers.models import Employer
from backend.internships.models import Internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from tests.factories import (
    EmployerCheckFactory,
    EmployerFactory,
    InternshipFactory,
    MembershipFactory,
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
    UserFactory,
    WorkplaceFactory,
)
from tests.factories.base import NOW, TODAY
from tests.journeys.visitor import PHONE, Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
CECILIA, MARIA = "cecilia@exempelstad.example", "maria@exempelstad.example"
OWNER = "ove@kafehornet.example"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW) as clock:
        yield clock


def test_it_is_told_of_reviewed_paused_and_nobody_new_comes(
    municipality: dict[str, User], arrive: Callable[..., Visitor]
) -> None:
    yes = a_yes_of_the_cafe(municipality["cecilia"])
    cafe = yes.opening.workplace.employer
    somebody_tells_without_a_name(arrive(PHONE), cafe)
    coach, manager, owner = arrive(), arrive(), arrive(PHONE)
    coach.sign_in(CECILIA)
    a_review_is_opened(coach, cafe)
    manager.sign_in(MARIA)
    the_employer_is_asked(manager, cafe)
    owner.sign_in(OWNER)
    it_replies(owner)
    it_is_paused(manager)
    nobody_new_comes(coach, owner, arrive(PHONE), yes)
    it_asks_for_another_decision(owner)
    it_is_lifted_and_goes_on(manager, coach, cafe, yes)


def a_yes_of_the_cafe(coach: User) -> Proposal:
    """Return a proposal that the café has said yes to, while somebody else works there."""
    unit = coach.assignments.get().unit
    owner = UserFactory(name="Ove Ägare", email=OWNER, persona=Persona.EMPLOYER)
    EmailAddress.objects.create(user=owner, email=OWNER, verified=True, primary=True)
    cafe = EmployerFactory(municipality=unit.municipality, name="Kaféhörnet AB")
    MembershipFactory(employer=cafe, user=owner, confirmed_at=NOW)
    for kind in CheckKind:
        EmployerCheckFactory(employer=cafe, kind=kind, by=coach)
    workplace = WorkplaceFactory(employer=cafe, name="Kaféet vid torget")
    opening = OpeningFactory(workplace=workplace, title="Kafébiträde", places=3, places_taken=1)
    there = ParticipantFactory(unit=unit, coach=coach)
    InternshipFactory(
        opening=opening, participant=there, state="ongoing", starts_on=TODAY - 30 * DAY, started_on=TODAY
    )
    amina = ParticipantFactory(unit=unit, coach=coach, first_name="Amina", last_name="Åkesson")
    yes = {"state": ProposalState.ACCEPTED, "decided_by": owner}
    return ProposalFactory(opening=opening, participant=amina, proposed_by=coach, **yes)


def somebody_tells_without_a_name(stranger: Visitor, cafe: Employer) -> None:
    stranger.go("/")
    stranger.page.locator("footer a", has_text="Så värnar vi den som kommer till er").click()
    stranger.look()
    stranger.press("Berätta att något är fel")
    stranger.fill(employer=str(cafe.pk), text="De som är på praktik diskar ensamma hela dagarna.")
    stranger.send()
    stranger.reads("Tack")


def a_review_is_opened(coach: Visitor, cafe: Employer) -> None:
    outbox.deliver_due(at=NOW + timedelta(minutes=1))
    assert CECILIA in {address for each in mail.outbox for address in each.to}
    coach.go("/hem/")
    coach.reads("Kaféhörnet AB", "Något är fel på en arbetsplats")
    coach.press("Läs vad som har berättats")
    coach.reads("diskar ensamma")
    coach.press("Öppna en granskning")
    coach.page.locator('main [name="concern_ids"]').first.check()
    coach.fill(note="Vid besöket kunde ingen säga vem som handleder.")
    coach.send()
    coach.reads("diskar ensamma", "kunde ingen säga vem som handleder")


def the_employer_is_asked(manager: Visitor, cafe: Employer) -> None:
    manager.go("/hem/")
    manager.reads("Kaféhörnet AB", "Hör arbetsgivaren")
    manager.go("/granskningar/")
    manager.press("Kaféhörnet AB")
    manager.press("Be om arbetsgivarens svar")
    manager.fill(words="Vem handleder dem som är på praktik, och vad får de lära sig?")
    manager.send()
    manager.reads("Väntar på arbetsgivarens svar")


def it_replies(owner: Visitor) -> None:
    owner.go("/organisation/")
    owner.press("Fråga ställd")
    owner.reads("Vem handleder dem")
    said = owner.page.content()
    assert "diskar ensamma" not in said
    assert "Anonym" not in said
    owner.press("Svara")
    owner.fill(words="Ingen har haft tid. De klarar sig själva.")
    owner.send()
    owner.reads("De klarar sig själva")


def it_is_paused(manager: Visitor) -> None:
    manager.go("/hem/")
    manager.reads("Arbetsgivaren har svarat")
    manager.go("/granskningar/")
    manager.press("Kaféhörnet AB")
    manager.reads("De klarar sig själva")
    manager.press("Besluta")
    manager.reads("1 plats syns inte", "1 praktik fortsätter")
    manager.fill(kind="pause", ground="supervision", reason="Ingen handleder. Pausen hävs när någon gör det.")
    manager.send()
    manager.reads("Paus för nya placeringar")


def nobody_new_comes(coach: Visitor, owner: Visitor, stranger: Visitor, yes: Proposal) -> None:
    """Neither by what was agreed, nor by a new opening, nor by who looks for a place."""
    it_is_planned(coach, yes)
    coach.reads("Kommunen placerar ingen hos arbetsgivaren just nu.")
    coach.go(f"/platser/{yes.opening_id}/")
    assert "Föreslå" not in coach.page.locator("main").inner_text()
    stranger.go("/platser/")
    stranger.page.wait_for_load_state("networkidle")
    assert "Kafébiträde" not in stranger.page.content()
    owner.go("/organisation/")
    owner.reads("Paus för nya placeringar", "Ingen handleder. Pausen hävs när någon gör det.")
    assert Internship.objects.filter(participant=yes.participant).count() == 0


def it_is_planned(coach: Visitor, yes: Proposal) -> None:
    coach.go(f"/forslag/{yes.pk}/planera/")
    coach.fill(
        kind="arbetspraktik",
        starts_on=str(TODAY + 4 * DAY),
        ends_on=str(TODAY + 60 * DAY),
        hours_per_week="30",
        tasks="Disk och servering.",
        supervisor_name="Ove",
        basis="arbetsformedlingen",
        basis_by="Anna Ek",
        decision_reference="AF-1",
        basis_from=str(TODAY),
        basis_until=str(TODAY + 180 * DAY),
        insurance="state",
        union_outcome="no_objection",
        union_asked_on=str(TODAY),
    )
    coach.press("Planera praktiken")


def it_asks_for_another_decision(owner: Visitor) -> None:
    owner.press("Fråga ställd")
    owner.reads("Ingen handleder. Pausen hävs när någon gör det.")
    owner.press("Begär omprövning")
    owner.fill(words="Nu handleder Karin alla dagar.")
    owner.send()
    owner.reads("Nu handleder Karin alla dagar.")


def it_is_lifted_and_goes_on(manager: Visitor, coach: Visitor, cafe: Employer, yes: Proposal) -> None:
    manager.go(f"/arbetsgivare/{cafe.pk}/tillit/")
    manager.press("Häv åtgärden")
    manager.fill(why="Karin handleder alla dagar.")
    manager.send()
    manager.reads("Hävd")
    coach.go("/platser/")
    coach.reads("Kafébiträde")
    it_is_planned(coach, yes)
    assert Internship.objects.get(participant=yes.participant).state == "planned"
