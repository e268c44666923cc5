"""The worker: delivers messages and runs scheduled jobs."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from backend.core import outbox, schedule


class Command(BaseCommand):
    help = "Deliver queued messages and run scheduled jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--once` (one round, then end) and `--pause` (seconds between rounds with nothing to do)."""
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--pause", type=float, default=2.0)

    def handle(self, *args: Any, once: bool, pause: float, **options: Any) -> None:
        """Work until SIGTERM or SIGINT; a message being sent is finished first."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            sent = self._round()
            if once:
                break
            if not sent:
                stop.wait(pause)

    def _round(self) -> int:
        close_old_connections()
        try:
            for name in schedule.run_due(at=timezone.now()):
                self.stdout.write(f"ran {name}")
            sent = outbox.deliver_due(at=timezone.now())
        except OperationalError as error:
            self.stderr.write(f"database is busy, trying again: {error}")
            return 0
        if sent:
            self.stdout.write(f"delivered {sent}")
        return sent
