"""The glossary, the operations guide and the guides for users say what is there."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GUIDES = sorted(DOCS.glob("guide-*.md"))
SWEDISH = ROOT / "locale/sv/LC_MESSAGES/django.po"
LONGEST = {"README.md": 150, **{guide.name: 120 for guide in GUIDES}}


def our_models() -> list[str]:
    return sorted(model.__name__ for model in apps.get_models() if model.__module__.startswith("backend."))


def words_on_screen() -> str:
    entries = polib.pofile(str(SWEDISH))
    shown = (text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values()))
    return "\n".join(shown).casefold()


def named_in(guide: Path) -> list[str]:
    """Return what a guide prints in bold: the words of a button, a link or a heading; … stands for a name."""
    bold = re.findall(r"\*\*(.+?)\*\*", re.sub(r"\s+", " ", guide.read_text()))
    return [part.strip(" .") for text in bold for part in re.split(r" → |…", text) if part.strip(" .")]


def variables_read() -> set[str]:
    """Return the environment variables that the settings, and any module beside them, ask for."""
    names = set()
    for path in sorted((ROOT / "backend").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            asked = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if re.match(r"(env|env\.\w+|os\.environ\.get|os\.getenv)$", asked):
                names.add(ast.literal_eval(node.args[0]))
    return names


class TestGlossary:
    @pytest.mark.parametrize("name", our_models())
    def test_it_explains_every_model(self, name):
        assert re.search(rf"^\| `{name}` \|", (DOCS / "glossary.md").read_text(), re.MULTILINE)


class TestOperations:
    def test_the_table_has_every_environment_variable_and_no_other(self):
        rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", (DOCS / "operations.md").read_text(), re.MULTILINE)
        told = [name for row in rows for name in re.findall(r"[A-Z_]+", row)]

        assert sorted(told) == sorted(variables_read())


class TestGuides:
    @pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
    def test_the_words_in_bold_stand_on_the_screens(self, guide):
        shown = words_on_screen()

        assert [words for words in named_in(guide) if words.casefold() not in shown] == []

    @pytest.mark.parametrize("name", LONGEST)
    def test_it_is_short_enough_to_be_read(self, name):
        page = ROOT / name if name == "README.md" else DOCS / name

        assert len(page.read_text().splitlines()) <= LONGEST[name]
