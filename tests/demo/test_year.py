"""A simulated year: with the clock turned day by day nothing is forgotten, also when workers are killed."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from backend.core.models import Delivery, OutboxMessage
from backend.demo.world import moment
from backend.demo.year_faults import faults
from backend.internships.models import Evaluation, FollowUp
from tests.factories import UserFactory

# Over the end of summer time and All Saints' Day.
FIRST_DAY, DAYS = date(2027, 9, 20), 45
LAST = moment(FIRST_DAY + timedelta(days=DAYS))


def live(**more: Any) -> str:
    said = StringIO()
    with override_settings(DEMO=True, EMAIL_BACKEND="backend.core.mail.KeptEmailBackend"):
        call_command("simulate_year", internships=4, days=DAYS, first_day=FIRST_DAY, stdout=said, **more)
    return said.getvalue()


@pytest.mark.django_db
class TestAYear:
    def test_nothing_is_forgotten(self) -> None:
        assert "Nothing was forgotten" in live(kill=0.0)
        assert Evaluation.objects.exists()

        self.each_fault_is_found()

    def each_fault_is_found(self) -> None:
        """A check that cannot fail is none: what is broken by hand is said."""
        assert faults(at=LAST) == []
        FollowUp.objects.filter(kind="end").first().delete()  # type: ignore[union-attr]
        Delivery.objects.filter(pk=Delivery.objects.exclude(sent_at=None).first().pk).update(sent_at=None)  # type: ignore[union-attr]
        OutboxMessage.objects.filter(pk=OutboxMessage.objects.filter(state="skipped").first().pk).update(  # type: ignore[union-attr]
            state="sending"
        )
        said = " ".join(faults(at=LAST))
        assert "no follow-up before the end" in said
        assert "mails arrived" in said
        assert "are sending" in said

    def test_it_is_lived_in_no_database_with_people(self) -> None:
        UserFactory()
        with pytest.raises(CommandError):
            live()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_nothing_is_forgotten_though_workers_are_killed() -> None:
    said = live(kill=0.3)
    assert "workers killed" in said
    assert "Nothing was forgotten" in said
