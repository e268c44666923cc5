"""Styles: sizes come from the design system or from the one file of our own, and each sheet has its layer."""

import re

import pytest

from tests.architecture.source import ROOT, TEMPLATES

STYLES = ROOT / "frontend_static" / "css"
TOKENS = "tokens.css"
# Media and container queries cannot read variables. Four widths are enough for every page.
WIDTHS = {"30rem", "34rem", "40rem", "62rem"}
HAIRLINES = {"1px"}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
QUERY = re.compile(r"@(?:media|container)[^{]*")
SIZE = re.compile(r"(?<![\w.#-])\d*\.?\d+(?:rem|px)\b")
DECLARED = re.compile(r"(--[\w-]+)\s*:")
USED = re.compile(r"var\((--[\w-]+)")
LAYER = re.compile(r"@layer (app\.\w+) \{")


def sheets() -> dict[str, str]:
    return {path.name: COMMENT.sub("", path.read_text()) for path in sorted(STYLES.glob("*.css"))}


def others() -> list[str]:
    return [name for name in sheets() if name != TOKENS]


def design_system() -> str:
    found = sorted((ROOT / "build" / "static" / "ds").glob("*.css"))
    return "".join(path.read_text() for path in found)


class TestStyles:
    @pytest.mark.parametrize("name", others())
    def test_sizes_are_named_not_measured(self, name):
        measured = set(SIZE.findall(QUERY.sub("", sheets()[name])))

        assert measured <= HAIRLINES

    def test_pages_change_shape_at_few_widths(self):
        queries = " ".join(query for text in sheets().values() for query in QUERY.findall(text))

        assert set(SIZE.findall(queries)) == WIDTHS

    @pytest.mark.skipif(not (ROOT / "build/static/ds").exists(), reason="the design system is not installed")
    def test_every_name_is_declared(self):
        own = "".join(sheets().values())
        declared = set(DECLARED.findall(own)) | set(DECLARED.findall(design_system()))

        assert set(USED.findall(own)) - declared == set()

    def test_every_token_is_used(self):
        text = sheets()
        tokens = {name for name in DECLARED.findall(text[TOKENS]) if not name.startswith("--ds-")}

        assert tokens - set(USED.findall("".join(text.values()))) == set()

    def test_each_sheet_has_its_layer_and_the_layers_their_order(self):
        text = sheets()
        order = re.findall(r"app\.\w+", re.search(r"@layer ds,([^;]*);", text[TOKENS])[1])
        linked = re.findall(r"css/(\w+\.css)", (TEMPLATES / "layouts" / "_styles.html").read_text())

        layers = [LAYER.findall(text[name]) for name in linked]

        assert sorted(linked) == sorted(text)
        assert all(len(found) == 1 for found in layers)
        assert list(dict.fromkeys(found[0] for found in layers)) == order

    def test_nothing_stands_outside_a_layer(self):
        for name, text in sheets().items():
            outside = re.sub(r"@layer [\w., ]+;", "", text).strip()

            assert LAYER.match(outside), name
            assert outside.endswith("}"), name
            assert _closes_last(outside), name


def _closes_last(text: str) -> bool:
    """Tell whether the first brace closes at the very end."""
    depth = 0
    for position, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "}" and not depth:
            return position == len(text) - 1
    return False
