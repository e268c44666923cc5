"""The pages of internships: who reads what, what is asked of the database, and bad input."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.core.models import ReadEntry
from backend.internships.enums import InternshipState
from backend.internships.models import Concern, Employment, FollowUp, Internship
from backend.internships.pages.excel import EXPORTED, exported
from backend.matching.enums import ProposalState
from backend.participants.models import ReleasedItem
from tests.cast import Cast
from tests.factories import (
    ConsentFactory,
    EmploymentFactory,
    FollowUpFactory,
    InternshipFactory,
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
)
from tests.factories.base import NOW, TODAY

LATER = date(2036, 1, 1)


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    return InternshipFactory(
        opening=cast.opening, participant=cast.pia, planned_by=cast.coach, state=InternshipState.ONGOING
    )


def as_user(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestInternshipDetail:
    def test_the_employer_reads_the_released_first_name_alone(self, cast: Cast) -> None:
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, consent__valid_until=LATER)
        ReleasedItem.objects.create(consent=proposal.consent, kind="first_name", text="Pia")
        ongoing = InternshipFactory(
            proposal=proposal,
            opening=cast.opening,
            participant=cast.pia,
            planned_by=cast.coach,
            state=InternshipState.ONGOING,
        )
        page = as_user(cast.employer_member).get(ongoing.get_absolute_url()).content.decode()
        assert "Pia ·" in page
        assert cast.pia.last_name not in page
        assert ongoing.decision_reference not in page

    def test_a_concern_is_read_by_the_coach_and_never_by_the_employer(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        Concern.objects.create(
            internship=ongoing, raised_by=cast.participant_user, raised_at=NOW, text="Ensam i köket."
        )
        for reader, sees in (
            (cast.coach, True),
            (cast.participant_user, True),
            (cast.employer_member, False),
        ):
            page = as_user(reader).get(ongoing.get_absolute_url()).content.decode()
            assert ("Ensam i köket." in page) is sees

    def test_a_look_is_written_down_and_the_participants_own_is_not(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        for reader in (cast.coach, cast.participant_user, cast.employer_member):
            as_user(reader).get(ongoing.get_absolute_url())
        assert [entry.by for entry in ReadEntry.objects.order_by("pk")] == [cast.coach, cast.employer_member]


class TestLists:
    def test_a_protected_identity_stands_in_none(self, cast: Cast) -> None:
        hidden = InternshipFactory(
            participant=cast.skye, planned_by=cast.coach, state=InternshipState.ONGOING
        )
        FollowUpFactory(internship=hidden)
        coach = as_user(cast.coach)
        for name in ("internship_list", "follow_up_list"):
            assert cast.skye.first_name not in coach.get(reverse(f"internships:{name}")).content.decode()
        assert coach.get(hidden.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("name", ["internship_list", "follow_up_list"])
    def test_more_rows_take_no_more_queries(
        self, cast: Cast, name: str, django_assert_max_num_queries: Any
    ) -> None:
        coach, counts = as_user(cast.coach), []
        for rows in (1, 3):
            while Internship.objects.count() < rows:
                someone = ParticipantFactory(unit=cast.unit, coach=cast.coach)
                FollowUpFactory(internship=InternshipFactory(participant=someone, planned_by=cast.coach))
            with django_assert_max_num_queries(10) as captured:
                coach.get(reverse(f"internships:{name}"))
            counts.append(len(captured))
        assert counts[0] == counts[1]

    def test_the_excel_file_is_one_and_the_look_is_written_down(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        answer = as_user(cast.coach).get(reverse("internships:internship_export"))
        assert answer.content[:2] == b"PK"
        assert ReadEntry.objects.get().subject_id == cast.pia.pk

    def test_the_excel_file_says_what_it_rests_on_and_what_came_of_it(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        began = ongoing.started_on or ongoing.starts_on
        EmploymentFactory(participant=cast.pia, starts_on=began - timedelta(days=1), title="Förr")
        EmploymentFactory(participant=cast.pia, starts_on=began, title="Bagare", percent=75)
        headings = [str(each) for each in EXPORTED]

        (cells,) = exported([ongoing])

        row = dict(zip(headings, cells, strict=True))
        assert row["Jobbcoach"] == "Cecilia"
        assert row["Enhet"] == "Arbetsmarknad"
        assert row["Timmar i veckan"] == ongoing.hours_per_week
        assert row["Beslutets beteckning"] == ongoing.decision_reference
        assert (row["Arbete"], row["Procent av heltid"], row["Jobbets första dag"]) == ("Bagare", 75, began)


def test_a_person_s_page_takes_as_many_queries_for_three_as_for_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    """With the panels of every app; the checks of jobs are the last of the sixteen."""
    coach, counts = as_user(cast.coach), []
    for _round in range(2):
        for _each in range(2):
            ConsentFactory(participant=cast.pia, employer=cast.bakery)
            proposal = ProposalFactory(opening=OpeningFactory(), participant=cast.pia, proposed_by=cast.coach)
            InternshipFactory(proposal=proposal, opening=proposal.opening, participant=cast.pia)
            job = EmploymentFactory(participant=cast.pia)
            job.retention_checks.create(months=6, due_on=TODAY)
        with django_assert_max_num_queries(25) as captured:
            coach.get(cast.pia.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1]


class TestPlan:
    @time_machine.travel(NOW, tick=False)
    def test_what_was_written_stays_beside_the_reasons(self, cast: Cast) -> None:
        accepted = ProposalFactory(
            opening=OpeningFactory(workplace=cast.opening.workplace, places_taken=1),
            participant=cast.pia,
            proposed_by=cast.coach,
            state=ProposalState.ACCEPTED,
            decided_at=NOW,
            decided_by=cast.employer_member,
        )
        answer = as_user(cast.coach).post(
            reverse("internships:internship_plan", args=[accepted.pk]),
            {
                "kind": "arbetspraktik",
                "starts_on": str(TODAY),
                "ends_on": str(TODAY - timedelta(days=1)),
                "hours_per_week": "30",
                "tasks": "Baka 🍞 خبز",
                "supervisor_name": "Sara",
                "programme": "none",
                "basis": "arbetsformedlingen",
                "basis_by": "Anna Ek",
                "basis_from": str(TODAY),
                "basis_until": str(TODAY + timedelta(days=90)),
                "decision_reference": "K-1",
                "insurance": "state",
                "union_outcome": "no_union",
            },
        )
        page = answer.content.decode()
        assert "Sista dagen kan inte komma före den första." in page
        assert "Baka 🍞" in page
        assert not Internship.objects.exists()


class TestAnswer:
    @pytest.fixture
    def first_week(self, ongoing: Internship) -> FollowUp:
        return FollowUpFactory(internship=ongoing)

    @pytest.mark.parametrize(
        "data",
        [{"note": ""}, {"mood": "wonderful"}, {"mood": "good", "note": "x" * 10_000}, {"mood": "good\x00"}],
    )
    def test_bad_input_is_told_and_nothing_is_saved(
        self, cast: Cast, first_week: FollowUp, data: dict[str, str]
    ) -> None:
        address = reverse("internships:follow_up_answer", args=[first_week.pk])
        answer = as_user(cast.employer_member).post(address, data)
        assert answer.status_code == 422
        assert "Rätta till det här" in answer.content.decode()
        first_week.refresh_from_db()
        assert first_week.employer_mood == ""

    def test_who_has_a_bad_time_is_asked_whether_the_coach_should_call(
        self, cast: Cast, first_week: FollowUp
    ) -> None:
        client = as_user(cast.participant_user)
        page = reverse("internships:follow_up_answer", args=[first_week.pk])

        asked = client.post(page, {"mood": "bad"}, follow=True).content.decode()
        assert "Vill du att jobbcoachen ringer?" in asked

        told = client.post(reverse("internships:call_want", args=[first_week.pk]), follow=True)
        assert f"{cast.coach} ringer dig" in told.content.decode()
        assert "vill att du ringer" in as_user(cast.coach).get(page).content.decode()
        at_employer = as_user(cast.employer_member).get(page).content.decode()
        assert "ringer dig" not in at_employer
        assert "Vill du att jobbcoachen ringer?" not in at_employer

    def test_who_has_a_good_time_is_not(self, cast: Cast, first_week: FollowUp) -> None:
        page = reverse("internships:follow_up_answer", args=[first_week.pk])
        answer = as_user(cast.participant_user).post(page, {"mood": "good"})
        assert answer["Location"] == first_week.internship.get_absolute_url()


def test_a_job_with_an_impossible_percent_is_refused(cast: Cast) -> None:
    address = reverse("internships:employment_create", args=[cast.pia.pk])
    data = {"employer_name": "X", "title": "Y", "form": "ordinary", "percent": "0", "starts_on": str(TODAY)}
    assert as_user(cast.coach).post(address, data).status_code == 422
    assert not Employment.objects.exists()
