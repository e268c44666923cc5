"""The worker: delivers messages and runs scheduled jobs."""

import logging
import threading
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone

from backend.core import outbox
from backend.core.running import schedule
from backend.core.running.start import refuse_unsafe_start
from backend.core.running.stopping import stopped_by_signal
from backend.core.writing.transactions import DATABASE_IS_AWAY

logger = logging.getLogger(__name__)

GRACE_SECONDS: Final = 4.0
LONGEST_PAUSE_SECONDS: Final = 30.0


class Command(BaseCommand):
    help = "Deliver queued messages and run scheduled jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--once` (one round, then end) and `--pause` (seconds between rounds with nothing to do)."""
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--pause", type=float, default=1.0)

    def handle(self, *args: Any, once: bool, pause: float, **options: Any) -> None:
        """Work until SIGTERM or SIGINT; what is in hand is finished if that takes seconds."""
        refuse_unsafe_start()
        troubles = 0
        with stopped_by_signal(grace=GRACE_SECONDS) as stop:
            while not stop.is_set():
                done = self._round(stop)
                if once:
                    break
                troubles = 0 if done is not None else troubles + 1
                if not done:
                    stop.wait(min(pause * 2**troubles, LONGEST_PAUSE_SECONDS))

    def _round(self, stop: threading.Event) -> int | None:
        """Do what is due; return how much was done, None when something went wrong that may pass."""
        close_old_connections()
        try:
            sent = self._deliver(stop)
            ran = [] if stop.is_set() else schedule.run_due(at=timezone.now(), clock=timezone.now)
        except DATABASE_IS_AWAY as error:
            self.stderr.write(f"the database does not answer, trying again: {error}")
            connection.close()
            return None
        except Exception:
            logger.exception("a round of the worker failed")
            return None
        for name in ran:
            self.stdout.write(f"ran {name}")
        return sent + len(ran)

    def _deliver(self, stop: threading.Event) -> int:
        sent = outbox.deliver_due(at=timezone.now(), clock=timezone.now, stops=stop.is_set)
        if sent:
            self.stdout.write(f"delivered {sent}")
        return sent
