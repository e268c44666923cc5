"""The way back to a list: as it was last filtered, sorted and turned, and at the row that was opened.

What a reader asked of a list is kept in their session, sealed, because a search may hold a name: it ends
with the session, and a copy of the database does not tell it.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest, QueryDict

from backend.core.sealed import seal, unseal
from backend.core.ui.addresses import address

KEPT_AS: Final = "lists"
PURPOSE: Final = b"lists"
MOST, LONGEST = 10, 1_000
"""How many lists are kept in a session, and how many characters of each."""
OF_EVERY_LIST: Final = ("sort", "page")


def remember(request: HttpRequest, filters: Iterable[str]) -> None:
    """Keep what the reader asks of the list shown now: its `filters`, order and page, nothing else.

    Only for who is signed in. The session is written only when something else was asked than the last time.
    """
    if request.method != "GET" or not request.user.is_authenticated:
        return
    kept = _kept(request)
    asked = _asked(request.GET, {*filters, *OF_EVERY_LIST})
    if asked == kept.pop(request.path, ""):
        return
    if asked:
        kept[request.path] = asked
    latest = dict(list(kept.items())[-MOST:])
    request.session[KEPT_AS] = seal(json.dumps(latest).encode(), purpose=PURPOSE)


def way_back(request: HttpRequest | None, name: str, *arguments: Any, row: Any = None) -> str:
    """Return the address of the list `name` as the reader left it, at `row` (a row of the database)."""
    path = address(name, *arguments)
    asked = _kept(request).get(path, "") if request else ""
    query = f"?{asked}" if asked else ""
    fragment = f"#row-{row.pk}" if row else ""
    return path + query + fragment


def _asked(query: QueryDict, known: set[str]) -> str:
    """Return the part of `query` that a list knows; "" when that is too long to be kept."""
    asked = query.copy()
    for key in {*asked} - known:
        del asked[key]
    encoded = asked.urlencode()
    return encoded if len(encoded) <= LONGEST else ""


def _kept(request: HttpRequest) -> dict[str, str]:
    """Return what was asked of each list, by its path; the one that changed last stands last."""
    sealed = request.session.get(KEPT_AS)
    opened = unseal(sealed, purpose=PURPOSE) if sealed else None
    kept: dict[str, str] = json.loads(opened) if opened else {}
    return kept
