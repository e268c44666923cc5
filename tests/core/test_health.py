"""What /healthz and /readyz answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from backend.core.models import ScheduledRun


@pytest.mark.django_db
class TestReadyz:
    def test_a_fresh_database_is_ready(self, client: Client) -> None:
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert answer.json()["checks"] == {
            "database": True,
            "migrations": True,
            "outbox": True,
            "tasks": True,
        }

    def test_a_job_that_hangs_makes_it_not_ready(self, client: Client) -> None:
        ScheduledRun.objects.create(name="nightly", started_at=timezone.now() - timedelta(hours=1))
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["tasks"] is False


def test_healthz_asks_no_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
