"""Case reviews of the demo: one that was held with minutes, and one to come, with four agencies each."""

from datetime import date, time, timedelta
from typing import Final

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.cooperation import services
from backend.cooperation.models import CaseReview, ReviewCase
from backend.demo.world import account, moment
from backend.participants.enums import MATCHABLE_STATES, AgencyKind, ConsentMeans
from backend.participants.models import Agency, AgencyContact, Participant
from backend.participants.services import add_agency_contact, register_agency, releasable_items

AGENCIES: Final = (
    ("Arbetsförmedlingen", AgencyKind.EMPLOYMENT_SERVICE, "Gunilla Gäst"),
    ("Försäkringskassan", AgencyKind.SOCIAL_INSURANCE, "Folke Gäst"),
    ("Vuxenutbildningen", AgencyKind.ADULT_EDUCATION, "Vera Gäst"),
    ("Vårdcentralen", AgencyKind.REGION, "Rut Utskrift"),
)
PURPOSE: Final = "Inför ärendegenomgången"
SO_MANY: Final = 3
SINCE, HELD, NEXT = timedelta(days=30), timedelta(days=21), timedelta(days=7)


def meet_about_some(*, today: date) -> None:
    """Let the unit with most people have met four agencies about some, and meet them again in a week."""
    people = Participant.objects.findable().filter(state__in=MATCHABLE_STATES)
    first = people.order_by("enrolled_on", "pk").select_related("unit", "coach").first()
    if first is None:
        return
    coach, since = first.coach, today - SINCE
    theirs = list(people.filter(unit=first.unit, coach=coach).order_by("enrolled_on", "pk")[:SO_MANY])
    contacts = [_contact(number, by=coach, day=since) for number in range(len(AGENCIES))]
    for number, person in enumerate(theirs):
        for contact in contacts[number:]:
            _share(person, contact, day=since, until=today + timedelta(days=90))
    held = _review(first, contacts, on=today - HELD, planned=since)
    at = moment(today - HELD)
    cases = [_put(held, each, by=coach, day=since) for each in theirs]
    services.hold_review(review_id=held.pk, by=coach, at=at)
    for case in cases:
        services.note_outcome(
            case_id=case.pk,
            decision="Praktik prövas i höst, först halva dagar.",
            what="Ringer arbetsgivaren och bokar ett besök",
            staff_id=coach.pk,
            contact_id=None,
            by_day=today - timedelta(days=2),
            by=coach,
            at=at,
        )
    services.close_review(review_id=held.pk, by=coach, at=at)
    to_come = _review(first, contacts, on=today + NEXT, planned=today)
    for each in theirs:
        _put(to_come, each, by=coach, day=today)


def _contact(number: int, *, by: User, day: date) -> AgencyContact:
    """Write down an agency and who comes from it; the last one gets prints."""
    name, kind, who = AGENCIES[number]
    at = moment(day)
    municipality = min(by.municipality_ids())
    agency = Agency.objects.visible_to(by).filter(name=name).first() or register_agency(
        municipality_id=municipality, kind=kind, name=name, by=by, at=at
    )
    signs_in = number < len(AGENCIES) - 1
    email = f"myndighet{number + 1}@praktik.example" if signs_in else ""
    if signs_in:
        account(email, who, Persona.AGENCY)
    last = day + timedelta(days=300)
    return add_agency_contact(agency_id=agency.pk, name=who, email=email, last_day=last, by=by, at=at)


def _share(person: Participant, contact: AgencyContact, *, day: date, until: date) -> None:
    keys = [each.key for each in releasable_items(person, to_agency=True)][:SO_MANY]
    services.send_package(
        participant_id=person.pk,
        agency_id=contact.agency_id,
        contact_id=contact.pk if contact.user_id else None,
        item_keys=keys,
        purpose=PURPOSE,
        means=ConsentMeans.IN_PERSON,
        valid_until=until,
        by=person.coach,
        at=moment(day),
    )


def _review(person: Participant, contacts: list[AgencyContact], *, on: date, planned: date) -> CaseReview:
    return services.plan_review(
        unit_id=person.unit_id,
        day=on,
        clock=time(9),
        place="Stadshuset, rum 3",
        seats=[(each.agency_id, each.pk if each.user_id else None) for each in contacts],
        by=person.coach,
        at=moment(planned),
    )


def _put(review: CaseReview, person: Participant, *, by: User, day: date) -> ReviewCase:
    return services.put_on_agenda(review_id=review.pk, participant_id=person.pk, by=by, at=moment(day))
