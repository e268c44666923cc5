"""Measures the label index on files of labels, queries and judgements."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.core.running.commands import existing_file
from backend.skills.label_index.evaluation import evaluate


class Command(BaseCommand):
    help = (
        "Search the queries among the labels and compare with the judgements. Files are TSV: id<TAB>text, "
        "and query id<TAB>concept id[<TAB>gain]. The last line printed is one JSON object."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the three files."""
        for name in ("--labels", "--queries", "--qrels"):
            parser.add_argument(name, required=True, type=existing_file, metavar="FILE")

    def handle(self, *args: Any, labels: Path, queries: Path, qrels: Path, **options: Any) -> None:
        """Print the figures. Raises CommandError for a file that cannot be read as what it should be."""
        try:
            figures = evaluate(labels, queries, qrels)
        except (UnicodeDecodeError, ValueError) as error:
            raise CommandError(f"A file cannot be read: {error}") from error
        self.stdout.write(json.dumps(figures))
