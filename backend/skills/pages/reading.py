"""How a text is understood while it is written: rows of free text, and under each what it is read as."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from backend.core.ui.widgets import Combobox
from backend.skills.enums import ConceptKind, Resolution, Tells
from backend.skills.models import Concept
from backend.skills.services import meanings_of, resolve_texts
from backend.skills.understanding.languages import language_named
from backend.skills.understanding.licences import names_licence

LONGEST_TEXT = 200
MOST_CANDIDATES = 3


@dataclass(frozen=True)
class Reading:
    """What the catalogue makes of a text: `resolution`, and the concepts that it is or may be.

    `tells` names what it is instead, where it has a field of its own: a licence or a language.
    """

    text: str
    resolution: str
    candidates: Sequence[Concept]
    tells: str

    @property
    def is_recognised(self) -> bool:
        """Whether the catalogue knows what is meant."""
        return self.resolution == Resolution.ACCEPTED

    @property
    def asks(self) -> bool:
        """Whether a person should say which of the candidates is meant."""
        return self.resolution == Resolution.ASK

    @property
    def hint(self) -> str:
        """Where else it is to be written, as what it is; empty where it stands well."""
        if self.tells == Tells.LICENCE:
            return _(
                "This is a licence. Tick it among the licences too: places that need it are found by that."
            )
        if self.tells and not self.is_recognised:
            return _("This is a language. State it among the languages, with its level.")
        return ""


def candidates_for(texts: Sequence[str], kind: ConceptKind) -> dict[str, Sequence[Concept]]:
    """Return for each text the concepts that it may mean, the surest first, at most three."""
    meanings = meanings_of(texts, kind=kind, limit=MOST_CANDIDATES) if texts else {}
    return {text: [meaning.concept for meaning in found] for text, found in meanings.items()}


def read_all(texts: Sequence[str], kind: ConceptKind) -> dict[str, Reading]:
    """Return how each of `texts` would be understood, for the one who is writing them."""
    understood = resolve_texts(texts, kind=kind) if texts else []
    found = candidates_for(texts, kind)
    return {
        text: Reading(text, columns["resolution"], found[text], _tells(text))
        for text, columns in zip(texts, understood, strict=True)
    }


def read_aloud(text: str, kind: ConceptKind) -> Reading | None:
    """Return how `text` would be understood; None for no text."""
    text = plain(text)
    return read_all([text], kind)[text] if text else None


def plain(text: str) -> str:
    """Return a text as it is read: its blanks alike, and no longer than any that is kept."""
    return " ".join(text[:LONGEST_TEXT].split())


def read_while_written(suggestions: str, kind: ConceptKind) -> Combobox:
    """Return a text field that suggests, and under which `_reading.html` tells how its text is understood."""
    reading = reverse_lazy("skills:text_reading", args=[kind.value])
    return Combobox(suggestions, {"hx-get": reading, "hx-trigger": "change", "hx-target": "next .reading"})


class TextRow(forms.Form):
    """A row of free text. `concept` is what the writer chose when asked what was meant (0: as written)."""

    kind: ConceptKind
    # A row in which none of these is filled in says nothing, whatever else was chosen in it.
    telling: tuple[str, ...] = ("text",)
    concept = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def has_changed(self) -> bool:
        """Tell whether something was written in the row."""
        return super().has_changed() and any(str(self[name].value() or "").strip() for name in self.telling)

    @property
    def written(self) -> str:
        """The text of the row as it is read."""
        return plain(str(self["text"].value() or ""))

    @cached_property
    def reading(self) -> Reading | None:
        """How the catalogue understands the text of the row; None for an empty one."""
        return read_aloud(self.written, self.kind)

    def clean(self) -> None:
        """Forget an answer that was given to another text."""
        text, concept = self.cleaned_data.get("text", ""), self.cleaned_data.get("concept")
        if concept and concept not in {each.pk for each in candidates_for([text], self.kind)[text]}:
            self.cleaned_data["concept"] = None


class TextRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of free text, read all at once when they are shown."""

    def __iter__(self) -> Iterator[Any]:
        rows = self.forms
        texts = list(dict.fromkeys(row.written for row in rows if row.written))
        readings = read_all(texts, self.form.kind)
        for row in rows:
            row.reading = readings.get(row.written)
        return iter(rows)


def _tells(text: str) -> str:
    if names_licence(text):
        return Tells.LICENCE
    return Tells.LANGUAGE if language_named(text) else ""
