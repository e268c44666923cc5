"""Writes coaches' judgements as the evaluation set that evaluate_matching reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.matching.rankings.judged import qrels


class Command(BaseCommand):
    help = (
        "Write coaches' judgements to FILE as lines of opening, participant and gain 0-3; keys, never names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file to write."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Write the lines and say how many. Raises CommandError when the file cannot be written."""
        lines = [f"{opening}\t{participant}\t{gain}\n" for opening, participant, gain in qrels()]
        try:
            file.write_text("".join(lines), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{len(lines)} judgements")
