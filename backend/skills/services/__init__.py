"""Writes of the catalogue, and what a written text means in it."""

from backend.skills.services.catalogue import ImportReport, import_catalogue
from backend.skills.services.notes import Told, read_note
from backend.skills.services.notes_measured import measure_notes
from backend.skills.services.overrides import (
    EDITORS,
    NotCatalogueEditor,
    override_relation,
    withdraw_override,
)
from backend.skills.services.texts import Meaning, meanings_of, resolve_texts
from backend.skills.services.wordings import remember_meaning

__all__ = [
    "EDITORS",
    "ImportReport",
    "Meaning",
    "NotCatalogueEditor",
    "Told",
    "import_catalogue",
    "meanings_of",
    "measure_notes",
    "override_relation",
    "read_note",
    "remember_meaning",
    "resolve_texts",
    "withdraw_override",
]
