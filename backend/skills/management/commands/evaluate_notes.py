"""Measures how notes about people are read, on a file of lines with what each tells."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.core.running.commands import existing_file
from backend.skills.services import measure_notes


class Command(BaseCommand):
    help = (
        "Read the lines of a TSV file (line, expected readings) with the catalogue in the database, and "
        "compare. The last line printed is one JSON object: precision among accepted, recall including asked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, and whether to print what went wrong."""
        parser.add_argument("--notes", required=True, type=existing_file, metavar="FILE")
        parser.add_argument(
            "--faults", action="store_true", help="print the lines that were not read rightly"
        )

    def handle(self, *args: Any, notes: Path, **options: Any) -> None:
        """Print the figures. Raises CommandError for a file that cannot be read as what it should be."""
        try:
            measured = measure_notes(notes)
        except (UnicodeDecodeError, ValueError) as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        if options["faults"]:
            for fault in measured.faults:
                self.stdout.write(fault)
        self.stdout.write(json.dumps(measured.as_json()))
