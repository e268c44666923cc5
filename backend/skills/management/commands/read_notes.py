"""Tells how notes about a person are understood, line by line."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.core.running.commands import existing_file
from backend.skills.services import Told, read_note


class Command(BaseCommand):
    help = (
        "Read each line of a file (UTF-8, free text about a person) as the fields of a participant's file "
        "read it, and print what each piece tells: skill, occupation, language, licence, trait or none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file and the form of the answer."""
        parser.add_argument("file", type=existing_file, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Print the readings. Raises CommandError for a file that is not UTF-8."""
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not UTF-8: {error}") from error
        for line in lines:
            told = read_note(line)
            if options["json"]:
                answer = {"line": line, "readings": [_as_json(each) for each in told]}
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            else:
                self.stdout.write(line)
                for each in told:
                    names = each.name or ", ".join(each.offered)
                    self.stdout.write(f"  {each.text}: {each.kind.value}, {each.decision}, {names}")


def _as_json(told: Told) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "text": told.text,
        "kind": told.kind.value,
        "name": told.name,
        "decision": told.decision,
        "offered": list(told.offered),
    }
    return answer | ({"level": told.level} if told.level else {})
