"""The pages on which a coach weighs people and places against each other."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from backend.accounts.models import User
from backend.employers.models import Opening
from backend.employers.services import RequirementDraft, save_opening
from backend.matching.models import AllocationChoice, Judgement, Proposal
from backend.participants.models import Participant
from backend.participants.services import ExperienceDraft, SkillDraft, add_written
from tests.factories import MembershipFactory, ParticipantFactory, WorkplaceFactory
from tests.journeys.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

LONG_NAME = "Wolfeschlegelsteinhausenb"


@pytest.fixture
def people(municipality: dict[str, User]) -> list[Participant]:
    """Three who can bake more or less well, one with a long wait."""
    coach = municipality["cecilia"]
    unit = coach.assignments.get().unit
    known = {
        "Amina": ["Baka bröd", "Städa kök", "Samarbete"],
        "Berit": ["Degarbete", "Kundservice"],
        "Carl": ["Baka kaffebröd", "Städning"],
    }
    found = []
    for name, skills in known.items():
        person = ParticipantFactory(first_name=name, last_name="Åkesson", unit=unit, coach=coach)
        drafts = [SkillDraft(text) for text in skills]
        experiences = [ExperienceDraft("Bagare")]
        add_written(
            participant_id=person.pk, skills=drafts, experiences=experiences, by=coach, at=timezone.now()
        )
        found.append(person)
    return found


@pytest.fixture
def opening(municipality: dict[str, User]) -> Opening:
    """A bakery that asks for two skills, one of them essential."""
    home = municipality["cecilia"].assignments.get().municipality
    workplace = WorkplaceFactory(
        employer__municipality=home, employer__name="Bageriet med det långa namnet AB"
    )
    member, now = MembershipFactory(employer=workplace.employer).user, timezone.now()
    draft = save_opening(
        fields={
            "workplace": workplace,
            "kind": "internship",
            "title": "Bagarbiträde i ett litet bageri",
            "description": "Du bakar bröd.",
            "places": 2,
        },
        occupation="Bagare",
        requirements=[RequirementDraft("Baka bröd", essential=True), RequirementDraft("Städa kök")],
        by=member,
        at=now,
    )
    Opening.objects.filter(pk=draft.pk).update(state="published", published_at=now)
    return draft


def test_a_coach_weighs_people_and_places(
    people: list[Participant], opening: Opening, arrive: Callable[[], Visitor]
) -> None:
    coach, manager = arrive(), arrive()
    coach.sign_in("cecilia@exempelstad.example")
    ranked_people_explain_themselves(coach, opening)
    ranked_places_explain_themselves(coach, people[1])
    the_week_is_shared_out(coach)
    manager.sign_in("maria@exempelstad.example")
    manager.go(reverse("matching:exposure"))


def test_a_long_name_wraps_on_a_phone(
    people: list[Participant], opening: Opening, arrive: Callable[[], Visitor]
) -> None:
    person = people[0]
    Participant.objects.filter(pk=person.pk).update(first_name=LONG_NAME)
    coach = arrive()
    coach.sign_in("cecilia@exempelstad.example")

    coach.go(person.get_absolute_url())
    coach.reads(LONG_NAME)
    coach.go(reverse("matching:candidates", args=[opening.pk]))
    coach.go(reverse("matching:board"))
    coach.go(reverse("matching:propose", args=[opening.pk, person.pk]))


def ranked_people_explain_themselves(coach: Visitor, opening: Opening) -> None:
    coach.go(reverse("matching:candidates", args=[opening.pk]))
    coach.reads("Amina Åkesson", "Berit Åkesson", "Baka bröd")
    coach.go(reverse("matching:why", args=[opening.pk, Participant.objects.get(first_name="Amina").pk]))
    coach.reads("Baka bröd")


def ranked_places_explain_themselves(coach: Visitor, person: Participant) -> None:
    coach.go(reverse("matching:openings_for", args=[person.pk]))
    coach.reads("Bagarbiträde i ett litet bageri")
    coach.go(reverse("matching:skills_to_learn", args=[person.pk]))
    coach.go(reverse("matching:news"))


def the_week_is_shared_out(coach: Visitor) -> None:
    coach.go(reverse("matching:board"))
    coach.reads("Bagarbiträde i ett litet bageri")
    coach.press("Behåll")
    assert AllocationChoice.objects.count() == 1
    coach.press("Gör utkast")
    assert set(Proposal.objects.values_list("state", flat=True)) == {"draft"}
    assert not Judgement.objects.exists()
