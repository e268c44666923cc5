"""What core forgets: each thing when its time has come, and nothing before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db.models import Model

from backend.core.models import Delivery, KeptEmail, OutboxMessage, SignInMail
from backend.core.running import jobs
from tests.factories import UserFactory
from tests.factories.base import NOW

DAY = timedelta(days=1)
CACHE = "backend.core.running.cache.LastingDatabaseCache"


def message(state: str, **times: datetime) -> OutboxMessage:
    made: OutboxMessage = OutboxMessage.objects.create(
        kind="any",
        key=str(uuid4()),
        subject_type="core.datedrule",
        subject_id=uuid4(),
        created_at=NOW,
        due_at=NOW,
        wanted_at=NOW,
        state=state,
        **times,
    )
    return made


def delivery(state: str = "sent") -> Delivery:
    sent = {} if state == "queued" else {"sent_at": NOW}
    return Delivery.objects.create(
        id=uuid4(),
        message=message(state, **sent),
        recipient=UserFactory(),
        path="/",
        created_at=NOW,
        sent_at=NOW,
    )


KEPT: list[tuple[Callable[[], Model], Callable[[datetime], str], timedelta]] = [
    (delivery, jobs.forget_messages, 90 * DAY),
    (lambda: message("sent", sent_at=NOW), jobs.forget_messages, 400 * DAY),
    (lambda: message("skipped", sent_at=NOW), jobs.forget_messages, 400 * DAY),
    (lambda: message("failed", failed_at=NOW), jobs.forget_messages, 180 * DAY),
    (lambda: message("set_aside", failed_at=NOW), jobs.forget_messages, 180 * DAY),
    (
        lambda: KeptEmail.objects.create(message_id="a", to="", subject="", body="", at=NOW),
        jobs.forget_kept_emails,
        30 * DAY,
    ),
    (
        lambda: SignInMail.objects.create(created_at=NOW, due_at=NOW, expires_at=NOW + DAY),
        jobs.forget_sign_in_mails,
        DAY - timedelta(seconds=1),
    ),
    (
        lambda: Session.objects.create(session_key="a", expire_date=NOW + DAY),
        jobs.forget_ended_sessions,
        DAY,
    ),
]


@pytest.mark.django_db
class TestForget:
    @pytest.mark.parametrize("case", KEPT, ids=range(len(KEPT)))
    def test_when_its_time_has_come_and_no_sooner(self, case: Any) -> None:
        make, forget, kept = case
        row = make()
        forget(NOW + kept)
        assert type(row)._base_manager.filter(pk=row.pk).exists()
        forget(NOW + kept + timedelta(seconds=1))
        assert not type(row)._base_manager.filter(pk=row.pk).exists()

    def test_never_what_still_waits(self) -> None:
        waiting = delivery("queued")
        jobs.forget_messages(NOW + 1000 * DAY)
        assert Delivery.objects.filter(pk=waiting.pk).exists()

    def test_from_where_a_session_came_goes_with_it(self) -> None:
        user = UserFactory()
        for key, expires in (("gone", NOW), ("living", NOW + 2 * DAY)):
            Session.objects.create(session_key=key, expire_date=expires)
            UserSession.objects.create(
                user=user, session_key=key, ip="192.0.2.1", created_at=NOW - DAY, last_seen_at=NOW
            )
        jobs.forget_ended_sessions(NOW + timedelta(seconds=1))
        assert list(UserSession.objects.values_list("session_key", flat=True)) == ["living"]

    def test_what_has_ended_in_the_cache(self, settings: Any) -> None:
        settings.CACHES = {"default": {"BACKEND": CACHE, "LOCATION": "cache_entry"}}
        call_command("createcachetable", verbosity=0)
        store = caches["default"]
        store.set("short", 1, timeout=1)
        store.set("long", 1, timeout=10_000_000)
        soon = datetime.now(tz=NOW.tzinfo) + timedelta(minutes=1)
        assert jobs.forget_ended_cache(soon) == "forgot 1"
        assert store.get("long") == 1
