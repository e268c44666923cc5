"""Measures the ranking on files of people, openings and judgements, with the catalogue in the database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import TextChoices
from django.utils import timezone, translation

from backend.core.running.commands import existing_file
from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.bridge.wishes import wish_of
from backend.matching.engine.evaluation import Case, Meaning, evaluate, read_judgements
from backend.skills.enums import Adaptation, ConceptKind, Language, Resolution
from backend.skills.models import Concept
from backend.skills.services.notes import read_note
from backend.skills.services.texts import resolve_texts


class Command(BaseCommand):
    help = (
        "Rank the people for every judged opening and compare with the judgements. People and openings are "
        "JSONL, judgements TSV: opening id<TAB>person id[<TAB>gain]. Nothing is written to the database. The "
        "last line printed is one JSON object."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the three files, and how people without a judgement count."""
        for name in ("--people", "--openings", "--qrels"):
            parser.add_argument(name, required=True, type=existing_file, metavar="FILE")
        parser.add_argument(
            "--condensed", action="store_true", help="leave people without a judgement out of each ranking"
        )

    def handle(
        self,
        *args: Any,
        people: Path,
        openings: Path,
        qrels: Path,
        condensed: bool = False,
        **options: Any,
    ) -> None:
        """Print the figures. Raises CommandError for a file that cannot be read as what it should be."""
        try:
            judgements = read_judgements(qrels.read_text(encoding="utf-8").splitlines())
            told = Case(_told_in(people), _told_in(openings), judgements)
            figures = self._figures(told, condensed=condensed)
        except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"A file cannot be read: {error}") from error
        self.stdout.write(json.dumps(figures))

    def _figures(self, case: Case, *, condensed: bool) -> dict[str, float]:
        meanings = _meanings(case)
        catalogue = kept_catalogue.current(None)
        return evaluate(
            case,
            meanings=meanings,
            wish_of=lambda text: wish_of(_surely(meanings.get(text, ())), text),
            relations=catalogue.relations,
            today=timezone.localdate(),
            condensed=condensed,
        )


def _told_in(path: Path) -> list[dict[str, Any]]:
    return [in_our_words(record) for record in _records(path)]


def in_our_words(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with languages and adaptations as this house writes them.

    A language may be named (in Swedish or English) or coded. What is no adaptation that we know is something
    to ask the workplace about, and removes nobody.
    """
    ours = dict(record)
    if isinstance(languages := record.get("languages"), Mapping):
        ours["languages"] = {_language(name): level for name, level in languages.items()}
    if adaptations := record.get("adaptations"):
        ours["adaptations"] = [known for each in adaptations if (known := _adaptation(each))]
    return ours


def _language(name: str) -> str:
    return _codes_of(Language).get(str(name).casefold(), str(name))


def _adaptation(words: str) -> str:
    return _codes_of(Adaptation).get(str(words).casefold(), "")


@cache
def _codes_of(vocabulary: type[TextChoices]) -> dict[str, str]:
    """Return the code of each word of `vocabulary`, by its code and its names in every language of ours."""
    codes = {str(each.value): str(each.value) for each in vocabulary}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            codes |= {str(each.label).casefold(): str(each.value) for each in vocabulary}
    return codes


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error


def _meanings(case: Case) -> dict[str, list[Meaning]]:
    """Read every text once, as the field it would stand in: what somebody can, or an occupation."""
    skills = {text for record in case.people for text in record.get("skills", ())}
    skills |= {item["text"] for record in case.openings for item in record.get("skills", ())}
    records = [*case.people, *case.openings]
    occupations = {text for record in records for text in record.get("occupations", ())}
    occupations |= {text for record in case.people for text in record.get("wishes", ())}
    return _resolved(sorted(occupations), ConceptKind.OCCUPATION) | _read(sorted(skills))


def _read(texts: Sequence[str]) -> dict[str, list[Meaning]]:
    """Read texts as skills, and where one is not sure as a note: several things in one, of any kind.

    A trait, a language or a licence is no skill.
    """
    keys = {(each.kind, each.name_sv): str(each.pk) for each in Concept.objects.current()}
    found = _resolved(texts, ConceptKind.SKILL)
    for text in texts:
        if _surely(found.get(text, ())) is None:
            told = [each for each in read_note(text) if each.decision == "accept"]
            names = [(each.kind.value, each.name or "") for each in told]
            sure = [Meaning(keys[name]) for name in names if name in keys]
            found[text] = sure if told else found.get(text, [])
    return found


def _resolved(texts: Sequence[str], kind: ConceptKind) -> dict[str, list[Meaning]]:
    answers = resolve_texts(texts, kind=kind) if texts else []
    return {
        text: [Meaning(str(answer["concept_id"]), answer["resolution"] == Resolution.ACCEPTED)]
        for text, answer in zip(texts, answers, strict=True)
        if answer["resolution"] != Resolution.NONE
    }


def _surely(meant: Sequence[Meaning]) -> str | None:
    return next((meaning.concept for meaning in meant if meaning.is_sure), None)
