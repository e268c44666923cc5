"""The demo municipality before anything has happened: units, staff, employers and people.

Everything is made by the same services as in the application, at a day in the past, and every choice comes
from one seeded generator: the same day and seed give the same world. All people are synthetic.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from faker import Faker
from stdnum import luhn

from backend.accounts.contacts.services import set_contact
from backend.accounts.enums import Accessibility, Persona, Role
from backend.accounts.models import Assignment, Municipality, Unit, User
from backend.demo.how_it_is import told_by, way_to
from backend.demo.second_factor import give_second_factor
from backend.demo.told import experiences, hours, languages, skills, wishes
from backend.demo.trades import (
    GENERAL_SKILLS,
    LOOKS_EXPLOITATIVE,
    PLACES,
    TRADES,
    Trade,
)
from backend.employers.capacity.offering import Day
from backend.employers.enums import (
    CallBackOutcome,
    CheckKind,
    CheckOutcome,
    EmployerKind,
    Intent,
    OpeningKind,
    PlacementKind,
    SocialCriterion,
)
from backend.employers.models import Employer, Opening, Workplace
from backend.employers.services import (
    RequirementDraft,
    add_workplace,
    answer_adaptations,
    answer_facts,
    approve_opening,
    find_or_register_employer,
    publish_opening,
    record_call_back,
    record_checks,
    register_capacity,
    save_opening,
    to_call_back,
    update_facts,
)
from backend.participants.models import Participant
from backend.participants.services import (
    add_written,
    enrol_participant,
)
from backend.places.found import Place
from backend.places.lookup import find_place
from backend.skills.enums import Adaptation

NAME = "Exempelstad"
AREA = "0484"
PASSWORD = "praktikbron-demo"  # noqa: S105 - printed by `make demo`, for synthetic people only
UNITS = ("Arbetsmarknad", "Integration", "Arbetslivsinriktad rehabilitering")
COACHES_PER_UNIT = 3
DOMAIN = "exempelstad.example"


@dataclass
class Workshop:
    """An employer of the demo with what the story needs to know of it."""

    employer: Employer
    trade: Trade
    contact: User
    workplace: Workplace
    answers: float  # the chance that a proposal is answered at all
    openings: list[Opening] = field(default_factory=list)


@dataclass
class Person:
    """A participant of the demo and the trade that suits them."""

    participant: Participant
    trade: Trade
    been_proposed: set[UUID] = field(default_factory=set)


@dataclass
class World:
    """Everything the story is told about."""

    rng: Random
    fake: Faker
    first_day: date
    municipality: Municipality
    coaches: dict[Unit, list[User]]
    workshops: list[Workshop] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)


def moment(day: date, *, hour: int = 10) -> datetime:
    """Return a moment of office hours on `day`."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


@cache
def hashed_password() -> str:
    """Return the demo's password hashed once: argon2 is slow on purpose, and this one is no secret."""
    return make_password(PASSWORD)


def account(email: str, name: str, persona: Persona) -> User:
    """Create an account that can sign in with the demo's password."""
    user = User.objects.create(
        email=email, password=hashed_password(), name=name, persona=persona, phone="016-000 00 00"
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def found_municipality(*, seed: int, first_day: date) -> World:
    """Create municipality, units and staff."""
    fake = Faker("sv_SE")
    fake.seed_instance(seed)
    municipality = Municipality.objects.create(name=NAME, area_id=AREA)
    coaches = {}
    for number, name in enumerate(UNITS, start=1):
        unit = Unit.objects.create(municipality=municipality, name=name)
        _assign(f"chef{number}", fake.name(), Role.MANAGER, municipality, unit)
        coaches[unit] = [
            _assign(f"coach{number}{letter}", fake.name(), Role.COACH, municipality, unit)
            for letter in "abcdefgh"[:COACHES_PER_UNIT]
        ]
    administrator = _assign("admin", fake.name(), Role.ADMINISTRATOR, municipality, None)
    User.objects.filter(pk=administrator.pk).update(is_staff=True, is_superuser=True)
    _reachable(municipality, by=administrator, day=first_day)
    return World(Random(seed), fake, first_day, municipality, coaches)


def _reachable(municipality: Municipality, *, by: User, day: date) -> None:
    """Say how the made-up municipality is reached; the numbers are those set aside for films and books."""
    at = datetime.combine(day, time(9), tzinfo=timezone.get_current_timezone())
    set_contact(
        municipality_id=municipality.pk,
        by=by,
        at=at,
        valid_from=day,
        phone="031-390 06 50",
        hours="Vardagar 9–15",
        email=f"arbetsmarknad@{DOMAIN}",
        address="Stora torget 1, 000 00 Exempelstad",
        controller="Arbetsmarknadsnämnden, Exempelstads kommun",
        protection_officer=f"dataskydd@{DOMAIN}",
        accessibility_email=f"tillganglighet@{DOMAIN}",
        accessibility=Accessibility.PARTLY,
        shortcomings="Det här är en demonstration: ingen svarar på adresserna.",
        tested_on=day,
        tested_how="automatiskt i webbläsare vid varje ändring, och för hand med tangentbord",
    )


def _assign(login: str, name: str, role: Role, municipality: Municipality, unit: Unit | None) -> User:
    user = account(f"{login}@{DOMAIN}", name, Persona.STAFF)
    give_second_factor(user)
    Assignment.objects.create(user=user, municipality=municipality, unit=unit, role=role)
    return user


def place_named(name: str) -> Place:
    """Return a place of the demo municipality. Raises LookupError when the gazetteer lacks it."""
    answer = find_place(name, near_municipality=AREA)
    if not isinstance(answer, Place):
        raise LookupError(name)  # noqa: TRY004 - the gazetteer lacks it, no type is wrong
    return answer


# Number series that the registration office has not reached, so that no real organisation is named.
SERIES = {
    EmployerKind.COMPANY: "55999",
    EmployerKind.SOCIAL_ENTERPRISE: "76999",
    EmployerKind.ASSOCIATION: "80999",
    EmployerKind.PUBLIC_BODY: "21299",
}


def open_workshops(world: World) -> None:
    """Register every employer of TRADES, each on a day of the first months, with a workplace and a check."""
    offers = [(trade, *employer) for trade in TRADES for employer in trade.employers]
    for number, (trade, name, kind) in enumerate(offers):
        day = world.first_day + timedelta(days=world.rng.randrange(120))
        world.workshops.append(_open_workshop(world, number, trade, name, kind, day))


def _open_workshop(
    world: World, number: int, trade: Trade, name: str, kind: EmployerKind, day: date
) -> Workshop:
    contact = account(f"arbetsgivare{number + 1}@praktik.example", world.fake.name(), Persona.EMPLOYER)
    stem = f"{SERIES[kind]}{number:04d}"
    registration = find_or_register_employer(
        municipality=world.municipality,
        organisationsnummer=stem + luhn.calc_check_digit(stem),
        name=name,
        kind=kind,
        employees=world.rng.choice([3, 6, 9, 14, 22, 40, 120]),
        by=contact,
        at=moment(day),
    )
    _say_facts(registration.employer, contact, day)
    workplace = add_workplace(
        employer=registration.employer,
        name=name.removesuffix(" AB"),
        place=place_named(world.rng.choice(PLACES)),
        street=world.fake.street_address(),
        **way_to(stem),
        by=contact,
        at=moment(day),
    )
    answer_facts(
        workplace_id=workplace.pk, answers=told_by(trade.occupations[0], stem), by=contact, at=moment(day)
    )
    _say_what_can_be_arranged(world.rng, workplace, trade, contact, day)
    answers = 0.98 if name == LOOKS_EXPLOITATIVE else world.rng.choices([0.95, 0.7, 0.05], [6, 3, 1])[0]
    return Workshop(registration.employer, trade, contact, workplace, answers)


def _say_facts(employer: Employer, contact: User, day: date) -> None:
    """Let most employers say how it is with agreement and union; the others say nothing."""
    rng = Random(employer.organisationsnummer)
    facts = {"collective_agreement": rng.choice(["yes", "yes", "no", ""])}
    if facts["collective_agreement"] == "yes":
        facts["agreement_with"] = rng.choice(["Kommunal", "Handels", "Fastighets", "Livs"])
        facts["union_contact"] = rng.choice(["Skyddsombudet Eva", "Klubben, Rolf", "Ombudet Samira"])
    criteria = SocialCriterion.values if employer.kind == EmployerKind.SOCIAL_ENTERPRISE else None
    update_facts(employer_id=employer.pk, facts=facts, criteria=criteria, by=contact, at=moment(day))


def _say_what_can_be_arranged(
    rng: Random, workplace: Workplace, trade: Trade, contact: User, day: date
) -> None:
    """Let a workplace say a little of what it can arrange and what it cannot; most is never said."""
    others = [code for code in Adaptation.values if code not in trade.adaptations]
    said: dict[str, bool | None] = dict.fromkeys(rng.sample(others, k=rng.choice([0, 1, 2])), False)
    said |= dict.fromkeys(rng.sample(trade.adaptations, k=1), True)
    answer_adaptations(workplace_id=workplace.pk, answers=said, by=contact, at=moment(day))


def offer(world: World, workshop: Workshop, day: date, *, kind: OpeningKind) -> Opening:
    """Let an employer write and publish an opening; the first one is approved by a coach."""
    rng, trade = world.rng, workshop.trade
    title = rng.choice(trade.occupations)
    opening = save_opening(
        fields=_terms(world, workshop, title, kind=kind),
        occupation=title,
        requirements=_requirements(rng, trade),
        by=workshop.contact,
        at=moment(day),
    )
    return _publish(world, workshop, opening, day)


def offer_capacity(world: World, workshop: Workshop, day: date) -> Opening:
    """Let a social enterprise or association register lasting places for two years."""
    title = workshop.trade.occupations[0]
    terms = _terms(world, workshop, title, kind=OpeningKind.INTERNSHIP)
    capacity = register_capacity(
        fields={
            **{name: value for name, value in terms.items() if name != "kind"},
            "places": world.rng.choice([2, 3, 4, 6]),
            "starts_on": day,
            "ends_on": day + timedelta(days=900),
            "placement_kind": world.rng.choice([PlacementKind.ARBETSTRANING, PlacementKind.ARBETSPRAKTIK]),
            "supervisors": world.rng.choice([1, 2]),
            "per_supervisor": 6,
            "support": "Handledare med vana att möta människor som varit länge borta från arbete.",
        },
        occupation=title,
        requirements=_requirements(world.rng, workshop.trade)[:2],
        days=_days_of(workshop.employer),
        by=workshop.contact,
        at=moment(day),
    )
    return _publish(world, workshop, capacity.opening, day)


def _days_of(employer: Employer) -> list[Day]:
    """Return the days of an association, which is closed on Fridays, or of a social enterprise."""
    if employer.kind == EmployerKind.ASSOCIATION:
        return [Day.between(code, time(9), time(15)) for code in ("1", "2", "3", "4")]
    return [Day.between(code, time(8), time(16)) for code in ("1", "2", "3", "4", "5")]


def _terms(world: World, workshop: Workshop, title: str, *, kind: OpeningKind) -> dict[str, object]:
    rng, trade = world.rng, workshop.trade
    least = rng.choice([10, 15, 20])
    return {
        "workplace": workshop.workplace,
        "kind": kind,
        "intent": Intent.WILL_HIRE if kind == OpeningKind.JOB else rng.choice(list(Intent)),
        "title": title,
        "description": trade.description,
        "places": rng.choices([1, 2, 3], weights=[6, 3, 1])[0],
        "hours_min": least,
        "hours_max": rng.choice([30, 40]),
        "adaptations": [code for code in trade.adaptations if rng.random() < 0.9],
        "supervisor_name": world.fake.first_name(),
        "licences": [code for code in trade.licences if rng.random() < 0.4],
        "languages": rng.choice([{}, {"sv": "A2"}, {"sv": "B1"}]),
    }


def _requirements(rng: Random, trade: Trade) -> list[RequirementDraft]:
    chosen = rng.sample(trade.skills, k=min(len(trade.skills), rng.randint(3, 5)))
    return [RequirementDraft(text, essential=position < 2) for position, text in enumerate(chosen)] + [
        RequirementDraft(rng.choice(GENERAL_SKILLS))
    ]


def _publish(world: World, workshop: Workshop, opening: Opening, day: date) -> Opening:
    published = publish_opening(opening_id=opening.pk, by=workshop.contact, at=moment(day, hour=11))
    if published.state == "awaiting_approval":
        coach = world.rng.choice(next(iter(world.coaches.values())))
        check_employer(workshop.employer, coach, day)
        call_back(workshop.employer, coach, day)
        published = approve_opening(opening_id=opening.pk, by=coach, at=moment(day, hour=14))
    workshop.openings.append(published)
    return published


def check_employer(employer: Employer, coach: User, day: date) -> None:
    """Record that a coach has looked the employer up and found nothing."""
    record_checks(
        employer=employer,
        kinds=CheckKind,
        outcome=CheckOutcome.CLEAR,
        evidence="Registerutdrag",
        by=coach,
        at=moment(day, hour=13),
    )


def call_back(employer: Employer, coach: User, day: date) -> None:
    """Record that a coach has called the organisation, which knows who speaks for it."""
    if member := to_call_back(employer.memberships.order_by("created_at", "pk")):
        heard = {"number": "016-710 00 00", "found_at": "Webbplatsen", "outcome": CallBackOutcome.CONFIRMED}
        record_call_back(membership_id=member.pk, **heard, by=coach, at=moment(day, hour=13))


def enrol(world: World, unit: Unit, day: date) -> Person:
    """Enrol one synthetic person, who has some skills of one trade and some that everybody may have."""
    rng, fake = world.rng, world.fake
    coach, trade = rng.choice(world.coaches[unit]), rng.choice(TRADES)
    least, most = hours(rng)
    participant = enrol_participant(
        unit=unit,
        coach=coach,
        by=coach,
        at=moment(day),
        first_name=fake.first_name(),
        last_name=fake.last_name(),
        place=place_named(rng.choice(PLACES)),
        max_travel_km=rng.choice([None, 10, 20, 30, 50]),
        hours_min=least,
        hours_max=most,
        licences=[code for code in ("B", *trade.licences) if rng.random() < 0.4],
        languages=languages(rng),
        adaptations=rng.sample(trade.adaptations, k=rng.choice([0, 0, 1, 2]))
        if rng.random() < 0.95
        else [rng.choice(Adaptation.values)],
        adaptations_good=rng.sample(Adaptation.values, k=rng.choice([0, 0, 0, 1])),
    )
    add_written(
        participant_id=participant.pk,
        skills=skills(rng, trade),
        experiences=experiences(rng, trade, day),
        wishes=wishes(rng, trade),
        by=coach,
        at=moment(day),
    )
    return Person(participant, trade)


def sign_ins(world_users: Sequence[tuple[str, str]]) -> str:
    """Return the table of sign-ins that `make demo` prints."""
    width = max(len(label) for label, _email in world_users)
    return "\n".join(f"  {label:<{width}}  {email}" for label, email in world_users)
