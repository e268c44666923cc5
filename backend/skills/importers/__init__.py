"""Reads catalogues of skills and occupations from files. Nothing here touches the database."""

from pathlib import Path

from backend.skills.importers import esco, jobtech, starter
from backend.skills.importers.catalogue import BrokenCatalogue, Catalogue

SOURCES = (starter.SCHEME, jobtech.SCHEME, esco.SCHEME)

__all__ = ["SOURCES", "BrokenCatalogue", "Catalogue", "read_catalogue"]


def read_catalogue(source: str, directory: Path | None = None) -> Catalogue:
    """Read a catalogue of one of SOURCES; only the starter catalogue has a directory of its own.

    Raises BrokenCatalogue, with the file and the reason.
    """
    if source == starter.SCHEME:
        return starter.read(directory)
    if directory is None:
        raise BrokenCatalogue(source, "name the directory that its files are in")
    return {jobtech.SCHEME: jobtech.read, esco.SCHEME: esco.read}[source](directory)
