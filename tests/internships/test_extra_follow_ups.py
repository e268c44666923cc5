"""Follow-ups at will, and the regular ones when the days of an internship change."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from backend.core import outbox
from backend.internships.enums import FollowUpKind, InternshipState
from backend.internships.models import FollowUp, Internship
from backend.internships.services import add_follow_up, correct_terms, start_internship
from tests.cast import Cast
from tests.factories import InternshipFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    planned = InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=150),
        basis_until=TODAY + timedelta(days=300),
    )
    return start_internship(internship_id=planned.pk, started_on=TODAY, by=cast.coach, at=NOW)


def due(internship: Internship, kind: str) -> set[int]:
    open_ones = internship.follow_ups.still_open().filter(kind=kind)
    return {(day - TODAY).days for day in open_ones.values_list("due_on", flat=True)}


class TestAnExtraOne:
    def test_is_asked_on_its_morning_like_the_others(self, ongoing: Internship, cast: Cast) -> None:
        day = TODAY + timedelta(days=2)
        extra = add_follow_up(internship_id=ongoing.pk, due_on=day, by=cast.coach, at=NOW)
        assert (extra.kind, extra.due_on) == (FollowUpKind.EXTRA, day)
        outbox.deliver_due(at=NOW + timedelta(days=2))
        assert any(str(extra.pk) in str(each.body) for each in mail.outbox)

    def test_there_may_be_several(self, ongoing: Internship, cast: Cast) -> None:
        for days in (2, 3):
            add_follow_up(
                internship_id=ongoing.pk, due_on=TODAY + timedelta(days=days), by=cast.coach, at=NOW
            )
        assert due(ongoing, FollowUpKind.EXTRA) == {2, 3}

    @pytest.mark.parametrize(
        ("days", "code"),
        [(-1, "follow_up_outside"), (151, "follow_up_outside"), (4, "follow_up_there_already")],
    )
    def test_has_a_day_of_its_own_within_the_internship(
        self, ongoing: Internship, cast: Cast, days: int, code: str
    ) -> None:
        with refused_for(code):
            add_follow_up(
                internship_id=ongoing.pk, due_on=TODAY + timedelta(days=days), by=cast.coach, at=NOW
            )
        assert not ongoing.follow_ups.filter(kind=FollowUpKind.EXTRA).exists()

    def test_is_of_an_internship_that_goes_on(self, cast: Cast) -> None:
        over = InternshipFactory(participant=cast.pia, state=InternshipState.COMPLETED)
        with refused_for("follow_up_of_what_is_over"):
            add_follow_up(internship_id=over.pk, due_on=TODAY, by=cast.coach, at=NOW)

    def test_is_planned_by_the_coach_of_the_case_alone(self, ongoing: Internship, cast: Cast) -> None:
        for by in (cast.other_coach, cast.employer_member, cast.participant_user):
            with pytest.raises(Internship.DoesNotExist):
                add_follow_up(internship_id=ongoing.pk, due_on=TODAY, by=by, at=NOW)

    def test_is_planned_on_a_page(self, ongoing: Internship, cast: Cast) -> None:
        coach = Client()
        coach.force_login(cast.coach)
        page = reverse("internships:follow_up_add", args=[ongoing.pk])
        assert coach.post(page, {"due_on": ""}).status_code == 422
        assert coach.get(page).status_code == 200


class TestRegularOnes:
    def test_come_every_fourth_week_but_near_no_other(self, ongoing: Internship) -> None:
        # From Thursday 12 March the first week ends on the 16th; 70 is the midpoint's week, 140 the end's.
        assert due(ongoing, FollowUpKind.REGULAR) == {32, 60, 88, 116}

    def test_go_when_the_internship_becomes_shorter(self, ongoing: Internship, cast: Cast) -> None:
        before = due(ongoing, FollowUpKind.REGULAR)
        correct_terms(
            internship_id=ongoing.pk, ends_on=TODAY + timedelta(days=50), why="Kortare", by=cast.coach, at=NOW
        )
        after = due(ongoing, FollowUpKind.REGULAR)
        assert after < before
        assert max(after, default=0) < 50

    def test_an_extra_one_stays_where_it_is(self, ongoing: Internship, cast: Cast) -> None:
        day = TODAY + timedelta(days=2)
        add_follow_up(internship_id=ongoing.pk, due_on=day, by=cast.coach, at=NOW)
        correct_terms(
            internship_id=ongoing.pk, ends_on=TODAY + timedelta(days=50), why="Kortare", by=cast.coach, at=NOW
        )
        assert FollowUp.objects.still_open().filter(kind=FollowUpKind.EXTRA, due_on=day).exists()
