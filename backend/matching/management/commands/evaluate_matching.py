"""Measures the ranking on files of people, openings and judgements, with the catalogue in the database."""

import json
from argparse import ArgumentTypeError
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.engine.evaluation import Case, evaluate, read_judgements
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.services.texts import resolve_texts


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ArgumentTypeError(f"there is no file {text}")
    return path


class Command(BaseCommand):
    help = (
        "Rank the people for every judged opening and compare with the judgements. People and openings are "
        "JSONL, judgements TSV: opening id<TAB>person id[<TAB>gain]. Nothing is written to the database. The "
        "last line printed is one JSON object."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the three files."""
        for name in ("--people", "--openings", "--qrels"):
            parser.add_argument(name, required=True, type=_file, metavar="FILE")

    def handle(self, *args: Any, people: Path, openings: Path, qrels: Path, **options: Any) -> None:
        """Print the figures. Raises CommandError for a file that cannot be read as what it should be."""
        try:
            judgements = read_judgements(qrels.read_text(encoding="utf-8").splitlines())
            case = Case(list(_records(people)), list(_records(openings)), judgements)
            figures = self._figures(case)
        except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"A file cannot be read: {error}") from error
        self.stdout.write(json.dumps(figures))

    def _figures(self, case: Case) -> dict[str, float]:
        meanings = _meanings(case)
        catalogue = kept_catalogue.current(None)
        return evaluate(
            case,
            resolve=lambda texts: [meanings.get(text) for text in texts],
            relations=catalogue.relations,
            today=timezone.localdate(),
        )


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error


def _meanings(case: Case) -> dict[str, str]:
    """Resolve every text once, as what it stands for: a skill, or an occupation."""
    skills = {text for record in case.people for text in record.get("skills", ())}
    skills |= {item["text"] for record in case.openings for item in record.get("skills", ())}
    records = [*case.people, *case.openings]
    occupations = {text for record in records for text in record.get("occupations", ())}
    found = _resolved(sorted(occupations), ConceptKind.OCCUPATION)
    return found | _resolved(sorted(skills), ConceptKind.SKILL)


def _resolved(texts: Sequence[str], kind: ConceptKind) -> dict[str, str]:
    """Return the concept of each text; what would be asked about counts too, for nobody is there to ask."""
    answers = resolve_texts(texts, kind=kind) if texts else []
    return {
        text: str(answer["concept_id"])
        for text, answer in zip(texts, answers, strict=True)
        if answer["resolution"] != Resolution.NONE
    }
