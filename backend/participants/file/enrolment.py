"""The forms that one page fills in together: a file, and what its person can do, has worked as and speaks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.forms import BaseFormSet, BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.accounts.enums import Role
from backend.accounts.models import Unit, User
from backend.core.ui.forms import as_typed, asks_for_rows, posted, rows_as_asked, with_more_rows
from backend.core.ui.http import status_of
from backend.core.ui.summaries import said, said_together
from backend.core.writing.transactions import one_write
from backend.participants.alike import alike, split
from backend.participants.file.notes import Heard, hear
from backend.participants.forms import (
    LONGEST_NOTES,
    EnrolForm,
    ExperienceRows,
    LanguageFormSet,
    ParticipantForm,
    SkillRows,
    WishRows,
)
from backend.participants.models import Participant
from backend.participants.refusals import FileRefusal
from backend.participants.services import (
    ExperienceDraft,
    SkillDraft,
    WishDraft,
    add_written,
    enrol_participant,
    update_participant,
)
from backend.participants.versions import version_of
from backend.skills.pages.reading import TextRows


class AllRows:
    """Several formsets as one, for components/_error_summary.html."""

    def __init__(self, formsets: "Iterable[BaseFormSet[Any]]") -> None:
        self.formsets = list(formsets)

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(self.formsets)

    def is_valid(self) -> bool:
        """Tell whether all rows can be used; each keeps its own errors."""
        return not [rows for rows in self.formsets if not rows.is_valid()]

    def total_error_count(self) -> int:
        """Count the errors of all rows; nothing is judged before something was sent."""
        return sum(rows.total_error_count() for rows in self.formsets if rows.is_bound)

    def non_form_errors(self) -> list[Any]:
        """Return what is wrong with the rows of a formset taken together."""
        return [error for rows in self.formsets if rows.is_bound for error in rows.non_form_errors()]


class Words(NamedTuple):
    """The words around some rows or fields: what they are about, how to write them, and the button."""

    legend: Any
    help: Any = ""
    add: Any = ""


ROW_WORDS = {
    "skills": Words(
        _("What can the person do?"),
        _("One thing a row, in your own words. No diagnosis and no health details."),
        _("Add a skill"),
    ),
    "experiences": Words(
        _("What has the person worked as?"),
        _("Where, how long and when may be left empty."),
        _("Add an occupation"),
    ),
    "wishes": Words(
        _("What does the person want to work as?"),
        _("What one wants is never told as something one has done."),
        _("Add a wish"),
    ),
    "languages": Words(_("Which languages?"), add=_("Add a language")),
}


@dataclass(frozen=True)
class Folded:
    """A group that folds: `said` is what stands in it, in a few words; it holds rows or fields."""

    key: str
    words: Words
    said: str
    is_open: bool
    rows: "BaseFormSet[Any] | None" = None
    fields: Sequence[Any] = ()

    @property
    def is_text(self) -> bool:
        """Whether its rows are free text, which the catalogue reads."""
        return isinstance(self.rows, TextRows)


def said_in_rows(rows: "BaseFormSet[Any]", *, main: str) -> str:
    """Return the words of the rows that are written, after how many they are."""
    written = [words for row in rows.forms if (words := said(row[main]))]
    count = f"{len(written)}: " if len(written) > 1 else ""
    return count + ", ".join(written)


@dataclass
class FilePage:
    """A form of the file with its rows of languages, and on the page of a new participant more rows.

    `heard` is what the free text about a new participant told, once it has been read.
    """

    request: HttpRequest
    form: ParticipantForm
    rows: "dict[str, BaseFormSet[Any]]"
    heard: Heard | None = None

    @property
    def all_rows(self) -> AllRows:
        """The rows of all kinds, for the summary of errors."""
        return AllRows(self.rows.values())

    @property
    def status(self) -> int:
        """The status of the page: 422 when something was sent that cannot be used."""
        return status_of(self.form, *self.rows.values())

    @property
    def same(self) -> "tuple[list[Participant], int] | None":
        """Who seems to be the one that is enrolled, and how many more the reader may not see.

        None until the service has refused the form for it.
        """
        if not (self.form.is_bound and self.form.has_error(NON_FIELD_ERRORS, FileRefusal.SAME_PERSON)):
            return None
        return split(alike(self.form.instance), reader=signed_in(self.request))

    @property
    def version(self) -> str:
        """The version of the file that the reader has seen; once told of another, that one."""
        told = self.form.is_bound and self.form.has_error(NON_FIELD_ERRORS, FileRefusal.CHANGED_MEANWHILE)
        if self.form.is_bound and not told:
            return self.request.POST.get("version", "")
        return version_of(Participant.objects.get(pk=self.form.instance.pk))

    @property
    def row_groups(self) -> list[Folded]:
        """The rows by what they tell; they stand open where something was read, asked for or is wrong."""
        post = self.request.POST
        asked = post.get("add_row") or post.get("remove_row", "").rpartition("-")[0]
        return [
            Folded(
                prefix,
                words,
                said_in_rows(rows, main=_MAIN.get(prefix, "text")),
                is_open=bool(self.heard and self.heard.rows[prefix])
                or prefix == asked
                or (rows.is_bound and bool(rows.total_error_count())),
                rows=rows,
            )
            for prefix, words in ROW_WORDS.items()
            if (rows := self.rows.get(prefix)) is not None
        ]

    @property
    def field_groups(self) -> list[Folded]:
        """The groups of fields that can wait."""
        return [
            Folded(
                f"fields-{number}",
                Words(group["legend"]),
                said_together(map(said, group["fields"])),
                is_open=any(map(self._wants_a_look, group["fields"])),
                fields=group["fields"],
            )
            for number, group in enumerate(self.form.after_rows, start=1)
        ]

    def _wants_a_look(self, field: BoundField) -> bool:
        """Tell whether a field is wrong, or holds what was read from the text."""
        is_wrong = self.form.is_bound and bool(field.errors)
        return is_wrong or (field.name == "licences" and self.heard is not None and bool(self.heard.licences))

    def is_valid(self) -> bool:
        """Tell whether all parts can be used; each part keeps its own errors."""
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def grow(self) -> bool:
        """Give a row more or less where a button asks for it (without JavaScript); nothing is judged then."""
        asked = asks_for_rows(self.request.POST)
        if asked:
            self.rows = {name: rows_as_asked(rows, self.request.POST) for name, rows in self.rows.items()}
            self.form = as_typed(self.form)
        return asked

    def read(self) -> bool:
        """Put the free text into rows to confirm, unless that was done before; nothing is judged then."""
        text, post = self.request.POST.get("notes", ""), self.request.POST
        if not text.strip() or ("read" not in post and post.get("read_before") == _sign_of(text)):
            return False
        whose = self.form.instance.unit.municipality_id
        self.heard = hear(text[:LONGEST_NOTES], municipality_id=whose)
        self.rows = {
            prefix: with_more_rows(rows, self.heard.rows[prefix], main=_MAIN.get(prefix, "text"))
            for prefix, rows in self.rows.items()
        }
        self.form = as_typed(self.form)
        self.form.initial["licences"] = [*self.form.initial["licences"], *self.heard.licences]
        return True

    @property
    def read_before(self) -> str:
        """A sign of the free text that has been read, so that sending the page reads no text twice."""
        return _sign_of(self.request.POST.get("notes", "")) if self.request.method == "POST" else ""

    def update(self, *, participant_id: UUID, by: User, at: datetime) -> Participant:
        """Keep what was written in the file. Raises as `update_participant`."""
        seen = self.request.POST.get("version", "")
        return update_participant(participant_id=participant_id, seen=seen, by=by, at=at, **self._details())

    @one_write
    def enrol(self, *, by: User, at: datetime) -> Participant:
        """Enrol, with all that was written in the rows. Raises as `enrol_participant` and `add_written`."""
        participant = enrol_participant(unit=self.form.instance.unit, by=by, at=at, **self._details())
        add_written(participant_id=participant.pk, **drafts(self.rows), by=by, at=at)
        return participant

    def _details(self) -> dict[str, Any]:
        written = {name: value for name, value in self.form.cleaned_data.items() if name != "notes"}
        return {**written, "languages": self.rows["languages"].languages}  # type: ignore[attr-defined]


_MAIN = {"languages": "language"}
"""The field that makes a row of a formset one, where that is not its text."""


def _sign_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def page_of_new(request: HttpRequest, unit: Unit) -> FilePage:
    """Return the forms for a participant who is new in `unit`."""
    data = posted(request)
    rows = {
        **rows_to_add(data),
        "languages": _languages(data, {}),
    }
    return FilePage(request, EnrolForm(data, reader=signed_in(request), unit=unit), rows)


def page_of(request: HttpRequest, participant: Participant) -> FilePage:
    """Return the forms for changing the file of `participant`."""
    data = posted(request)
    rows = {"languages": _languages(data, participant.languages)}
    return FilePage(request, ParticipantForm(data, instance=participant), rows)


def units_for_enrolment(request: HttpRequest) -> QuerySet[Unit]:
    """Return the units that the reader may enrol in."""
    return Unit.objects.filter(pk__in=signed_in(request).unit_ids(Role.COACH))


def unit_for_enrolment(request: HttpRequest) -> Unit | None:
    """Return the unit that the reader enrols in: the one asked for, else the first; None for others."""
    units = units_for_enrolment(request)
    asked = units.filter(pk=request.GET["unit"]) if _is_key(request.GET.get("unit")) else units
    return asked.first()


_DRAFTS: dict[str, Callable[..., Any]] = {
    "skills": SkillDraft,
    "experiences": ExperienceDraft,
    "wishes": WishDraft,
}


def rows_to_add(data: QueryDict | None) -> "dict[str, BaseFormSet[Any]]":
    """Return the rows of what somebody can do, has worked as and wants to work as."""
    return {
        "skills": SkillRows(data, prefix="skills"),
        "experiences": ExperienceRows(data, prefix="experiences"),
        "wishes": WishRows(data, prefix="wishes"),
    }


def drafts(rows: "dict[str, BaseFormSet[Any]]") -> dict[str, list[Any]]:
    """Return for `add_written` what stands in the rows; empty rows are nothing."""
    return {name: [draft(**row) for row in rows[name].cleaned_data if row] for name, draft in _DRAFTS.items()}


def _languages(data: QueryDict | None, levels: dict[str, str]) -> Any:
    initial = [{"language": code, "level": level} for code, level in levels.items()] if data is None else None
    return LanguageFormSet(data, prefix="languages", initial=initial)


def _is_key(text: str | None) -> bool:
    try:
        return text is not None and bool(UUID(text))
    except ValueError:
        return False
