"""The start page, and what awaits each role at home."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.employers.models import EmployerCheck, Opening
from backend.home.day.my_day import coach_day
from backend.home.next_step import next_step_of
from backend.internships.enums import InternshipState
from backend.internships.models import Internship
from backend.matching.enums import ProposalState
from backend.matching.services import place_proposal
from tests.cast import Cast
from tests.factories import (
    EmployerCheckFactory,
    FollowUpFactory,
    InternshipFactory,
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
)
from tests.factories.base import NOW, TODAY


def home(user: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse("home:my_home"))


class TestCoachDay:
    def test_an_overdue_follow_up_comes_before_who_has_waited_long(self, cast: Cast) -> None:
        ParticipantFactory(
            unit=cast.unit, coach=cast.coach, enrolled_on="2025-01-01", waiting_since="2025-01-01"
        )
        internship = InternshipFactory(
            participant=cast.pia, planned_by=cast.coach, state=InternshipState.ONGOING
        )
        FollowUpFactory(internship=internship, due_on="2026-03-01")
        tones = [todo.tone for todo in coach_day(cast.coach, today=TODAY)]
        assert tones[0] == "danger"
        assert tones[-1] == "neutral"

    def test_a_yes_waits_to_be_planned_until_it_is(self, cast: Cast) -> None:
        accepted = ProposalFactory(
            opening=cast.opening,
            participant=cast.pia,
            proposed_by=cast.coach,
            state=ProposalState.ACCEPTED,
        )
        assert [todo.url for todo in coach_day(cast.coach, today=TODAY)] == [accepted.get_absolute_url()]
        place_proposal(proposal=accepted, by=cast.coach, at=NOW)
        assert coach_day(cast.coach, today=TODAY) == []

    def test_another_coachs_work_is_not_mine(self, cast: Cast) -> None:
        internship = InternshipFactory(
            participant=cast.pelle, planned_by=cast.other_coach, state=InternshipState.ONGOING
        )
        FollowUpFactory(internship=internship, due_on="2026-03-01")
        assert coach_day(cast.coach, today=TODAY) == []

    def test_checks_that_run_out_are_told_in_time_once_for_an_employer(self, cast: Cast) -> None:
        EmployerCheck.objects.filter(employer=cast.bakery).update(valid_until=TODAY + timedelta(days=30))
        [todo] = coach_day(cast.coach, today=TODAY)
        assert (todo.title, todo.reason) == (str(cast.bakery), "Kontrollerna går snart ut")
        later, *_others = coach_day(cast.coach, today=TODAY + timedelta(days=31))
        assert later.reason == "Kontrollerna har gått ut"

    def test_checks_that_have_been_made_again_are_told_of_no_more(self, cast: Cast) -> None:
        old = EmployerCheck.objects.filter(employer=cast.bakery)
        for check in old:
            EmployerCheckFactory(employer=cast.bakery, kind=check.kind, recorded_at=NOW + timedelta(days=1))
        old.filter(recorded_at__lte=NOW).update(valid_until=TODAY)
        assert coach_day(cast.coach, today=TODAY) == []

    def test_more_to_do_takes_no_more_queries(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        client, counts = Client(), []
        client.force_login(cast.coach)
        # The first look writes down in the session when it was.
        client.get(reverse("home:my_home"))
        for _round in range(2):
            for _each in range(2):
                someone = ParticipantFactory(unit=cast.unit, coach=cast.coach)
                internship = InternshipFactory(
                    participant=someone, planned_by=cast.coach, state=InternshipState.ONGOING
                )
                FollowUpFactory(internship=internship, due_on="2026-03-01")
            # Three of signing in, one for each kind of thing to do, and the log's row.
            with django_assert_max_num_queries(19) as captured:
                client.get(reverse("home:my_home"))
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestNextStep:
    def test_a_question_comes_first(self, cast: Cast) -> None:
        asked = ProposalFactory(
            opening=cast.opening,
            participant=cast.pia,
            state=ProposalState.ASKED,
            consent=None,
            sent_at=None,
        )
        step = next_step_of(cast.participant_user, today=TODAY)
        assert step.url == asked.get_absolute_url()

    def test_says_how_many_things_wait_and_shows_the_first(self, cast: Cast) -> None:
        asked = {"participant": cast.pia, "proposed_by": cast.coach, "state": ProposalState.ASKED}
        for opening in (cast.opening, OpeningFactory(workplace=cast.opening.workplace)):
            ProposalFactory(opening=opening, **asked, consent=None, sent_at=None)
        internship = InternshipFactory(
            participant=cast.pia, planned_by=cast.coach, state=InternshipState.ONGOING
        )
        FollowUpFactory(internship=internship, due_on=TODAY)

        page = home(cast.participant_user).content.decode()

        assert "Fråga 1 av 3" in page
        assert "Vill du bli föreslagen?" in page

    def test_when_nothing_waits_there_is_no_button(self, cast: Cast) -> None:
        assert next_step_of(cast.participant_user, today=TODAY).url == ""


@pytest.mark.django_db
def test_an_employer_without_an_organisation_is_asked_for_it() -> None:
    from backend.accounts.enums import Persona
    from tests.factories import UserFactory

    answer = home(UserFactory(persona=Persona.EMPLOYER))
    assert (answer.status_code, answer["Location"]) == (302, reverse("employers:register"))


def test_the_employer_sees_what_waits_but_no_name_in_the_list(cast: Cast) -> None:
    ProposalFactory(opening=cast.opening, participant=cast.pia)
    page = home(cast.employer_member).content.decode()
    assert cast.opening.title in page
    assert cast.pia.first_name not in page


def test_whom_the_employer_will_meet_waits_for_the_coach_not_for_the_employer(cast: Cast) -> None:
    ProposalFactory(opening=cast.opening, participant=cast.pia, state=ProposalState.INTERVIEW)
    page = home(cast.employer_member).content.decode()
    waiting, _heading, happening = page.partition('id="ongoing"')
    assert "Inget väntar på ert svar" in waiting
    assert f"Samtal om {cast.opening.title}" in happening
    assert "Jobbcoachen bokar mötet" in happening


class TestDueFromTheEmployer:
    @pytest.fixture(autouse=True)
    def today(self) -> Iterator[None]:
        with time_machine.travel(NOW, tick=False):
            yield

    @pytest.fixture
    def ongoing(self, cast: Cast) -> Internship:
        return InternshipFactory(
            opening=cast.opening, participant=cast.pia, planned_by=cast.coach, state=InternshipState.ONGOING
        )

    def test_an_evaluation_five_days_late_is_on_the_employers_home(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        late = FollowUpFactory(internship=ongoing, kind="end", due_on=TODAY - timedelta(days=5))
        page = home(cast.employer_member).content.decode()
        assert reverse("internships:follow_up_answer", args=[late.pk]) in page
        assert "5 dagar sen" in page
        assert cast.pia.last_name not in page

    @pytest.mark.parametrize(
        "change",
        [
            {"due_on": TODAY + timedelta(days=1)},
            {"employer_answered_at": NOW},
            {"cancelled_at": NOW},
        ],
    )
    def test_what_is_not_due_or_answered_is_not(
        self, cast: Cast, ongoing: Internship, change: dict[str, Any]
    ) -> None:
        FollowUpFactory(internship=ongoing, **{"due_on": TODAY, **change})
        assert "Berätta hur det går" not in home(cast.employer_member).content.decode()

    def test_it_is_no_other_employers(self, cast: Cast, ongoing: Internship) -> None:
        FollowUpFactory(internship=ongoing, due_on=TODAY)
        assert "Berätta hur det går" not in home(cast.other_employer).content.decode()


def test_one_place_is_one_place(cast: Cast) -> None:
    Opening.objects.filter(pk=cast.opening.pk).update(places=1, places_taken=1)
    assert "0 av 1 plats ledig" in home(cast.employer_member).content.decode()


@pytest.mark.parametrize(("role", "called"), [("coach", "Mina deltagare"), ("manager", "Deltagare")])
def test_a_manager_reads_participants_where_a_coach_reads_mine(cast: Cast, role: str, called: str) -> None:
    client = Client()
    client.force_login(getattr(cast, role))
    page = client.get(reverse("participants:participant_list")).content.decode()
    heading = page.partition("<h1")[2].partition("</h1>")[0]
    assert heading.rpartition(">")[2].strip() == called
    assert f">{called}</a>" in client.get(cast.pia.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_the_start_page_is_open_and_says_what_to_do_when_empty(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Anmäl din arbetsplats" in page
    assert "Inga platser just nu" in page
