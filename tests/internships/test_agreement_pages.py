"""Where the pages of a printed agreement break."""

from datetime import UTC, datetime
from typing import Any

import pytest
import weasyprint
from django.template.loader import render_to_string
from django.utils import translation

from backend.core.documents import pdf

LAST_PROMISE, SIGNED = "ingen anställning", "Undertecknat"


def words_of(page: Any) -> str:
    """Return what stands on a page."""
    return " ".join(box.text for box in page._page_box.descendants() if hasattr(box, "text"))


@pytest.mark.parametrize("rows", range(18, 34))
def test_nobody_signs_a_page_on_which_nothing_is_promised(rows: int) -> None:
    """A page to sign that says nothing could belong to any agreement."""
    _weasyprint, fetcher = pdf._tools()
    terms = [
        {"key": str(number), "label": f"Villkor {number}", "words": "Enligt avtal"} for number in range(rows)
    ]
    said = {"number": 1, "made_at": datetime(2026, 3, 2, tzinfo=UTC), "terms": terms, "promises": terms[:2]}
    with translation.override("sv"):
        page = render_to_string(
            "documents/agreement.html", {**said, "is_translation": False, "language": "sv"}
        )
    pages = [words_of(each) for each in weasyprint.HTML(string=page, url_fetcher=fetcher).render().pages]
    [signed] = [words for words in pages if SIGNED in words]
    assert LAST_PROMISE in signed
