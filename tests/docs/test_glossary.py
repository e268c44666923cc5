"""The glossary's words are the names of the code, and the words that it bans are nobody's name."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.source import ROOT, TEMPLATES, modules

GLOSSARY = (ROOT / "docs/glossary.md").read_text()


def rows_of(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading."""
    section = GLOSSARY.split(f"## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Yield the names of all addresses of ours, as `app:name`."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}"
        else:
            yield from addresses(each, f"{each.namespace}:" if each.namespace else space)


def is_there(place: str) -> bool:
    """Tell whether a place of the glossary exists: an address, a template, a module or a name in one."""
    if place.endswith(".html"):
        return (TEMPLATES / place).is_file()
    if ":" in place:
        return place in set(addresses(get_resolver()))
    module, _, name = place.rpartition(".")
    return hasattr(import_module(module), name) or (ROOT / f"{place.replace('.', '/')}.py").is_file()


@cache
def names() -> tuple[tuple[str, str], ...]:
    """Return each name of ours, and where it is."""
    return tuple(_names())


def _names() -> Iterator[tuple[str, str]]:
    spaces = {module.app for module in modules()}
    for module in modules():
        yield module.path.stem, module.name
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, f"{module.name}:{node.lineno}"
    for path in TEMPLATES.rglob("*.html"):
        yield path.stem, str(path.relative_to(ROOT))
    for address in addresses(get_resolver()):
        space, _, name = address.rpartition(":")
        if space in spaces:
            yield name, address


def words_in(name: str) -> list[str]:
    """Return the words of a name, one by one and in a row: listed_for, CatalogueGraph."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return [word for word in re.split(r"[_\W]+", apart) if word]


def has(name: str, place: str, banned: str) -> bool:
    """Tell whether a name is, or has in it, what is banned."""
    if banned.endswith(".py"):
        return place.endswith(f"/{banned}") and name == banned.removesuffix(".py")
    if banned[0].isupper():
        return name == banned
    wanted, found = words_in(banned), words_in(name)
    return any(found[at : at + len(wanted)] == wanted for at in range(len(found)))


WORDS = [(cells[0], place) for cells in rows_of("Words of the house") for place in quoted(cells[1])]
BANNED = [word for cells in rows_of("Words that are not used") for word in quoted(cells[0])]


class TestWordsOfTheHouse:
    @pytest.mark.parametrize(("word", "place"), WORDS, ids=[place for _, place in WORDS])
    def test_are_where_they_are_said_to_be(self, word, place):
        assert is_there(place)

    def test_are_each_there_once(self):
        words = [cells[0] for cells in rows_of("Words of the house")]

        assert len(words) == len(set(words))

    def test_a_place_that_is_not_there_is_noticed(self):
        for place in ("backend.core.scopes.Scop", "matching:bord", "components/_nothing.html"):
            assert not is_there(place)


class TestWordsThatAreNotUsed:
    @pytest.mark.parametrize("banned", BANNED)
    def test_are_in_no_name(self, banned):
        assert [place for name, place in names() if has(name, place, banned)] == []

    def test_a_banned_word_is_noticed(self):
        assert has("what_opens_doors", "x.py:1", "doors")
        assert has("WhoseKey", "x.py:1", "whose")
        assert has("facts", "backend/skills/facts.py", "facts.py")
        assert not has("outdoors", "x.py:1", "doors")
