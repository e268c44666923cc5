"""From a file to drafts: handed in, its columns said, tried, and written by the services of the forms."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, Self
from uuid import UUID

from rapidfuzz import fuzz, process, utils

from backend.accounts.models import User
from backend.core.text.personal import personal_in
from backend.core.writing.refusals import Reason, Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import Intent, OpeningKind, OpeningState, PlacementKind
from backend.employers.exchange.ads.importing import MOST_ADS, import_ads
from backend.employers.exchange.ads.reading import ads_in
from backend.employers.exchange.bringing_in import Result, Row, Written, bring_in, ensure_fits
from backend.employers.exchange.sheets import values
from backend.employers.exchange.sheets.columns import cells_by_name, columns_of, guess, heading_row, label_of
from backend.employers.exchange.sheets.kept import ADS, CAPACITY, Handed, opened
from backend.employers.exchange.sheets.reading import LARGEST, MEGABYTE, Cell, read_upload
from backend.employers.models import Employer, HandedInSheet, Opening, Workplace
from backend.employers.models.numbers import keys_of
from backend.employers.refusals import ExchangeRefusal, SheetRefusal
from backend.employers.services import RequirementDraft, register_capacity, save_opening
from backend.employers.work_facts import WorkFact
from backend.skills.enums import Adaptation, Licence

LIKE_ENOUGH: Final = 85
READ: Final[Mapping[str, Callable[[Cell], Any]]] = {
    "title": values.text,
    "kind": partial(
        values.choice, choices=OpeningKind, more={"anställning": "job", "praktikplats": "internship"}
    ),
    "intent": partial(values.choice, choices=Intent),
    "description": values.text,
    "places": values.whole,
    "starts_on": values.day,
    "ends_on": values.day,
    "hours_min": values.number,
    "hours_max": values.number,
    "weekdays": values.weekdays,
    "languages": values.languages,
    "licences": partial(values.choices_of, choices=Licence),
    "adaptations": partial(values.choices_of, choices=Adaptation),
    "facts_present": partial(values.choices_of, choices=WorkFact),
    "facts_absent": partial(values.choices_of, choices=WorkFact),
    "supervisor_name": values.text,
    "placement_kind": partial(values.choice, choices=PlacementKind),
    "supervisors": values.whole,
    "support": values.text,
}
"""How each column that is a column of the row too is read."""
NEEDED: Final = {True: ("title", "placement_kind"), False: ("title", "kind")}
"""What each row must say, for lasting places and for openings."""


@one_write
def hand_in_sheet(*, employer: UUID, what: str, file: Any, by: User, at: datetime) -> HandedInSheet:
    """Keep a file of openings, lasting places or ads for its next step; nothing of it is written yet.

    Raises Employer.DoesNotExist when `by` may not write for the employer, and Refused for a file that is too
    large, too long or cannot be read.
    """
    own = Employer.objects.writable_by(by).get(pk=employer)
    handed = Handed(what, str(own.pk))
    if what == ADS:
        handed = replace(handed, ads=_ads_of(file))
        handed = handed.with_results(_write(handed, by=by, at=at, is_trial=True), is_done=False)
    else:
        lines, columns = read_upload(file), columns_of(is_capacity=what == CAPACITY)
        headings = heading_row(lines, columns)
        guessed = guess(lines[headings].cells, columns)
        handed = replace(handed, lines=lines, headings=headings, columns=guessed)
    return HandedInSheet.objects.create(owner=by, at=at, content=handed.sealed())


@one_write
def choose_columns(*, sheet_id: UUID, chosen: Mapping[int, str], by: User, at: datetime) -> HandedInSheet:
    """Say what each column holds, and try what would become of the rows; nothing of it is written.

    Raises HandedInSheet.DoesNotExist when it is not that of `by`, and Refused when a needed column is missing
    or two hold the same.
    """
    sheet = locked(HandedInSheet.objects.of(by, at=at).filter(pk=sheet_id)).get()
    handed = replace(opened(sheet), columns={at: name for at, name in chosen.items() if name})
    _ensure_columns(handed)
    return _keep(sheet, handed, by=by, at=at, is_trial=True)


@one_write
def import_sheet(*, sheet_id: UUID, by: User, at: datetime) -> HandedInSheet:
    """Write the good rows of a file that has been tried, once. Raises as `choose_columns` does."""
    sheet = locked(HandedInSheet.objects.of(by, at=at).filter(pk=sheet_id)).get()
    handed = opened(sheet)
    if handed.is_done:
        return sheet
    if handed.what != ADS:
        _ensure_columns(handed)
    return _keep(sheet, handed, by=by, at=at, is_trial=False)


def _keep(sheet: HandedInSheet, handed: Handed, *, by: User, at: datetime, is_trial: bool) -> HandedInSheet:
    results = _write(handed, by=by, at=at, is_trial=is_trial)
    sheet.content = handed.with_results(results, is_done=not is_trial).sealed()
    sheet.save(update_fields=["content"])
    return sheet


def _write(handed: Handed, *, by: User, at: datetime, is_trial: bool) -> list[Result]:
    employer = Employer.objects.writable_by(by).get(pk=handed.employer)
    if handed.what == ADS:
        return import_ads(ads=handed.ads, by=by, at=at, is_trial=is_trial, employer=employer)
    there = There.at(employer, by=by)
    rows = []
    for line in handed.rows:
        cells = cells_by_name(line, handed.columns)
        if not cells:
            continue  # only below columns that nobody reads
        write = partial(_write_row, cells, is_capacity=handed.is_capacity, there=there, by=by, at=at)
        rows.append(Row(line.number, values.text(cells.get("title", ""))[:120], write))
    return bring_in(rows=rows, is_trial=is_trial)


def _write_row(
    cells: Mapping[str, Cell], *, is_capacity: bool, there: "There", by: User, at: datetime
) -> Written:
    fields = _fields(cells, is_capacity=is_capacity, there=there)
    if (before := there.opening(fields, is_capacity=is_capacity)) is not None:
        return Written(before, is_new=False)
    words: dict[str, Any] = {"occupation": values.text(cells.get("occupation", "")), "by": by, "at": at}
    words["requirements"] = [
        RequirementDraft(text, essential=name == "essential")
        for name in ("essential", "desirable")
        for text in values.parts(cells.get(name, ""))
    ]
    if is_capacity:
        return Written(register_capacity(fields=fields, **words).opening)
    return Written(save_opening(fields=fields, **words))


def _fields(cells: Mapping[str, Cell], *, is_capacity: bool, there: "There") -> dict[str, Any]:
    """Return what a row says. Raises Refused that names every cell that cannot be read."""
    readers = {**READ, "workplace": there.workplace, "employer": there.ensure_own}
    fields: dict[str, Any] = {}
    reasons = [
        Reason(SheetRefusal.LACKS, {"column": _heading(name, is_capacity=is_capacity)})
        for name in NEEDED[is_capacity]
        if name not in cells
    ]
    for name, cell in {"workplace": "", **cells}.items():
        try:
            if name in readers:
                fields[name] = readers[name](cell)
        except Refused as refusal:
            reasons += [Reason(each.why, each.params, about=name) for each in refusal.reasons]
    if reasons:
        raise Refused.for_reasons(reasons)
    fields.pop("employer", None)
    ensure_fits(fields)
    _settle_hours(fields)
    if fields.get("kind") == OpeningKind.JOB:
        fields["intent"] = Intent.WILL_HIRE
    return fields


def _settle_hours(fields: dict[str, Any]) -> None:
    """Let one number of hours be both, as a form with one number in it would."""
    for name, other in (("hours_min", "hours_max"), ("hours_max", "hours_min")):
        if name in fields and other not in fields:
            fields[other] = fields[name]


def _heading(name: str, *, is_capacity: bool) -> str:
    return next(label_of(each) for each in columns_of(is_capacity=is_capacity) if each.name == name)


@dataclass(frozen=True)
class There:
    """What an employer had before the import: where its rows may be, and what is here already."""

    employer: Employer
    workplaces: Sequence[Workplace]
    openings: Sequence[Opening]

    @classmethod
    def at(cls, employer: Employer, *, by: User) -> Self:
        """Return what `employer` has now."""
        workplaces = Workplace.objects.writable_by(by).filter(employer=employer)
        openings = Opening.objects.editable_by(by).filter(workplace__employer=employer)
        return cls(employer, list(workplaces), list(openings.exclude(state=OpeningState.CLOSED)))

    def opening(self, fields: Mapping[str, Any], *, is_capacity: bool) -> Opening | None:
        """Return the opening that a row would make once more: same title, kind, workplace and first day."""
        kind = OpeningKind.INTERNSHIP if is_capacity else fields["kind"]
        told = (fields["title"].casefold(), kind, fields["workplace"].pk, fields.get("starts_on"))
        for each in self.openings:
            if is_capacity and each.capacity_id is None:
                continue
            if told == (each.title.casefold(), each.kind, each.workplace_id, each.starts_on):
                return each
        return None

    def ensure_own(self, cell: Cell) -> None:
        """Raise Refused for a row that says it is of another organisation."""
        written = values.text(cell)
        digits = re.sub(r"\D", "", written)[-10:]
        is_number = len(digits) == 10 and self.employer.number_key in keys_of(digits)
        if not is_number and written.casefold() != self.employer.name.casefold():
            raise Refused(SheetRefusal.ANOTHER, text="–" if personal_in(written) else written)

    def workplace(self, cell: Cell) -> Workplace:
        """Return the workplace that is meant: by name, street or town; the only one needs no naming."""
        written = values.text(cell)
        if not written and len(self.workplaces) == 1:
            return self.workplaces[0]
        names = {
            (at, word): word
            for at, each in enumerate(self.workplaces)
            for word in (each.name, each.street, f"{each.name}, {each.locality_name}")
            if word
        }
        best = process.extract(
            written, names, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=LIKE_ENOUGH
        )
        meant = {at for _word, score, (at, _name) in best if score == best[0][1]}
        if len(meant) != 1:
            choices = ", ".join(each.name for each in self.workplaces) or "–"
            raise Refused(SheetRefusal.NO_WORKPLACE, choices=choices)
        return self.workplaces[meant.pop()]


def _ensure_columns(handed: Handed) -> None:
    names = list(handed.columns.values())
    known = {each.name for each in columns_of(is_capacity=handed.is_capacity)}
    lacking = [name for name in NEEDED[handed.is_capacity] if name not in names]
    twice = sorted({name for name in names if names.count(name) > 1 and name in known})
    reasons = [
        Reason(why, {"column": _heading(name, is_capacity=handed.is_capacity)})
        for why, found in ((SheetRefusal.NO_TITLE_COLUMN, lacking), (SheetRefusal.TWICE, twice))
        for name in found
    ]
    if reasons:
        raise Refused.for_reasons(reasons)


def _ads_of(upload: Any) -> list[Any]:
    if upload.size > LARGEST:
        raise Refused(SheetRefusal.TOO_LARGE, most=LARGEST // MEGABYTE)
    try:
        ads = ads_in(json.loads(upload.read()))
    except (ValueError, RecursionError):
        raise Refused(SheetRefusal.UNREADABLE) from None
    if len(ads) > MOST_ADS:
        raise Refused(ExchangeRefusal.TOO_MANY, most=MOST_ADS, count=len(ads))
    return ads
