"""Imports a catalogue of skills and occupations."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backend.skills.importers import SOURCES, BrokenCatalogue
from backend.skills.services import import_catalogue


def _directory(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ArgumentTypeError(f"{text} is not a directory")
    return path


class Command(BaseCommand):
    help = (
        "Import a catalogue of skills and occupations: the starter one that comes with the project, the "
        "JobTech taxonomy's query files (JSON) or the ESCO download (CSV) of DIRECTORY. Repeatable; a file "
        "that cannot be read leaves everything as it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add SOURCE and DIRECTORY; the starter catalogue needs no directory."""
        parser.add_argument("source", metavar="SOURCE", choices=SOURCES, help=" | ".join(SOURCES))
        parser.add_argument("directory", metavar="DIRECTORY", nargs="?", type=_directory)

    def handle(self, *args: Any, source: str, directory: Path | None, **options: Any) -> None:
        """Import, and print what was added, changed and retired. Raises CommandError for a broken file."""
        try:
            report = import_catalogue(source=source, directory=directory, by=None, at=timezone.now())
        except BrokenCatalogue as error:
            raise CommandError(f"{error}. Nothing was imported.") from error
        self.stdout.write(str(report))
