"""What becomes of internships when something happens to the person, the consent or the employer."""

from datetime import timedelta
from itertools import product

import pytest

from backend.core.models import OutboxMessage
from backend.employers.models import Opening
from backend.employers.services import record_checks
from backend.home.day.my_day import coach_day
from backend.internships.enums import InternshipState
from backend.internships.models import Internship
from backend.internships.safeguards.going_on import doubts
from backend.internships.services import plan_internship, record_employment, start_internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.services import renew_consent
from backend.participants.enums import ParticipantState
from backend.participants.models import Consent
from backend.participants.services import change_state, protect_participant, withdraw_consent
from tests.cast import Cast
from tests.factories import InternshipFactory, OpeningFactory, ParticipantFactory, ProposalFactory, stand
from tests.factories.base import NOW, TODAY
from tests.internships.test_planning import TERMS
from tests.refusals import refused_for
from tests.told import told, told_by_kind

FIRST_DAY = NOW + timedelta(days=4)


@pytest.fixture
def planned(cast: Cast) -> Internship:
    Opening.objects.filter(pk=cast.opening.pk).update(places_taken=1, state="filled")
    accepted = ProposalFactory(
        opening=cast.opening, participant=cast.pia, proposed_by=cast.coach, state=ProposalState.ACCEPTED
    )
    return plan_internship(proposal_id=accepted.pk, by=cast.coach, at=NOW, **TERMS)


@pytest.fixture
def ongoing(cast: Cast, planned: Internship) -> Internship:
    day = planned.starts_on
    return start_internship(internship_id=planned.pk, started_on=day, by=cast.coach, at=FIRST_DAY)


def state_of(internship: Internship) -> tuple[str, str]:
    row = Internship.objects.select_related("proposal").get(pk=internship.pk)
    return row.state, row.proposal.state if row.proposal else ""


def move(cast: Cast, to: str) -> None:
    change_state(participant_id=cast.pia.pk, to=to, why="Så är det", by=cast.coach, at=FIRST_DAY)


def hire(cast: Cast) -> None:
    facts = {"form": "ordinary", "title": "Bagare", "percent": 100, "employer_name": "Någon annan"}
    record_employment(participant_id=cast.pia.pk, starts_on=TODAY, by=cast.coach, at=FIRST_DAY, **facts)


class TestACaseThatStops:
    @pytest.mark.parametrize("to", ["paused", "ended"])
    def test_calls_off_what_is_planned(self, cast: Cast, planned: Internship, to: str) -> None:
        move(cast, to)

        assert state_of(planned) == (InternshipState.CANCELLED, ProposalState.WITHDRAWN)
        assert Opening.objects.get(pk=cast.opening.pk).places_taken == 0
        # One message for one thing: the employer is told that the internship is off, and no more.
        heard = {kind for kind, who in told_by_kind(created_at=FIRST_DAY) if who == cast.employer_member}
        assert heard == {"internship_ended"}

    @pytest.mark.parametrize("to", ["paused", "ended", "active"])
    def test_is_refused_while_an_internship_is_ongoing(
        self, cast: Cast, ongoing: Internship, to: str
    ) -> None:
        with refused_for("internship_is_ongoing"):
            move(cast, to)

        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.IN_INTERNSHIP
        assert state_of(ongoing) == (InternshipState.ONGOING, ProposalState.PLACED)


class TestAJob:
    def test_calls_off_what_is_planned(self, cast: Cast, planned: Internship) -> None:
        hire(cast)

        assert state_of(planned) == (InternshipState.CANCELLED, ProposalState.WITHDRAWN)

    def test_leaves_what_is_ongoing_to_the_coach(self, cast: Cast, ongoing: Internship) -> None:
        hire(cast)

        assert state_of(ongoing) == (InternshipState.ONGOING, ProposalState.PLACED)
        assert ongoing.get_absolute_url() in [todo.url for todo in coach_day(cast.coach, today=TODAY)]


class TestAConsentThatEnds:
    def test_the_internship_cannot_be_started_without_a_new_one(
        self, cast: Cast, planned: Internship
    ) -> None:
        withdraw_consent(consent_id=planned.proposal.consent_id, by=cast.participant_user, at=NOW)
        day = {"internship_id": planned.pk, "started_on": planned.starts_on, "by": cast.coach}

        with refused_for("placement_without_consent"):
            start_internship(at=FIRST_DAY, **day)
        assert state_of(planned) == (InternshipState.PLANNED, ProposalState.PLACED)

        keys = {"item_keys": ["first_name"], "means": "in_person"}
        renew_consent(proposal_id=planned.proposal_id, by=cast.coach, at=NOW, **keys)
        assert start_internship(at=FIRST_DAY, **day).state == InternshipState.ONGOING

    def test_the_coach_is_asked_what_becomes_of_it(self, cast: Cast, planned: Internship) -> None:
        assert planned.get_absolute_url() not in [todo.url for todo in coach_day(cast.coach, today=TODAY)]

        withdraw_consent(consent_id=planned.proposal.consent_id, by=cast.participant_user, at=NOW)

        assert [todo.url for todo in coach_day(cast.coach, today=TODAY)] == [planned.get_absolute_url()]
        assert told(kind="internship_in_question") == {cast.coach}

    def test_protection_ends_it_too(self, cast: Cast, planned: Internship) -> None:
        protect_participant(participant_id=cast.pia.pk, handlers=[cast.coach], by=cast.coach, at=NOW)

        assert Proposal.objects.get().consent.withdrawn_at == NOW
        assert state_of(planned) == (InternshipState.PLANNED, ProposalState.PLACED)


def test_an_employer_who_is_paused_puts_its_internships_in_question(cast: Cast, ongoing: Internship) -> None:
    facts = {"kinds": ["tax_debt"], "outcome": "refuse", "evidence": "Skatteverket"}
    record_checks(employer=cast.bakery, by=cast.coach, at=NOW, **facts)

    assert [todo.url for todo in coach_day(cast.coach, today=TODAY)] == [ongoing.get_absolute_url()]
    assert OutboxMessage.objects.filter(kind="internship_in_question").count() == 1


@pytest.mark.parametrize("days_left", [-1, 0])
def test_what_is_said_of_one_is_said_of_many(cast: Cast, days_left: int) -> None:
    stand(cast.joinery, "stopped")
    states = ("planned", "ongoing", "cancelled")
    people = ("active", "in_internship", "employed")
    rows = []
    for state, person, employer, has_proposal in product(
        states, people, (cast.bakery, cast.joinery), (True, False)
    ):
        opening = OpeningFactory(workplace__employer=employer, places_taken=1)
        participant = ParticipantFactory(unit=cast.unit, state=person)
        stands_on = {"proposal": None}
        if has_proposal:
            stands_on["proposal"] = ProposalFactory(
                opening=opening, participant=participant, state=ProposalState.PLACED
            )
        rows.append(InternshipFactory(opening=opening, participant=participant, state=state, **stands_on))
    Consent.objects.update(valid_until=TODAY + timedelta(days=days_left))

    in_question = set(Internship.objects.in_question(TODAY).values_list("pk", flat=True))

    related = ("proposal__consent", "workplace__employer", "participant")
    loaded = Internship.objects.select_related(*related).in_bulk([each.pk for each in rows])
    is_open = ("planned", "ongoing")
    said = {pk for pk, each in loaded.items() if each.state in is_open and doubts(each, day=TODAY)}
    assert said == in_question
