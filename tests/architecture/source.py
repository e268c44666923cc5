"""The project's own files, for tests that read the code instead of running it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BACKEND = ROOT / "backend"
TEMPLATES = ROOT / "frontend_templates"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file with its syntax tree."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def app(self) -> str:
        return self.path.relative_to(BACKEND).parts[0]

    @property
    def room(self) -> str:
        """The room of the app that the module is in: `views` for views.py and for views/board.py."""
        parts = self.path.relative_to(BACKEND).with_suffix("").parts
        return parts[1] if len(parts) > 1 else parts[0]

    @property
    def line_count(self) -> int:
        return self.path.read_text().count("\n")

    def functions(self) -> Iterator[Function]:
        """Yield every function and method, nested ones included."""
        yield from (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public_functions(self) -> Iterator[Function]:
        """Yield the functions that other modules may call."""
        for node in self.tree.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield node


@cache
def modules() -> list[Module]:
    """Return every module of the back end, migrations left out."""
    paths = sorted(path for path in BACKEND.rglob("*.py") if "migrations" not in path.parts)
    return [Module(path, ast.parse(path.read_text())) for path in paths]


def modules_in(*rooms: str) -> list[Module]:
    """Return the modules of these rooms, over all apps."""
    return [module for module in modules() if module.room in rooms]


@cache
def templates() -> dict[str, str]:
    """Return the text of each template of ours by its name."""
    paths = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    return {str(path.relative_to(TEMPLATES)): path.read_text() for path in paths}


def lines_of(function: Function) -> int:
    """Return how many lines a function has, its docstring and signature counted."""
    return (function.end_lineno or function.lineno) - function.lineno + 1
