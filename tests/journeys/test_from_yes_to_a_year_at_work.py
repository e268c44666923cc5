"""From an accepted proposal to twelve months at work, day by day: employer and participant on phones."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.activities.models import AttendanceMark
from backend.core import outbox
from backend.core.running import schedule
from backend.employers.enums import CheckKind
from backend.internships.models import Employment, Evaluation, FollowUp, Internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from tests.factories import (
    EmployerCheckFactory,
    EmployerFactory,
    MembershipFactory,
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
    UserFactory,
    WorkplaceFactory,
)
from tests.factories.base import NOW
from tests.journeys.visitor import PHONE, Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
CECILIA, BAKERY, AMINA = "cecilia@exempelstad.example", "alice@bageriet.example", "amina@example.org"


class Days:
    """The days that pass: the worker delivers what is due on each, and its jobs run."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock

    def pass_to(self, at: datetime) -> None:
        """Let the days pass to `at`, one by one."""
        while True:
            now = timezone.now()
            if now >= at:
                return
            self.clock.move_to(min(now + timedelta(days=1), at))
            schedule.run_due(at=timezone.now())
            outbox.deliver_due(at=timezone.now())


@pytest.fixture
def days() -> Iterator[Days]:
    with time_machine.travel(NOW) as clock:
        yield Days(clock)


def test_from_yes_to_a_year_at_work(
    municipality: dict[str, User], arrive: Callable[..., Visitor], days: Days
) -> None:
    yes = a_yes_of_the_bakery(municipality["cecilia"])
    coach, employer, amina = arrive(), arrive(PHONE), arrive(PHONE)
    coach.sign_in(CECILIA)
    employer.sign_in(BAKERY)
    amina.sign_in(AMINA)
    it_is_planned(coach, yes)
    all_three_sign(coach, employer, amina)
    it_begins(coach, days)
    who_was_there_is_marked(employer, days)
    both_are_asked_how_it_goes(coach, employer, amina, days)
    it_pauses_and_goes_on(coach, days)
    it_is_extended_with_something_new(coach)
    it_is_completed_and_evaluated(coach, employer, amina, days)
    there_is_a_certificate(coach, amina)
    it_becomes_a_job(coach, days)
    the_job_lasts_a_year(coach, employer, amina, days)


def a_yes_of_the_bakery(coach: User) -> Proposal:
    """Return a proposal that the bakery has said yes to."""
    unit = coach.assignments.get().unit
    alice = user_at(BAKERY, name="Alice Bagare", persona=Persona.EMPLOYER)
    bakery = EmployerFactory(municipality=unit.municipality, name="Bageriet AB")
    MembershipFactory(employer=bakery, user=alice)
    for kind in CheckKind:
        EmployerCheckFactory(employer=bakery, kind=kind, by=coach)
    opening = OpeningFactory(
        workplace=WorkplaceFactory(employer=bakery, name="Bageriet på Storgatan"),
        title="Bagarbiträde",
        places_taken=1,
    )
    amina = ParticipantFactory(
        unit=unit,
        coach=coach,
        first_name="Amina",
        last_name="Åkesson",
        user=user_at(AMINA, name="Amina", persona=Persona.PARTICIPANT),
    )
    yes = {"state": ProposalState.ACCEPTED, "decided_by": alice}
    return ProposalFactory(opening=opening, participant=amina, proposed_by=coach, **yes)


def user_at(email: str, **more: str) -> User:
    user = UserFactory(email=email, **more)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def letters_to(email: str) -> list[str]:
    """Return the bodies of the letters to `email`, the newest last."""
    return [str(each.body) for each in mail.outbox if each.to == [email]]


def answers_in_the_newest(email: str) -> list[str]:
    """Return the addresses of the answers that the newest letter to `email` that asks something offers."""
    asks = [letter for letter in letters_to(email) if "/svar/" in letter]
    urls = [urlsplit(each) for each in re.findall(r"http\S+/svar/\S+", asks[-1])]
    return [f"{each.path}?{each.query}" if each.query else each.path for each in urls]


def tap(one: Visitor, email: str, *, which: str) -> None:
    """Tap one of the answers in the newest letter and confirm it, without signing in."""
    one.page.context.clear_cookies()
    one.go(next(each for each in answers_in_the_newest(email) if each.endswith(f"={which}")))
    one.press("Skicka svaret")


def moment(day: date) -> datetime:
    """Return half past eight in the morning of `day`."""
    return timezone.make_aware(datetime.combine(day, time(8, 30)))


def it_is_planned(coach: Visitor, yes: Proposal) -> None:
    today = timezone.localdate()
    coach.go(yes.get_absolute_url())
    coach.press("Planera praktiken")
    coach.fill(
        kind="arbetspraktik",
        starts_on=str(today + timedelta(days=4)),
        ends_on=str(today + timedelta(days=60)),
        hours_per_week="30",
        tasks="Baka och packa bröd.",
        supervisor_name="Sara",
        basis="arbetsformedlingen",
        basis_by="Anna Ek",
        decision_reference="AF-1",
        basis_from=str(today),
        basis_until=str(today + timedelta(days=180)),
        insurance="state",
        union_outcome="no_objection",
        union_asked_on=str(today),
    )
    coach.press("Planera praktiken")
    assert Internship.objects.get().state == "planned"


def all_three_sign(coach: Visitor, employer: Visitor, amina: Visitor) -> None:
    outbox.deliver_due(at=timezone.now())
    page = f"/praktik/{Internship.objects.get().pk}/overenskommelse/"
    for one, email in ((employer, BAKERY), (amina, AMINA)):
        assert page in letters_to(email)[-1]
        one.go(page)
        one.press("Jag har läst och skriver under")
    coach.go(page)
    coach.press("Jag har läst och skriver under")
    coach.reads("Undertecknat")


def it_begins(coach: Visitor, days: Days) -> None:
    internship = Internship.objects.get()
    coach.go(internship.get_absolute_url())
    coach.press("Fördela timmarna jämnt")
    days.pass_to(moment(internship.starts_on))
    coach.sign_in(CECILIA)
    coach.go("/hem/")
    coach.press("Starta")
    if "/borjar/" not in coach.page.url:
        coach.press("Starta praktiken")
    coach.press("Starta praktiken")
    coach.reads("Första veckan", "Inför slutet")


def who_was_there_is_marked(employer: Visitor, days: Days) -> None:
    days.pass_to(timezone.now() + timedelta(hours=6))
    employer.sign_in(BAKERY)
    employer.go("/hem/")
    employer.press("Fyll i närvaron")
    employer.press("Markera resten som närvarande")
    employer.press("Ja, de var där")
    assert AttendanceMark.objects.get().code == "present"


def both_are_asked_how_it_goes(coach: Visitor, employer: Visitor, amina: Visitor, days: Days) -> None:
    asked = FollowUp.objects.earliest("due_on", "pk")
    days.pass_to(moment(asked.due_on))
    tap(employer, BAKERY, which="good")
    tap(amina, AMINA, which="bad")
    asked.refresh_from_db()
    assert (asked.employer_mood, asked.participant_mood) == ("good", "bad")
    # What is bad is first on the coach's day.
    coach.sign_in(CECILIA)
    coach.go("/hem/")
    coach.press("Följ upp")
    coach.fill(coach_note="Hon är trött efter långa dagar. Kortare pass från i morgon.")
    coach.press("uppföljningen är klar")
    asked.refresh_from_db()
    assert asked.closed_at


def it_pauses_and_goes_on(coach: Visitor, days: Days) -> None:
    page = Internship.objects.get().get_absolute_url()
    today = timezone.localdate()
    coach.go(page)
    coach.press("Gör uppehåll")
    coach.fill(from_on=str(today), back_on=str(today + timedelta(days=7)), reason="closed")
    coach.send()
    coach.reads("Uppehåll till")
    days.pass_to(timezone.now() + timedelta(days=7))
    coach.sign_in(CECILIA)
    coach.go(page)
    coach.press("Låt den fortsätta")
    coach.send()


def it_is_extended_with_something_new(coach: Visitor) -> None:
    internship = Internship.objects.get()
    coach.go(internship.get_absolute_url())
    coach.press("Förläng")
    coach.fill(
        ends_on=str(internship.ends_on + timedelta(days=14)),
        why="Hon får pröva kassan.",
        decision_reference="AF-2",
    )
    coach.fill(tasks="Baka, packa och stå i kassan.", union_outcome="no_union")
    coach.send()
    assert Internship.objects.get().ends_on > internship.ends_on


def it_is_completed_and_evaluated(coach: Visitor, employer: Visitor, amina: Visitor, days: Days) -> None:
    internship = Internship.objects.get()
    days.pass_to(moment(internship.ends_on))
    coach.sign_in(CECILIA)
    coach.go(internship.get_absolute_url())
    coach.press("Fullfölj")
    coach.send()
    days.pass_to(timezone.now() + timedelta(hours=2))
    for one, email, said in (
        (employer, BAKERY, {"would_hire": "yes", "again": "yes"}),
        (amina, AMINA, {"mood": "good"}),
    ):
        one.page.context.clear_cookies()
        one.go(answers_in_the_newest(email)[0])
        one.fill(**said)
        one.press("Skicka svaret")
    assert not Evaluation.objects.unanswered().exists()
    coach.sign_in(CECILIA)
    coach.go("/hem/")
    coach.reads("En utvärdering har kommit")
    for evaluation in Evaluation.objects.to_look_at():
        coach.go(f"/utvardering/{evaluation.pk}/")
        coach.press("Genomgånget")
    assert not Evaluation.objects.to_look_at().exists()


def there_is_a_certificate(coach: Visitor, amina: Visitor) -> None:
    coach.go(Internship.objects.get().get_absolute_url())
    coach.press("Se vad det kommer att stå")
    coach.press("Utfärda intyget")
    amina.sign_in(AMINA)
    amina.go("/mina-papper/")
    paper = amina.page.locator('main a:has-text("På svenska (PDF)")').first.get_attribute("href")
    assert amina.page.request.get(f"{amina.base}{paper}").body().startswith(b"%PDF")


def it_becomes_a_job(coach: Visitor, days: Days) -> None:
    coach.go(Internship.objects.get().get_absolute_url())
    coach.press("Det blev ett jobb")
    coach.fill(title="Bagare", percent="75", starts_on=str(timezone.localdate()))
    coach.press("Anteckna jobbet")
    assert Employment.objects.get().employer_name == "Bageriet AB"


def the_job_lasts_a_year(coach: Visitor, employer: Visitor, amina: Visitor, days: Days) -> None:
    job = Employment.objects.get()
    for check in job.retention_checks.order_by("due_on"):
        days.pass_to(moment(check.due_on) + timedelta(days=3))
        for one, email in ((employer, BAKERY), (amina, AMINA)):
            tap(one, email, which="yes")
        check.refresh_from_db()
        assert check.answer == "yes"
    assert timezone.localdate() >= job.starts_on + timedelta(days=365)
    coach.sign_in(CECILIA)
    coach.go(f"/anstallning/{job.pk}/")
    for each in (employer, amina):
        each.sign_in(BAKERY if each is employer else AMINA)
        each.go("/hem/")
