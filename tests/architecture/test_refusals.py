"""A refusal says why by a code that lasts: services use no bare errors, tests assert the code."""

import ast
import re
from importlib import import_module
from pathlib import Path

from backend.core.writing.refusals import Refusal
from tests.architecture.source import BACKEND, ROOT, Module, modules, modules_in

PINNED = Path(__file__).with_name("refusal_codes.txt")
# Where a person's words are judged before a row is locked; the shape of one value is a form's.
BESIDE_SERVICES = {"backend/internships/safeguards/placements.py", "backend/employers/organisationsnummer.py"}
HELPER = ROOT / "tests" / "refusals.py"


def refusals() -> dict[str, type[Refusal]]:
    """Return every app's lists of reasons by their names."""
    for path in BACKEND.glob("*/refusals.py"):
        import_module(f"backend.{path.parent.name}.refusals")
    lists = [each for each in Refusal.__subclasses__() if each.__module__.startswith("backend")]
    assert lists
    return {each.__qualname__: each for each in lists}


def writes() -> list[Module]:
    return [each for each in modules() if each.room == "services" or each.name in BESIDE_SERVICES]


def raises(module: Module, name: str) -> list[str]:
    return [
        f"{module.name}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and ast.unparse(node.exc.func).endswith(name)
    ]


def expects_any_error(path: Path) -> list[str]:
    """Return where a test is content with a ValidationError of any kind."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "pytest.raises"
        and node.args
        and "ValidationError" in ast.unparse(node.args[0])
    ]


class TestRefusals:
    def test_services_say_why_by_code(self):
        assert [place for module in writes() for place in raises(module, "ValidationError")] == []

    def test_each_app_lists_its_reasons_in_one_place(self):
        elsewhere = {
            name: each.__module__
            for name, each in refusals().items()
            if not each.__module__.endswith(".refusals")
        }

        assert elsewhere == {}

    def test_each_reason_is_used(self):
        code = "\n".join(path.read_text() for path in BACKEND.rglob("*.py") if path.name != "refusals.py")
        unused = [
            f"{name}.{reason.name}"
            for name, each in refusals().items()
            for reason in each
            if f"{name}.{reason.name}" not in code
        ]

        assert unused == []

    def test_tests_assert_the_code(self):
        paths = sorted(path for path in (ROOT / "tests").rglob("test_*.py"))

        assert [place for path in paths for place in expects_any_error(path)] == []

    def test_pages_ask_services_through_the_one_door(self):
        """core.ui.http.ask and ask_form turn a refusal into a page; a view catches none itself."""
        caught = [
            f"{module.name}:{node.lineno}"
            for module in modules_in("views", "file", "pages")
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ExceptHandler)
            and node.type is not None
            and {"TransitionNotAllowed", "Refused"} & set(re.findall(r"\w+", ast.unparse(node.type)))
        ]

        assert caught == []


class TestCodes:
    def test_are_unique_and_pinned(self):
        """Clients rely on them: a new one gets its line in the file, and no line is ever changed."""
        codes = sorted(reason.value for each in refusals().values() for reason in each)

        assert codes == PINNED.read_text().split()
