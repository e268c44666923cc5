"""One internship moved by two at the same moment, on PostgreSQL: one goes through, the other is told."""

from datetime import timedelta
from typing import Any

import pytest

from backend.core.models import AuditEntry
from backend.internships.models import Evaluation, Internship
from backend.internships.services import complete_internship, end_internship_early, extend_internship
from tests.cast import Cast
from tests.factories import InternshipFactory
from tests.factories.base import NOW, TODAY
from tests.matching.test_at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    return InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        state="ongoing",
        starts_on=TODAY - timedelta(days=30),
        ends_on=TODAY + timedelta(days=30),
        basis_until=TODAY + timedelta(days=200),
    )


def complete(cast: Cast, internship: Internship) -> object:
    return complete_internship(internship_id=internship.pk, ended_on=TODAY, by=cast.coach, at=NOW)


def end_early(cast: Cast, internship: Internship) -> object:
    why = {"side": "participant", "reason": "tasks", "ended_on": TODAY}
    return end_internship_early(internship_id=internship.pk, by=cast.coach, at=NOW, **why)


def extend(cast: Cast, internship: Internship) -> object:
    last = internship.ends_on + timedelta(days=14)
    terms: dict[str, Any] = {"hours_per_week": internship.hours_per_week, "tasks": "Nytt.", "new_content": ""}
    terms |= {"basis_by": "AF", "decision_reference": "AF-2", "basis_from": TODAY, "basis_until": last}
    terms |= {"valid_from": internship.ends_on, "ends_on": last, "union_outcome": "no_union", "why": "Mer."}
    return extend_internship(internship_id=internship.pk, by=cast.coach, at=NOW, **terms)


def test_two_who_end_it_end_it_once(cast: Cast, ongoing: Internship) -> None:
    went = at_once(lambda: complete(cast, ongoing), lambda: end_early(cast, ongoing))

    assert sorted(went) == [False, True]
    ended = AuditEntry.objects.filter(action__in=("state_completed", "state_ended_early"))
    assert ended.count() == 1
    assert Evaluation.objects.filter(internship=ongoing).count() == 2


def test_extended_and_ended_at_once_it_has_ended(cast: Cast, ongoing: Internship) -> None:
    went = at_once(lambda: extend(cast, ongoing), lambda: end_early(cast, ongoing))

    assert went[1]
    ongoing.refresh_from_db()
    assert (ongoing.state, ongoing.ended_on) == ("ended_early", TODAY)
    assert not ongoing.follow_ups.still_open().filter(due_on__gt=TODAY).exists()
