"""Sections of a page that apps higher up the chain contribute.

A person's page belongs to `participants`, but shows proposals and internships, which participants may not
import. So the page has a named place for panels, and the higher app registers its own from its AppConfig.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Reads = Callable[[HttpRequest], Mapping[str, Any]]


def _nothing(_request: HttpRequest) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Panel:
    """One section: where it goes, its order, its template, and the function that fills it.

    `context` takes (request, subject) and returns the template's variables, or None to leave the section out.
    `reads` gives expressions by name that a page which says so reads together with its subject, in one query.
    """

    page: str
    order: int
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    reads: Reads = _nothing


_panels: dict[str, list[Panel]] = defaultdict(list)


def register(panel: Panel) -> Panel:
    """Add `panel` to its page."""
    _panels[panel.page].append(panel)
    _panels[panel.page].sort(key=lambda each: each.order)
    return panel


def read_with(request: HttpRequest, *pages: str) -> dict[str, Any]:
    """Return what the panels of `pages` want to be read with their subject; no two may choose one name."""
    asked = [panel.reads(request) for page in pages for panel in _panels[page]]
    names = [name for each in asked for name in each]
    if len(names) != len(set(names)):
        raise ValueError(f"two panels read by one name: {sorted(names)}")
    return {name: expression for each in asked for name, expression in each.items()}


def panels_for(page: str, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
    """Return template name and variables of each panel of `page` that has something to show."""
    filled = ((panel, panel.context(request, subject)) for panel in _panels[page])
    return [{"template": panel.template, **context} for panel, context in filled if context is not None]
