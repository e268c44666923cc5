"""Two workers that are killed again and again while messages wait: nothing is lost, little is sent twice."""

import os
import random
import sys
import time
from collections import Counter

import pytest
from django.utils import timezone

from backend.core import outbox
from backend.core.enums import MessageState
from backend.core.models import Delivery, OutboxMessage, ScheduledRun
from backend.core.running import schedule
from backend.matching import notifications
from tests.cast import Cast
from tests.core.smtp import Sink, mail_server
from tests.core.test_worker import worker
from tests.factories import ProposalFactory

# The whole: MESSAGES=400 KILLS=20.
MESSAGES = int(os.environ.get("MESSAGES", "120"))
KILLS = int(os.environ.get("KILLS", "6"))
WAITING = (MessageState.QUEUED, MessageState.SENDING)
LEASE_SECONDS = "5"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_random_lose_nothing_and_repeat_only_what_had_been_taken(cast: Cast) -> None:
    queue(cast)
    with mail_server(seconds_a_mail=0.03) as sink:
        in_hand = kill_one_after_another(sink)
        work_to_the_end(sink)
    keys = {str(key) for key in Delivery.objects.values_list("pk", flat=True)}
    times = Counter(name.partition("@")[0] for name in sink.taken)
    repeated = {name for name, count in times.items() if count > 1}
    sys.stdout.write(f"{MESSAGES} messages, {KILLS} kills, {sum(times.values()) - len(times)} repeats\n")
    assert OutboxMessage.objects.filter(state=MessageState.SENT).count() == MESSAGES
    assert set(times) == keys
    assert repeated <= in_hand
    assert sum(times.values()) - len(times) <= KILLS


def queue(cast: Cast) -> None:
    """Queue many messages about a proposal that no job will touch: all have run."""
    now = timezone.now()
    for name in schedule.jobs:
        ScheduledRun.objects.create(name=name, started_at=now, finished_at=now)
    proposal = ProposalFactory(opening=cast.opening, participant=cast.pia)
    for number in range(MESSAGES):
        outbox.enqueue(notifications.RECEIVED, about=proposal, step=str(number), path="/", at=now)


def kill_one_after_another(sink: Sink) -> set[str]:
    """Kill workers in the middle of their work, two at a time; return what was in some worker's hand."""
    in_hand: set[str] = set()
    chance = random.Random(7)
    for _pair in range(KILLS // 2):
        with new_worker(sink) as one, new_worker(sink) as other:
            before = len(sink.taken)
            wait_for_more(sink, than=before, seconds=20)
            for process in (one, other):
                time.sleep(chance.uniform(0.05, 0.4))
                process.kill()
                process.wait()
                in_hand |= being_sent()
    return in_hand


def work_to_the_end(sink: Sink) -> None:
    with new_worker(sink), new_worker(sink):
        deadline = time.monotonic() + 60
        while OutboxMessage.objects.filter(state__in=WAITING).exists():
            assert time.monotonic() < deadline, "messages are left"
            time.sleep(0.2)


def new_worker(sink: Sink):  # type: ignore[no-untyped-def]
    return worker(port=sink.port, WORKER_LEASE=LEASE_SECONDS)


def wait_for_more(sink: Sink, *, than: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while len(sink.taken) <= than and OutboxMessage.objects.filter(state__in=WAITING).exists():
        assert time.monotonic() < deadline, "no worker works"
        time.sleep(0.01)


def being_sent() -> set[str]:
    """Return the Message-IDs of what some worker has claimed and not marked as sent."""
    claimed = Delivery.objects.filter(message__state=MessageState.SENDING, sent_at=None)
    return {str(key) for key in claimed.values_list("pk", flat=True)}
