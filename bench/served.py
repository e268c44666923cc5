"""What bench.throughput has gunicorn serve: the program as it is, or a peer of it (BENCH_SERVES).

Each answer says what it took of the processor, in the header X-Cpu-Ms.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from time import thread_time
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from backend.config.wsgi import application as program
from backend.core.ui.fragments import Fragments
from backend.employers.searching import shelf
from backend.employers.searching.shelf import Keys, Shelf

NOTHING_KEPT, BYTES_ALONE, ICONTAINS = "nothing kept", "bytes alone", "icontains"
BYTES = b"x" * 30_000


@login_not_required
def bytes_alone(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(BYTES)


urlpatterns = [path("platser/", bytes_alone)]

if os.environ.get("BENCH_SERVES") == BYTES_ALONE:
    settings.ROOT_URLCONF = __name__
if os.environ.get("BENCH_SERVES") == NOTHING_KEPT:
    Fragments.piece = lambda _self, _key, draw: draw()  # type: ignore[method-assign]
    shelf.current = Shelf
if os.environ.get("BENCH_SERVES") == ICONTAINS:
    from django.db.models import Q

    from backend.core.text.folding import words_to_look_for
    from backend.employers.pages.catalogue import Sought
    from backend.employers.pages.filters import OpeningFilter

    TEXTS = ("title", "description", "workplace__employer__name", "workplace__name", "occupation__text")

    def _having_words(_self: Any, openings: Any, _name: str, text: str) -> Any:
        for word in words_to_look_for(text):
            found = Q()
            for path in (*TEXTS, "workplace__locality_name", "requirements__text"):
                found |= Q(**{f"{path}__icontains": word})
            openings = openings.filter(found)
        return openings.distinct()

    class _NoHits:
        def why(self, _key: str) -> list[Any]:
            return []

    shelf.current = Shelf
    Sought._found_by = lambda self, _text: Keys.of(self.rows)  # type: ignore[method-assign]
    OpeningFilter.having_words = _having_words  # type: ignore[method-assign]
    OpeningFilter.hits = lambda _self, _text: _NoHits()  # type: ignore[method-assign,assignment,return-value]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    started = thread_time()

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        took = 1000 * (thread_time() - started)
        return start_response(status, [*headers, ("X-Cpu-Ms", f"{took:.3f}")], *more)

    found: Iterable[bytes] = program(environ, start)
    return found
