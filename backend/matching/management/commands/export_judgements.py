"""Writes coaches' judgements as the evaluation set that evaluate_matching reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backend.matching.access_log import BY_COMMAND
from backend.matching.rankings.judged import qrels
from backend.participants.access_log import log_looks
from backend.participants.models import Participant


class Command(BaseCommand):
    help = (
        "Write coaches' judgements to FILE as lines of opening, participant and gain 0-3; keys, never names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file to write."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Write the lines, log whose keys they hold, and say how many. Raises CommandError without a file."""
        judged = list(qrels())
        lines = [f"{opening}\t{participant}\t{gain}\n" for opening, participant, gain in judged]
        try:
            file.write_text("".join(lines), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        people = Participant.objects.filter(pk__in={participant for _opening, participant, _gain in judged})
        log_looks(people.order_by("pk"), at=timezone.now(), page=BY_COMMAND)
        self.stdout.write(f"{len(lines)} judgements")
