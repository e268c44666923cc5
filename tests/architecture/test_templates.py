"""Templates: each is used, each that is named exists, and none carries code or style of its own."""

import ast
import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

from tests.architecture.source import TEMPLATES, modules, templates

# By Django, and 429 by allauth.
NAMED_BY_OTHERS = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
TEMPLATE_NAME = re.compile(r"[\w./-]+\.(?:html|txt|xml)(?:#\w+)?")
NAMED_IN_TEMPLATE = re.compile(r"""["']([\w./-]+\.(?:html|txt)(?:#\w+)?)["']""")
INLINE = {
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "htmx event attribute": re.compile(r"\shx-on\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\b(?:src|type=\"application/json\"))", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}
LINE = 160
# A template asks what comes next, or for a tone or a predicate; it does not judge a state.
JUDGES_STATE = re.compile(
    r"""\b(?:state|standing|status|verb|kind|role|outcome|resolution|mood|persona|objection|tells)\b"""
    r"""(?:\|\w+(?::["'][^"']*["'])?)?\s*(?:==|!=|(?:not\s+)?in\b)\s*["']"""
    r"""|{%-?\s*(?:el)?if[^%]*\bin moves\b"""
)
MAY_JUDGE = {
    "components/_field.html": "the kind is that of an input, and each is drawn in its own way",
    "components/_filter_field.html": "the kind is that of an input, and each is drawn in its own way",
    "components/_steps.html": "the state is where a step stands, told to those who do not see it",
    "layouts/base.html": "the size of the letters on the pages of those who sit at them all day",
}
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)


def named_in_python() -> set[str]:
    strings = (
        node.value
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in strings if TEMPLATE_NAME.fullmatch(text)}


def named_in_templates() -> set[str]:
    return {
        name for text in templates().values() for name in NAMED_IN_TEMPLATE.findall(COMMENT.sub("", text))
    }


def message_bodies() -> set[str]:
    from backend.core import outbox

    return {kind.template for kind in outbox.kinds.values()}


def overrides_another_package(name: str) -> bool:
    """Tell whether a package looks for a template by this name, so that ours stands in for its own."""
    loader = engines["django"].engine.template_loaders[0]
    paths = (Path(origin.name) for origin in loader.get_template_sources(name))
    return any(path.is_file() and not path.is_relative_to(TEMPLATES) for path in paths)


class TestTemplates:
    def test_each_is_used(self):
        used = {
            name.partition("#")[0] for name in named_in_python() | named_in_templates() | message_bodies()
        }

        unused = set(templates()) - used - NAMED_BY_OTHERS

        assert {name for name in unused if not overrides_another_package(name)} == set()

    def test_each_that_is_named_exists(self):
        known = {name for name in named_in_python() | named_in_templates() | message_bodies() if "/" in name}

        for name in sorted(known):
            get_template(name)

    @pytest.mark.parametrize("rule", INLINE)
    def test_code_and_style_live_in_files(self, rule):
        """The content security policy would refuse them."""
        guilty = [name for name, text in templates().items() if INLINE[rule].search(COMMENT.sub("", text))]

        assert guilty == []

    def test_a_shared_fragment_states_its_inputs_first(self):
        silent = [
            name
            for name, text in templates().items()
            if name.rpartition("/")[2].startswith("_") and not text.lstrip().startswith(("{% comment", "{#"))
        ]

        assert silent == []

    def test_no_line_is_longer_than_a_screen(self):
        long = [
            f"{name}:{number}"
            for name, text in templates().items()
            for number, line in enumerate(text.splitlines(), start=1)
            if len(line) > LINE
        ]

        assert long == []

    def test_none_judges_a_state_but_those_with_a_reason(self):
        """What comes next is said once, in a tested function; a reason that is needed no more goes."""
        judging = {name for name, text in templates().items() if JUDGES_STATE.search(COMMENT.sub("", text))}

        assert judging == set(MAY_JUDGE)

    @pytest.mark.parametrize(
        "line",
        [
            '{% if employer.standing == "new" %}',
            "{% if x and user.persona != 'staff' %}",
            '{% elif verb == "start" %}',
            '{% if proposal.state in "sent accepted" %}',
            '{% if check.outcome not in "clear" %}',
            '{% if objection|default:"" == "upheld" %}',
            "{% if 'sent' in moves %}",
        ],
    )
    def test_a_judgement_is_seen(self, line):
        assert JUDGES_STATE.search(line)

    def test_a_comment_ends_on_its_line(self):
        """Django prints one that does not, on top of the page."""
        lines = [(name, line) for name, text in templates().items() for line in text.splitlines()]

        assert [(name, line) for name, line in lines if "{#" in line and "#}" not in line] == []
