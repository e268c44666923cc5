"""The marks of what is met and what is missing, each drawn once: a list shows the same few many times."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from backend.core.ui.fragments import Fragments
from backend.core.ui.words import read

_marks: Final = Fragments()


def drawn_marks(marks: Iterable[Any], *, is_told: bool) -> SafeString:
    """Return the marks of one row; `is_told` says that what is not met was not told."""
    said = [
        (str(read(each, "mark")), str(read(each, "text")), str(read(each, "via") or "")) for each in marks
    ]
    pieces = [_marks.piece((*each, is_told), partial(_draw, each, is_told=is_told)) for each in said]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _draw(said: tuple[str, str, str], *, is_told: bool) -> SafeString:
    each = dict(zip(("mark", "text", "via"), said, strict=True))
    return render_to_string("components/_requirement_mark.html", {"each": each, "is_told": is_told})
