"""Employers of the demo that are looked into: one is asked, one has replied, and one has got advice."""

from datetime import date, timedelta
from typing import Any, Final

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.demo.world import Workshop, World, moment
from backend.employers.enums import MeasureKind, MeasureReason
from backend.employers.models import Employer
from backend.employers.services import correct_redundancies, record_redundancies
from backend.internships.enums import UNDER_WAY
from backend.internships.models import Internship
from backend.internships.services import ask_union, record_union_answer, tell_of_workplace
from backend.safeguarding import services
from backend.safeguarding.models import Review

TOLD: Final = "De som är på praktik där jobbar ensamma i disken hela dagarna. Ingen visar dem något."
SEEN: Final = "Vid besöket kunde ingen säga vem som handleder i veckan."
ASKED: Final = (
    "Vi har fått veta att praktikanter arbetar ensamma i disken och att ingen handleder dem. Vem handleder, "
    "vilka dagar, och vad får den som kommer lära sig?"
)
REPLY: Final = "Vår handledare slutade i augusti. Nu är det Karin som tar emot, och schemat är ändrat."
SO_MANY: Final = 3
NOTICE: Final = "Enligt arbetsgivaren blev kvällspasset för litet. Facket har bekräftat det."
FEWER: Final = "Två av de fem fick stanna."
ADVICE: Final = "Bestäm vem som handleder varje dag och skriv in det i planen innan nästa person kommer."


def look_into_some(world: World, *, today: date) -> None:
    """Review three employers: one has not replied yet, one waits for a decision, and one has got advice."""
    good = set(Employer.objects.in_good_standing(today).values_list("pk", flat=True))
    known = [each for each in world.workshops if each.employer.pk in good]
    among = known if len(known) >= SO_MANY else world.workshops
    chosen = among[:: len(among) // SO_MANY][:SO_MANY]
    asked, replied, advised = chosen
    _unions(chosen, today=today)
    _redundancies([each for each in known if each not in chosen], today=today)
    _asked(asked, day=today - timedelta(days=3))
    _replied(_asked(replied, day=today - timedelta(days=10)), replied, day=today - timedelta(days=1))
    review = _asked(advised, day=today - timedelta(days=60))
    _replied(review, advised, day=today - timedelta(days=50))
    day = today - timedelta(days=48)
    measure: dict[str, Any] = {"kind": MeasureKind.ADVICE, "reason": MeasureReason.SUPERVISION}
    measure |= {"starts_on": day, "last_on": today + timedelta(days=120)}
    who = _manager(advised)
    services.decide_review(review_id=review.pk, reason=ADVICE, measure=measure, by=who, at=moment(day))


def _redundancies(workshops: list[Workshop], *, today: date) -> None:
    """Let one employer at which somebody is placed have given notice; what was noted first is put right."""
    placed = Internship.objects.filter(state__in=UNDER_WAY).values_list("workplace", flat=True)
    places = set(placed.order_by())
    for workshop in [each for each in workshops if each.workplace.pk in places][:1]:
        day, who = today - timedelta(days=50), _manager(workshop)
        facts: dict[str, Any] = {"workplace_id": workshop.workplace.pk, "words": NOTICE, "by": who}
        facts["happened_on"] = day - timedelta(days=4)
        first = record_redundancies(employer_id=workshop.employer.pk, how_many=5, at=moment(day), **facts)
        later = moment(day + timedelta(days=6))
        correct_redundancies(redundancy_id=first.pk, how_many=3, why=FEWER, at=later, **facts)


def _unions(workshops: list[Workshop], *, today: date) -> None:
    """Let a union be asked about two workplaces: one has answered, one has time left."""
    for workshop, ago in zip(workshops, (30, 2), strict=False):
        day, manager = today - timedelta(days=ago), _manager(workshop)
        work = workshop.trade.occupations[0]
        question: dict[str, Any] = {"union_name": "Facklig part på orten", "work": work}
        last = day + timedelta(days=10)
        asked = ask_union(
            workplace_id=workshop.workplace.pk, **question, answer_by=last, by=manager, at=moment(day)
        )
        if last < today:
            answer: dict[str, Any] = {"outcome": "no_objection", "answered_by": "Lena Lund"}
            answer |= {"answered_on": day + timedelta(days=4), "by": manager, "at": moment(last)}
            record_union_answer(consultation_id=asked.pk, **answer)


def _asked(workshop: Workshop, *, day: date) -> Review:
    employer = workshop.employer
    concern = tell_of_workplace(employer_id=employer.pk, text=TOLD, by=None, at=moment(day))
    manager, at = _manager(workshop), moment(day)
    told: dict[str, Any] = {"note": SEEN, "concern_ids": [concern.pk]}
    review = services.open_review(employer_id=employer.pk, by=manager, at=at, **told)
    last = day + timedelta(days=21)
    return services.ask_reply(review_id=review.pk, words=ASKED, reply_by=last, by=manager, at=at)


def _replied(review: Review, workshop: Workshop, *, day: date) -> None:
    services.reply_to_review(review_id=review.pk, words=REPLY, by=workshop.contact, at=moment(day))


def _manager(workshop: Workshop) -> User:
    held = workshop.employer.municipality.assignments.filter(role=Role.MANAGER, ended_on__isnull=True)
    return held.select_related("user").order_by("user__email").first().user  # type: ignore[union-attr]
