"""Imports that go on at the same moment: on PostgreSQL, where rows are really fought over."""

import pytest
import time_machine
from django.db import connection, transaction

from backend.employers.exchange.ads import import_ads
from backend.employers.exchange.bringing_in import Outcome
from backend.employers.models import Employer, Opening
from tests.employers.exchange.ads import ad
from tests.factories import AssignmentFactory, EmployerFactory, UserFactory
from tests.factories.base import NOW
from tests.matching.test_at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def two(gazetteer):
    """An employer that ads are about, another of the same municipality, and staff who may write for both."""
    meant = EmployerFactory()
    other = EmployerFactory(municipality=meant.municipality)
    staff = UserFactory()
    AssignmentFactory(user=staff, municipality=meant.municipality)
    return meant, other, staff


def ads_of(employer, count):
    return [ad(number, employer.organisationsnummer) for number in range(count)]


def test_the_same_ads_are_made_once(two):
    meant, _other, staff = two

    def bring():
        return import_ads(ads=ads_of(meant, 2), by=staff, at=NOW, is_trial=False)

    assert at_once(bring, bring) == [True, True]
    assert Opening.objects.count() == 2


def test_an_employer_that_no_ad_is_of_is_not_waited_for(two):
    meant, other, staff = two

    def bring_without_waiting():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
            return import_ads(ads=ads_of(meant, 1), by=staff, at=NOW, is_trial=False)

    with transaction.atomic():
        list(Employer.objects.select_for_update().filter(pk=other.pk))
        results = []
        assert at_once(lambda: results.extend(bring_without_waiting())) == [True]

    assert [each.outcome for each in results] == [Outcome.NEW]
