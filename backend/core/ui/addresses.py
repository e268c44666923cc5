"""Addresses of pages and files, worked out once for the process: a list asks for hundreds."""

from functools import cache
from typing import Any
from uuid import UUID

from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse


def address(name: str, *arguments: Any) -> str:
    """Return the address of the page `name`, as `reverse` does."""
    if all(type(each) is UUID for each in arguments):
        return _frame(get_script_prefix(), get_urlconf(), name, len(arguments)) % arguments
    return reverse(name, args=arguments)


@cache
def _frame(_prefix: str, _urls: str | None, name: str, count: int) -> str:
    """Return the address of a page about `count` rows, with a gap for the key of each."""
    stand_ins = [UUID(int=number) for number in range(count)]
    frame = reverse(name, args=stand_ins).replace("%", "%%")
    for key in stand_ins:
        frame = frame.replace(str(key), "%s", 1)
    return frame


@cache
def file_address(path: str) -> str:
    """Return where a file of `frontend_static` is served; its name changes only with the release."""
    return static(path)
