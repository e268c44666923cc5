"""Conditions that both databases ask alike."""

import pytest
from django.db import IntegrityError, transaction

from backend.employers.models import Employer
from tests.factories.employers import EmployerFactory

WRONG = ["", "556000461", "55600046a5", "556000461\n", "55600０4615", "-560004615", " 560004615"]


@pytest.mark.django_db
class TestDigits:
    @pytest.mark.parametrize("written", WRONG)
    def test_anything_else_is_refused_by_the_database(self, written: str) -> None:
        employer = EmployerFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Employer.objects.filter(pk=employer.pk).update(organisationsnummer=written)

    def test_digits_are_taken(self) -> None:
        EmployerFactory()
        assert Employer.objects.update(organisationsnummer="0020000000") == 1
