"""In whatever world: no guest's page and no print tells of a person without a consent to that agency."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.cooperation.enums import CaseReviewState
from backend.cooperation.models import ReviewDecision
from backend.cooperation.pages.at_the_table import review_to_agency
from backend.participants.enums import ReleasedKind
from backend.participants.models import AgencyContact, Participant, ReleasedItem
from tests.cast import Cast
from tests.factories import (
    AgencyContactFactory,
    CaseReviewFactory,
    PackageFactory,
    ParticipantFactory,
    ReviewActionFactory,
    ReviewCaseFactory,
    ReviewSeatFactory,
    UserFactory,
)
from tests.factories.base import NOW, TODAY

PEOPLE, AGENCIES = 3, 3
HOLDS, NONE, TAKEN_BACK, RUN_OUT = "holds", "none", "taken back", "run out"
CONSENTS = st.lists(
    st.sampled_from([HOLDS, NONE, TAKEN_BACK, RUN_OUT]),
    min_size=PEOPLE * AGENCIES,
    max_size=PEOPLE * AGENCIES,
)
PROTECTED = st.lists(st.booleans(), min_size=PEOPLE, max_size=PEOPLE)


def release(person: Participant, contact: AgencyContact, how: str) -> None:
    """Let the agency read a marked item of the person, or have read it once."""
    if how == NONE:
        return
    ends: dict[str, Any] = {
        HOLDS: {},
        TAKEN_BACK: {"consent__withdrawn_at": NOW, "consent__end_reason": "withdrawn"},
        RUN_OUT: {"consent__valid_until": TODAY - timedelta(days=1)},
    }[how]
    package = PackageFactory(participant=person, contact=contact, **ends)
    text = f"{person.first_name} släpper"
    ReleasedItem.objects.create(consent=package.consent, kind=ReleasedKind.PRESENTATION, text=text)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(consents=CONSENTS, protected=PROTECTED)
def test_no_guest_reads_of_who_has_not_agreed(cast: Cast, consents: list[str], protected: list[bool]) -> None:
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        _check(cast, consents, protected)
        transaction.set_rollback(True)


def _check(cast: Cast, consents: list[str], protected: list[bool]) -> None:
    contacts = [
        AgencyContactFactory(
            agency__municipality=cast.municipality,
            user=UserFactory(persona="agency"),
            email=f"g{n}@x.example",
        )
        for n in range(AGENCIES)
    ]
    review = CaseReviewFactory(unit=cast.unit, planned_by=cast.coach, state=CaseReviewState.HELD)
    seats = [ReviewSeatFactory(review=review, contact=each) for each in contacts]
    people = [
        ParticipantFactory(
            first_name=f"Kanarie{n}", last_name=f"Kanarie{n}", unit=cast.unit, coach=cast.coach
        )
        for n in range(PEOPLE)
    ]
    for at, how in enumerate(consents):
        release(people[at // AGENCIES], contacts[at % AGENCIES], how)
    for n, person in enumerate(people):
        case = ReviewCaseFactory(review=review, participant=person)
        ReviewDecision.objects.create(case=case, text=f"Kanarie{n} beslut", by=cast.coach, at=NOW)
        for contact in contacts:
            ReviewActionFactory(case=case, what=f"Kanarie{n} gör", staff=None, contact=contact)
    hidden = [person.pk for person, is_protected in zip(people, protected, strict=True) if is_protected]
    Participant.objects.filter(pk__in=hidden).update(is_protected=True)
    for at, (contact, seat) in enumerate(zip(contacts, seats, strict=True)):
        text = _all_that_is_read(contact, seat)
        for n in range(PEOPLE):
            may = consents[n * AGENCIES + at] == HOLDS and not protected[n]
            assert (f"Kanarie{n}" in text) is may


def _all_that_is_read(contact: AgencyContact, seat: Any) -> str:
    client = Client()
    client.force_login(contact.user)
    pages = [reverse("cooperation:my_packages"), reverse("cooperation:my_review", args=[seat.pk])]
    texts = [client.get(each).text for each in pages]
    seen = review_to_agency(seat, on=TODAY, reader=None)
    context = {"review": seen, "language": "sv"}
    return " ".join([*texts, render_to_string("documents/case_review_to_agency.html", context)])
