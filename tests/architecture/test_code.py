"""House rules about the code that neither the linter nor the import contract can see."""

import ast
import statistics

from tests.architecture.source import Function, Module, lines_of, modules, modules_in

LONGEST_MODULE = 400
LONGEST_VIEW = 15
CLOCKS = {"now", "today", "localdate", "localtime", "utcnow"}


def methods_named(module: Module, name: str) -> list[str]:
    return [
        f"{module.name}:{node.name}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, Function) and method.name == name
    ]


def body_lines(function: Function) -> int:
    """Return the lines of a function below its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def writes(function: Function) -> bool:
    """Tell a service from a helper beside it: it is atomic, or is told who acts."""
    decorators = {ast.unparse(decorator) for decorator in function.decorator_list}
    names = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    return "transaction.atomic" in decorators or "by" in names


class TestSizes:
    def test_no_module_is_long(self):
        long = {module.name: module.line_count for module in modules() if module.line_count > LONGEST_MODULE}

        assert long == {}

    def test_most_functions_are_short(self):
        sizes = sorted(lines_of(function) for module in modules() for function in module.functions())

        assert statistics.median(sizes) <= 8
        assert sizes[int(0.9 * len(sizes))] <= 25

    def test_views_scope_call_and_render(self):
        long = {
            f"{module.name}:{view.name}": body_lines(view)
            for module in modules_in("views")
            for view in module.public_functions()
            if body_lines(view) > LONGEST_VIEW
        }

        assert long == {}


class TestRooms:
    def test_services_take_keywords_only(self):
        positional = [
            f"{module.name}:{function.name}"
            for module in modules_in("services")
            for function in module.public_functions()
            if writes(function) and (function.args.args or function.args.posonlyargs)
        ]

        assert positional == []

    def test_no_model_hides_logic_in_save(self):
        assert [found for module in modules_in("models") for found in methods_named(module, "save")] == []

    def test_the_clock_is_read_only_at_the_edge(self):
        """Services and querysets are told the time; only views, commands and the worker look at the clock."""
        readers = [
            f"{module.name}:{node.lineno}"
            for module in modules_in("services", "models", "engine", "enums")
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCKS
            and not node.args  # given a moment, localtime() and localdate() only convert it
        ]

        assert readers == []

    def test_public_functions_say_what_they_do(self):
        silent = [
            f"{module.name}:{function.name}"
            for module in modules_in("services", "ranking", "lookup", "importing")
            for function in module.public_functions()
            if not ast.get_docstring(function)
        ]

        assert silent == []
