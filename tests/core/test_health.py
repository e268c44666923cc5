"""What /healthz, /readyz, /workerz and /metrics answer."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from backend.core.models import MailChannel, OutboxMessage, ScheduledRun, SignInMail
from backend.core.outbox import channel

HOUR = timedelta(hours=1)


@pytest.mark.django_db
class TestReadyz:
    def test_a_migrated_database_is_ready(self, client: Client) -> None:
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert answer.json()["checks"] == {"database": True, "migrations": True}

    def test_what_the_worker_leaves_undone_stops_no_requests(self, client: Client) -> None:
        ScheduledRun.objects.create(name="nightly", started_at=timezone.now() - HOUR)
        queue(due_at=timezone.now() - HOUR)
        assert client.get("/readyz").status_code == 200


def queue(**more: Any) -> None:
    now = timezone.now()
    values = {"due_at": now, "created_at": now, "subject_type": "core.datedrule", "kind": "any", **more}
    values["wanted_at"] = values["due_at"]
    OutboxMessage.objects.create(subject_id="00000000-0000-0000-0000-000000000001", **values)


def wait_at_the_door() -> None:
    then = timezone.now() - timedelta(minutes=2)
    SignInMail.objects.create(created_at=then, due_at=then, expires_at=then + HOUR)


WRONG = {
    "outbox": lambda: queue(due_at=timezone.now() - HOUR),
    "failed_messages": lambda: queue(state="failed", failed_at=timezone.now()),
    "sign_in_mail": wait_at_the_door,
    "mail": lambda: channel.has_failed(ConnectionRefusedError(), now=timezone.now()),
    "sms": lambda: channel.has_failed(ConnectionRefusedError(), now=timezone.now(), name="sms"),
    "jobs": lambda: ScheduledRun.objects.create(
        name="nightly", started_at=timezone.now() - HOUR, leased_until=timezone.now() - HOUR / 2
    ),
}


@pytest.mark.django_db
class TestWorkerz:
    def test_all_is_well_where_nothing_waits(self, client: Client) -> None:
        answer = client.get("/workerz")
        assert answer.status_code == 200
        assert answer.json()["checks"] == dict.fromkeys(sorted(WRONG), True)

    @pytest.mark.parametrize("check", WRONG)
    def test_what_is_wrong_is_named_and_nothing_else(self, client: Client, check: str) -> None:
        WRONG[check]()
        answer = client.get("/workerz")
        assert answer.status_code == 503
        assert [name for name, is_well in answer.json()["checks"].items() if not is_well] == [check]

    def test_a_job_that_failed_is_told(self, client: Client) -> None:
        ScheduledRun.objects.create(
            name="forget_sent_forms", started_at=timezone.now(), finished_at=timezone.now(), has_failed=True
        )
        assert client.get("/workerz").json()["checks"]["jobs"] is False

    def test_it_gives_counts_and_ages_and_asks_little(
        self, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        queue(due_at=timezone.now() - HOUR)
        queue(due_at=timezone.now() - 2 * HOUR, key="another")
        with django_assert_max_num_queries(6):
            figures = client.get("/workerz").json()["figures"]
        assert figures["messages_waiting"] == 2
        assert 7200 <= figures["messages_oldest_seconds"] < 7260


@pytest.mark.django_db
class TestMetrics:
    def test_there_is_no_such_page_without_a_token(self, client: Client) -> None:
        assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404

    def test_a_wrong_token_finds_nothing(self, client: Client, settings: Any) -> None:
        settings.METRICS_TOKEN = "a secret"
        for headers in ({}, {"Authorization": "Bearer another"}):
            assert client.get("/metrics", headers=headers).status_code == 404

    def test_the_right_one_reads_figures_and_checks(self, client: Client, settings: Any) -> None:
        settings.METRICS_TOKEN = "a secret"
        MailChannel.objects.create(name=channel.NAME, down_since=timezone.now() - HOUR)
        text = client.get("/metrics", headers={"Authorization": "Bearer a secret"}).content.decode()
        assert re.search(r"^praktikbron_mail_down_seconds 36\d\d$", text, re.MULTILINE)
        assert 'praktikbron_check{name="mail"} 0' in text.splitlines()


def test_healthz_asks_no_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/workerz"])
def test_a_monitor_may_ask_without_reading(client: Client, address: str) -> None:
    answer = client.head(address)

    assert (answer.status_code, answer.content) == (200, b"")
