"""Attendance marked by several at the same moment, on PostgreSQL."""

from datetime import date

import pytest

from backend.activities.models import AttendanceMark
from backend.activities.services import mark_session
from tests.factories import InternshipFactory, MembershipFactory
from tests.factories.activities import SessionFactory
from tests.factories.base import NOW
from tests.matching.test_at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session():
    return SessionFactory(internship=InternshipFactory(state="ongoing", starts_on=date(2026, 3, 2)))


def acts(session, *codes):
    employer = session.internship.workplace.employer
    members = [MembershipFactory(employer=employer).user for _code in codes]
    return [
        lambda code=code, by=by: mark_session(session_id=session.pk, code=code, by=by, at=NOW)
        for code, by in zip(codes, members, strict=True)
    ]


def test_the_same_mark_by_four_is_one(session):
    assert at_once(*acts(session, *["present"] * 4)) == [True] * 4
    assert AttendanceMark.objects.count() == 1


def test_of_two_different_one_stands_and_the_other_is_told(session):
    assert sorted(at_once(*acts(session, "present", "absent"))) == [False, True]
    assert list(AttendanceMark.objects.values_list("number", flat=True)) == [1]
