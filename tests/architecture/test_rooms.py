"""What the import contracts cannot say about the rooms of matching."""

import ast

from tests.architecture.source import Module, modules

ENGINE = "backend.matching.engine"
INPUTS = {
    "Edge",
    "Evidence",
    "Level",
    "Matcher",
    "Membership",
    "Mention",
    "Person",
    "Point",
    "Relations",
    "Requirement",
    "Source",
    "Span",
}
"""What a match is made of; the rest of the engine's names are what comes out."""


def is_in(module: Module, *rooms: str) -> bool:
    return module.app == "matching" and module.room in rooms


def imported(module: Module, source: str) -> set[str]:
    return {
        name.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == source
        for name in node.names
    }


def writers_of(model: str) -> set[str]:
    """Return the modules that make rows of `model`, by its name or by its manager."""
    return {
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and (
            ast.unparse(node.func) == model
            or ast.unparse(node.func) in {f"{model}.objects.create", f"{model}.objects.bulk_create"}
        )
    }


class TestTheBridge:
    def test_alone_puts_people_and_openings_into_the_engine(self):
        others = {
            module.name: sorted(imported(module, ENGINE) & INPUTS)
            for module in modules()
            if not is_in(module, "bridge", "engine") and imported(module, ENGINE) & INPUTS
        }

        assert others == {}

    def test_is_the_only_room_of_matching_that_knows_of_arrays(self):
        with_arrays = {
            module.name
            for module in modules()
            if module.app == "matching" and module.room != "engine"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Import) and any(name.name.startswith("numpy") for name in node.names)
        }

        assert with_arrays == set()


class TestTheLogOfRankings:
    def test_has_one_writer(self):
        assert writers_of("RankingShown") == {"backend/matching/services/rankings_shown.py"}
