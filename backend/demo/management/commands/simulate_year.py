"""Lives through a year of placements in an empty database, and says whether anything was forgotten."""

from datetime import date, timedelta
from time import perf_counter
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backend.accounts.models import User
from backend.core import outbox
from backend.core.models import DatedRule, OutboxMessage
from backend.core.running import schedule
from backend.demo.models import DemoFounding
from backend.demo.world import found_municipality, moment, open_workshops
from backend.demo.year import ROUND, Year
from backend.demo.year_faults import SETTLING, faults
from backend.skills.models import Concept

KEPT: Final = (
    "deliveries_kept_days",
    "messages_kept_days",
    "failed_messages_kept_days",
    "kept_emails_kept_days",
)
FOR_EVER: Final = 20_000


class Command(BaseCommand):
    help = "Simulate a year of placements day by day, killing workers, and report what was forgotten."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the size, the first day, the seed and how often a worker is killed."""
        parser.add_argument("--internships", type=int, default=500)
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument("--first-day", type=date.fromisoformat, default=date(2027, 9, 1))
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--kill", type=float, default=0.2, help="The share of rounds that are killed.")

    def handle(
        self,
        *args: Any,
        internships: int,
        days: int,
        first_day: date,
        seed: int,
        kill: float,
        **options: Any,
    ) -> None:
        """Live through the days and print the figures. Raises CommandError when anything was forgotten."""
        if not settings.DEMO or User.objects.exists():
            raise CommandError("A simulated year is lived in an empty database, with DEMO=1.")
        DemoFounding.objects.create(at=timezone.now())
        call_command("load_gazetteer", verbosity=0)
        if not Concept.objects.exists():
            call_command("import_catalogue", "starter", verbosity=0)
        # Nothing is disposed of meanwhile, so that all of it can be counted afterwards.
        DatedRule.objects.filter(key__in=KEPT).update(value=FOR_EVER)
        began = perf_counter()
        world = found_municipality(seed=seed, first_day=first_day - timedelta(days=150))
        open_workshops(world)
        year = Year(world, first_day, days, internships, kill)
        for day in year.live():
            if day.day == 1:
                self.stdout.write(f"  {day:%Y-%m}: {year.counted['internships started']} started")
        self._settle(first_day + timedelta(days=days))
        self._report(year, seconds=perf_counter() - began)
        if found := faults(at=moment(first_day + timedelta(days=days))):
            raise CommandError("\n".join(["Something was forgotten:", *found]))
        self.stdout.write("Nothing was forgotten: each follow-up once, each message once or shown as failed.")

    def _settle(self, day: date) -> None:
        at = moment(day) + SETTLING
        outbox.deliver_due(at=at, limit=ROUND)
        schedule.run_due(at=at)

    def _report(self, year: Year, *, seconds: float) -> None:
        for what, number in sorted(year.counted.items()):
            self.stdout.write(f"  {what}: {number}")
        states = OutboxMessage.objects.order_by().values_list("state", flat=True)
        for state in sorted(set(states)):
            self.stdout.write(f"  messages {state}: {OutboxMessage.objects.filter(state=state).count()}")
        self.stdout.write(f"  seconds: {seconds:.0f}")
