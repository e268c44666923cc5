"""Checks, and whether people may be placed with an employer."""

from datetime import date, timedelta

import pytest

from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.enums import CheckKind, Standing
from backend.employers.models import Employer
from backend.employers.services import approve_employer, obstacles, record_checks
from tests.employers.checks import clear_checks
from tests.factories import EmployerFactory, MembershipFactory, stand
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for


@pytest.fixture
def newcomer(cast):
    return EmployerFactory(municipality=cast.municipality, standing=Standing.NEW)


def standing_of(employer):
    return Employer.objects.get(pk=employer.pk).standing_on(TODAY)


class TestObstacles:
    def test_every_kind_must_have_been_checked(self, newcomer):
        assert len(obstacles(employer=newcomer, on=TODAY)) == len(CheckKind)

    def test_none_when_all_are_clear(self, cast, newcomer):
        clear_checks(newcomer, by=cast.coach)

        assert obstacles(employer=newcomer, on=TODAY) == []

    def test_a_check_expires(self, cast, newcomer):
        clear_checks(newcomer, by=cast.coach)

        assert obstacles(employer=newcomer, on=TODAY + timedelta(days=365)) == []
        assert len(obstacles(employer=newcomer, on=TODAY + timedelta(days=366))) == len(CheckKind)

    @pytest.mark.parametrize("outcome", ["refuse", "doubt"])
    def test_of_a_kind_the_newest_counts(self, cast, newcomer, outcome):
        clear_checks(newcomer, by=cast.coach)
        facts = {"employer": newcomer, "kinds": ["tax_debt"], "evidence": "Kronofogden", "by": cast.coach}

        record_checks(**facts, outcome=outcome, at=NOW + timedelta(hours=1))
        assert len(obstacles(employer=newcomer, on=TODAY)) == 1

        record_checks(**facts, outcome="clear", at=NOW + timedelta(hours=2))
        assert obstacles(employer=newcomer, on=TODAY) == []


class TestRecordCheck:
    def test_what_must_be_refused_pauses_at_once(self, cast):
        record_checks(
            employer=cast.bakery, kinds=["insolvency"], outcome="refuse", evidence="x", by=cast.coach, at=NOW
        )

        assert standing_of(cast.bakery) == Standing.PAUSED

    def test_doubt_pauses_nobody(self, cast):
        record_checks(
            employer=cast.bakery, kinds=["conduct"], outcome="doubt", evidence="x", by=cast.coach, at=NOW
        )

        assert standing_of(cast.bakery) == Standing.GOOD

    def test_only_staff_check(self, cast, newcomer):
        MembershipFactory(employer=newcomer, user=cast.employer_member)
        for who in (cast.employer_member, cast.participant_user):
            with pytest.raises(Employer.DoesNotExist):
                clear_checks(newcomer, by=who)

        assert not newcomer.checks.exists()

    def test_cannot_expire_before_it_was_made(self, cast, newcomer):
        with refused_for("valid_until"):
            record_checks(
                employer=newcomer,
                kinds=["conduct"],
                outcome="clear",
                evidence="x",
                until=date(2026, 1, 1),
                by=cast.coach,
                at=NOW,
            )

        assert not newcomer.checks.exists()


class TestApproveEmployer:
    @pytest.mark.parametrize("before", [Standing.NEW, Standing.PAUSED])
    def test_when_the_checks_permit(self, cast, newcomer, before):
        stand(newcomer, before)
        clear_checks(newcomer, by=cast.coach)

        approve_employer(employer_id=newcomer.pk, by=cast.manager, at=NOW)

        assert standing_of(newcomer) == Standing.GOOD

    def test_not_otherwise(self, cast, newcomer):
        with refused_for("check_in_the_way"):
            approve_employer(employer_id=newcomer.pk, by=cast.coach, at=NOW)

        assert standing_of(newcomer) == Standing.NEW

    def test_a_stopped_one_stays_stopped(self, cast, newcomer):
        stand(newcomer, Standing.STOPPED)
        clear_checks(newcomer, by=cast.coach)

        with pytest.raises(TransitionNotAllowed):
            approve_employer(employer_id=newcomer.pk, by=cast.coach, at=NOW)

        assert standing_of(newcomer) == Standing.STOPPED
