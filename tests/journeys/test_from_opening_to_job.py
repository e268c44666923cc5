"""The whole way, as its users live through it: opening, candidates, proposal, internship, paid job."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from backend.accounts.models import User
from backend.core import outbox
from backend.employers.models import Opening
from backend.internships.models import Employment, FollowUp, Internship
from backend.matching.models import Proposal
from backend.participants.models import Participant
from tests.journeys.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    # Once, on the database of production: it is the longest test of all.
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_from_opening_to_job(municipality: dict[str, User], arrive: Callable[[], Visitor]) -> None:
    employer, coach = arrive(), arrive()
    an_employer_signs_up_and_writes_an_opening(employer)
    coach.sign_in("cecilia@exempelstad.example")
    the_coach_checks_and_approves(coach)
    the_coach_registers_a_participant(coach)
    the_coach_finds_and_proposes(coach)
    the_employer_says_yes(employer)
    the_coach_plans_and_starts(coach)
    both_sides_are_asked(employer, coach)
    it_becomes_a_job(coach)
    the_manager_sees_it(arrive())
    the_participant_sees_it(coach, arrive())


def an_employer_signs_up_and_writes_an_opening(employer: Visitor) -> None:
    employer.go("/")
    employer.go("/konto/signup/")
    employer.fill(email="alice@bageriet.example", name="Alice Bagare")
    employer.page.locator("main form button[type=submit]").first.click()
    employer.enter_code()
    employer.go("/organisation/ny/")
    employer.fill(organisationsnummer=" 556000-4615 ", name="Bageriet AB", kind="company", employees="8")
    employer.page.locator("main form button[type=submit]").first.click()
    employer.page.wait_for_load_state("networkidle")
    employer.go("/arbetsplatser/ny/")
    employer.fill(name="Bageriet på Storgatan", place="632 20 Eskilstuna", street="Storgatan 1")
    employer.page.locator("main form button[type=submit]").first.click()
    employer.page.wait_for_load_state("networkidle")
    employer.go("/platser/ny/")
    employer.unfold()
    employer.fill(
        kind="internship",
        intent="may_hire",
        title="Bagarbiträde på Storgatan",
        description="Du bakar bröd med oss, packar och håller rent.",
        places="1",
        hours_min="15",
        hours_max="40",
    )
    employer.fill(occupation="Bagare")
    for row, (skill, is_essential) in enumerate({"baka bröd": True, "hålla rent i köket": False}.items()):
        employer.fill(**{f"skills-{row}-text": skill})
        if is_essential:
            employer.page.locator(f'[name="skills-{row}-essential"]').check()
    employer.fill(**{"adaptations-calm": "yes"})
    employer.look()
    employer.press("Skicka till granskning")
    employer.reads("En jobbcoach läser")


def the_coach_checks_and_approves(coach: Visitor) -> None:
    coach.go("/hem/")
    coach.press("Titta och godkänn")
    coach.press("Anteckna kontroller")
    for kind in ("trading_prohibition", "insolvency", "tax_debt", "conduct"):
        coach.fill(kinds=kind)
    coach.fill(outcome="clear", evidence="Utdrag ur register")
    coach.page.locator("main form.form button[type=submit]").first.click()
    coach.page.wait_for_load_state("networkidle")
    coach.press("Anteckna ett samtal")
    coach.fill(number="016-710 00 00", found_at="Organisationens webbplats", outcome="confirmed")
    coach.page.locator('main button:has-text("Anteckna"):visible').last.click()
    coach.page.wait_for_load_state("networkidle")
    coach.press("Godkänn och publicera")
    anybody = Opening.objects.published(timezone.localdate()).get()
    coach.go(anybody.get_absolute_url())


def the_coach_registers_a_participant(coach: Visitor) -> None:
    coach.go("/deltagare/")
    coach.go("/deltagare/ny/")
    for later in coach.page.locator("details.later > summary").all():
        later.click()
    coach.fill(first_name="Amina", last_name="Åkesson", email="amina@example.org", place="Torshälla")
    # Typed as people type: small letters and a misspelling.
    coach.fill(**{"skills-0-text": "baka brödd", "skills-1-text": "köksstädning"})
    coach.fill(**{"experiences-0-text": "bagare"})
    coach.look()
    coach.press("Skriv in")
    coach.reads("Amina Åkesson", "Baka bröd")


def the_coach_finds_and_proposes(coach: Visitor) -> None:
    opening = Opening.objects.published(timezone.localdate()).get()
    amina = Participant.objects.get()
    coach.go(f"/deltagare/{amina.pk}/platser/")
    coach.reads("Bagarbiträde på Storgatan")
    coach.go(f"/platser/{opening.pk}/kandidater/")
    coach.reads("Amina Åkesson", "Baka bröd")
    coach.press("Föreslå Amina")
    for item in coach.page.locator('main [name="items"]').all()[:4]:
        item.check()
    coach.fill(message="Amina vill gärna baka.", means="in_person")
    coach.look()
    coach.press("Skicka till arbetsgivaren")
    assert Proposal.objects.get().state == "sent"


def the_employer_says_yes(employer: Visitor) -> None:
    outbox.deliver_due(at=timezone.now())
    letters = [letter for letter in mail.outbox if "förslag" in letter.subject.lower()]
    assert [letter.to for letter in letters] == [["alice@bageriet.example"]]
    assert "Amina" not in letters[0].subject + str(letters[0].body)
    employer.go("/hem/")
    employer.press("Läs och svara")
    employer.reads("Amina")
    assert "Åkesson" not in employer.page.content()
    employer.press("Amina är välkommen")
    assert Proposal.objects.get().state == "accepted"


def the_coach_plans_and_starts(coach: Visitor) -> None:
    coach.go("/hem/")
    coach.press("Planera praktiken")
    if "/planera/" not in coach.page.url:
        coach.press("Planera praktiken")
    today = timezone.localdate()
    coach.fill(
        kind="arbetspraktik",
        starts_on=str(today),
        ends_on=str(today + timedelta(days=60)),
        hours_per_week="30",
        tasks="Baka och packa bröd.",
        basis="arbetsformedlingen",
        basis_by="Anna Ek",
        basis_from=str(today),
        basis_until=str(today + timedelta(days=180)),
        insurance="state",
        union_outcome="no_objection",
    )
    # The supervisor, the decision's reference and the day of asking the union are missing.
    coach.press("Planera praktiken")
    assert not Internship.objects.exists()
    coach.reads("Rätta")
    coach.fill(supervisor_name="Sara", decision_reference="AF-1", union_asked_on=str(today))
    coach.press("Planera praktiken")
    coach.press("Starta praktiken")
    coach.press("Starta praktiken")
    coach.reads("Första veckan", "Inför slutet")


def both_sides_are_asked(employer: Visitor, coach: Visitor) -> None:
    first_week = FollowUp.objects.order_by("due_on")[0]
    # It can be answered from its day on.
    FollowUp.objects.filter(pk=first_week.pk).update(due_on=timezone.localdate())
    employer.go(f"/uppfoljning/{first_week.pk}/")
    employer.fill(mood="good", note="Hon är redan ett stöd.")
    employer.press("Skicka svaret")
    coach.go(f"/uppfoljning/{first_week.pk}/")
    coach.reads("Hon är redan ett stöd.")
    coach.fill(coach_note="Allt går bra.")
    coach.press("Spara – uppföljningen är klar")
    coach.go("/uppfoljning/")
    coach.go("/praktik/")


def it_becomes_a_job(coach: Visitor) -> None:
    coach.go(Internship.objects.get().get_absolute_url())
    coach.press("Det blev ett jobb")
    coach.fill(title="Bagare", percent="75", starts_on=str(timezone.localdate()))
    coach.press("Anteckna jobbet")
    job = Employment.objects.get()
    assert (job.employer_name, job.retention_checks.count()) == ("Bageriet AB", 4)
    coach.go(Participant.objects.get().get_absolute_url())
    coach.reads("Bagare, Bageriet AB")


def the_manager_sees_it(manager: Visitor) -> None:
    manager.sign_in("maria@exempelstad.example")
    manager.go("/oversikt/")
    manager.reads("Praktik ger jobb", "färre än 5")
    manager.go("/deltagare/")


def the_participant_sees_it(coach: Visitor, amina: Visitor) -> None:
    coach.go(Participant.objects.get().get_absolute_url())
    coach.unfold()
    coach.press("Bjud in")
    coach.page.locator("main form button:not([data-variant])").first.click()
    coach.page.wait_for_load_state("networkidle")
    assert Participant.objects.get().user
    outbox.deliver_due(at=timezone.now())
    amina.sign_in("amina@example.org")
    amina.go("/hem/")
    amina.go("/mina-forslag/")
    amina.go("/min-praktik/")
    amina.reads("Bageriet")
    amina.go("/mina-uppgifter/")
    amina.reads("Bageriet AB")
    amina.go("/mina-uppgifter/lasningar/")
    amina.reads("Cecilia")
