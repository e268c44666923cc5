"""Imports complete files of places and postcodes."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.places.files import BrokenFile, Report
from backend.places.services import import_places

MOST_REASONS = 20


def _directory(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ArgumentTypeError(f"{text} is not a directory")
    return path


class Command(BaseCommand):
    help = (
        "Import the files municipalities.csv, platser.json and postal_to_municipality.csv of DIRECTORY. "
        "Repeatable; a file that cannot be read leaves everything as it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add DIRECTORY and `--all-skipped` (print every skipped row, not only the first)."""
        parser.add_argument("directory", metavar="DIRECTORY", type=_directory)
        parser.add_argument("--all-skipped", action="store_true", help="print every skipped row")

    def handle(self, *args: Any, directory: Path, all_skipped: bool, **options: Any) -> None:
        """Import, and print what was added, changed and skipped. Raises CommandError for a broken file."""
        try:
            reports = import_places(directory=directory)
        except BrokenFile as error:
            raise CommandError(f"{error}. Nothing was imported.") from error
        for report in reports:
            self._tell(report, most=len(report.skipped) if all_skipped else MOST_REASONS)

    def _tell(self, report: Report, *, most: int) -> None:
        self.stdout.write(str(report))
        for skipped in report.skipped[:most]:
            self.stdout.write(f"  skipped {skipped}")
        if len(report.skipped) > most:
            self.stdout.write(f"  and {len(report.skipped) - most} more; --all-skipped prints them")
