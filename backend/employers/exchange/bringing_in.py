"""Many openings at once: each good one is written, each bad one is told of with its row and why.

A trial run does all of it, through the same services, and takes it back: what it says is what will happen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.db.models import TextChoices, TextField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core.writing.transactions import one_write
from backend.employers.exchange.sheets.columns import ALL, label_of
from backend.employers.models import Capacity, Opening


class Outcome(TextChoices):
    """What becomes, or became, of one row."""

    NEW = "new", gettext_lazy("New draft")
    THERE = "there", gettext_lazy("Here already")
    REFUSED = "refused", gettext_lazy("Left out")


@dataclass(frozen=True)
class Written:
    """The opening of a row, whether it was made now, and what of the row has no place here."""

    opening: Opening
    is_new: bool = True
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Result:
    """What becomes of one row: its number in the file, what it is called, and why it is left out."""

    number: int
    title: str
    outcome: Outcome
    words: Sequence[str] = ()
    opening: UUID | None = None


@dataclass(frozen=True)
class Row:
    """One row of a file: its number there, what it is called, and what writes it."""

    number: int
    title: str
    write: Callable[[], Written] = field(repr=False)


@one_write
def bring_in(*, rows: Iterable[Row], is_trial: bool) -> list[Result]:
    """Write each row by itself, the good ones only; a trial is taken back. Return what became of each."""
    results = [_one(row) for row in rows]
    if is_trial:
        transaction.set_rollback(True)
    return results


def _one(row: Row) -> Result:
    try:
        with transaction.atomic():
            written = row.write()
    except ValidationError as refusal:
        return Result(row.number, row.title, Outcome.REFUSED, words_of(refusal))
    except ObjectDoesNotExist:
        return Result(row.number, row.title, Outcome.REFUSED, [_("You may not write there.")])
    outcome = Outcome.NEW if written.is_new else Outcome.THERE
    return Result(row.number, row.title, outcome, list(written.notes), written.opening.pk)


def ensure_fits(fields: Mapping[str, Any]) -> None:
    """Raise ValidationError for a text that is longer than its form takes: the column has no end."""
    long = {}
    for model in (Opening, Capacity):
        for column in model._meta.get_fields():
            if isinstance(column, TextField) and column.max_length and column.name in fields:
                try:
                    MaxLengthValidator(column.max_length)(fields[column.name])
                except ValidationError as error:
                    long[column.name] = error
    if long:
        raise ValidationError(long)


def words_of(refusal: ValidationError) -> list[str]:
    """Return why, each with the name of the field that it is about where there is one."""
    if not hasattr(refusal, "error_dict"):
        return list(refusal.messages)
    # A constraint of the whole row says by its code which field it is about.
    return [
        f"{label}: {text}" if (label := _label(name) or _label(str(error.code or ""))) else text
        for name, errors in refusal.error_dict.items()
        for error in errors
        for text in error.messages
    ]


def _label(name: str) -> str:
    """Return what a field is called: as its column is headed, or by the model where no column holds it."""
    if name == NON_FIELD_ERRORS:
        return ""
    if headed := next((label_of(each) for each in ALL if each.name == name), ""):
        return headed
    for model in (Opening, Capacity):
        known: dict[str, Any] = {each.name: each for each in model._meta.get_fields()}
        if verbose := getattr(known.get(name), "verbose_name", ""):
            return capfirst(str(verbose))
    return ""


def count(results: Iterable[Result]) -> dict[str, int]:
    """Return how many rows have each outcome."""
    outcomes = [each.outcome for each in results]
    return {outcome.value: outcomes.count(outcome) for outcome in Outcome}
