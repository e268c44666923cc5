"""A page made into a PDF that screen readers can read: tagged, with title and language (PDF/UA-1).

WeasyPrint needs Pango, which a host may lack. It is asked for when the first PDF is made and not before: a
process that makes none starts without it, and one that cannot make any says so.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

PDF: Final = "application/pdf"
OWN: Final = "static:"
"""How a document names a file of the project's own, such as its style sheet: `static:css/document.css`."""


class CannotMakePdf(Exception):
    """This host lacks what a PDF is made with."""


def render_pdf(template: str, context: dict[str, Any], language: str) -> bytes:
    """Return the page that `template` makes in `language` as a tagged PDF.

    Nothing is fetched from anywhere; the files of the project's own alone are read. Raises CannotMakePdf.
    """
    weasyprint, fetcher = _tools()
    with translation.override(language):
        page = render_to_string(template, {**context, "language": language})
    made: bytes = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    return made


def can_make_pdf() -> bool:
    """Tell whether this host has what a PDF is made with."""
    try:
        _tools()
    except CannotMakePdf:
        return False
    return True


@cache
def _tools() -> tuple[Any, Any]:
    """Return WeasyPrint, and what it reads files with."""
    try:
        weasyprint, urls = import_module("weasyprint"), import_module("weasyprint.urls")
    except (ImportError, OSError) as error:
        raise CannotMakePdf from error

    class OwnFilesAlone(urls.URLFetcher):  # type: ignore[name-defined]
        """Reads the project's static files and refuses every other address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Return the file that `url` names. Raises ValueError for whatever is not our own."""
            found = url.startswith(OWN) and finders.find(url.removeprefix(OWN))
            if not found:
                raise ValueError("a document reads files of the project's own alone")
            content = Path(found).read_bytes()
            return urls.URLFetcherResponse(url, content, {"Content-Type": "text/css"})

    return weasyprint, OwnFilesAlone()
