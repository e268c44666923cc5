"""Sections of a page that apps higher up the chain contribute.

A person's page belongs to `participants`, but shows proposals and internships, which participants may not
import. So the page has a named place for panels, and the higher app registers its own from its AppConfig.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """One section: where it goes, its order, its template, and the function that fills it.

    `context` takes (request, subject) and returns the template's variables, or None to leave the section out.
    """

    page: str
    order: int
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]


_panels: dict[str, list[Panel]] = defaultdict(list)


def register(panel: Panel) -> Panel:
    """Add `panel` to its page."""
    _panels[panel.page].append(panel)
    _panels[panel.page].sort(key=lambda each: each.order)
    return panel


def panels_for(page: str, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
    """Return template name and variables of each panel of `page` that has something to show."""
    filled = ((panel, panel.context(request, subject)) for panel in _panels[page])
    return [{"template": panel.template, **context} for panel, context in filled if context is not None]
