"""What the audit log holds can be told: each action that is written has words, and no words lie idle."""

import ast
import re
from collections.abc import Iterator

from django.apps import apps

from backend.core.timeline import is_reason, registered
from backend.core.writing.lifecycle import Lifecycle, Stateful
from backend.matching.enums import WithdrawalReason
from backend.participants.enums import ConsentEnd
from tests.architecture.source import Function, Module, modules

MACHINERY = {"backend/core/writing/audit.py", "backend/core/writing/lifecycle.py", "backend/core/timeline.py"}


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Yield the calls of a function or method called `name`, as `name(…)` or `somewhere.name(…)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name in (
            getattr(node.func, "id", ""),
            getattr(node.func, "attr", ""),
        ):
            yield node


def argument(call: ast.Call, name: str, place: int | None = None) -> ast.expr | None:
    """Return what `call` gives for the parameter `name`, which may also stand at `place`."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in named or place is None:
        return named.get(name)
    return call.args[place] if place < len(call.args) else None


def texts(node: ast.expr | None, module: Module, function: Function | None) -> Iterator[str]:
    """Yield what an expression may be, as patterns: a constant, either branch, what callers hand over."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from texts(node.body, module, function)
            yield from texts(node.orelse, module, function)
        case ast.Name() if function is not None and node.id in parameters(function):
            place = [argument.arg for argument in function.args.args]
            at = place.index(node.id) if node.id in place else None
            for call in calls(module.tree, function.name):
                yield from texts(argument(call, node.id, at), module, None)
        case ast.JoinedStr():
            fixed = [part.value if isinstance(part, ast.Constant) else "[a-z]+" for part in node.values]
            yield "".join(map(str, fixed))


def parameters(function: Function) -> set[str]:
    return {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}


def with_function(module: Module) -> Iterator[tuple[Function, ast.Call, str]]:
    """Yield each call that writes an audit row, with the function it stands in and how it writes."""
    for function in module.functions():
        for call in calls(function, "record"):
            if isinstance(call.func, ast.Attribute) and ast.unparse(call.func) == "audit.record":
                yield function, call, "record"
        for call in calls(function, "move"):
            if ast.unparse(call.func).endswith("_LIFECYCLE.move"):
                yield function, call, "move"


def lifecycle_of(call: ast.Call) -> tuple[str, Lifecycle]:
    """Return the label of the model that moves, and its life-cycle."""
    name = ast.unparse(call.func).removesuffix(".move")
    found = [
        each
        for each in apps.get_models()
        if issubclass(each, Stateful) and each.__name__.upper().endswith(name.removesuffix("_LIFECYCLE"))
    ]
    model = min(found, key=lambda each: len(each.__name__))
    enums = __import__(f"{model._meta.app_config.name}.enums", fromlist=[name])
    return model._meta.label_lower, getattr(enums, name)


def moved_to(call: ast.Call, lifecycle: Lifecycle) -> set[str]:
    """Return the states that a move may lead to: the one that is named, else all that the table has."""
    to = argument(call, "to")
    if isinstance(to, ast.Attribute):
        return {to.attr.lower()}
    return {str(state) for states in lifecycle.moves.values() for state in states}


def written() -> dict[str, set[str]]:
    """Return every action that the code writes, and where."""
    found: dict[str, set[str]] = {}
    for module in modules():
        if module.name in MACHINERY:
            continue
        for function, call, how in with_function(module):
            place = argument(call, "action", 1 if how == "record" else None)
            named = set(texts(place, module, function)) - {""}
            if how == "move" and (place is None or not isinstance(place, ast.Constant)):
                named |= {f"state_{state}" for state in moved_to(call, lifecycle_of(call)[1])}
            assert named, f"{module.name}:{call.lineno}: no action can be read here"
            for action in named:
                found.setdefault(action, set()).add(f"{module.name}:{call.lineno}")
    return found


class TestActions:
    def test_that_are_written_have_words(self):
        known = {action for _subject, action in registered()}

        wordless = {
            action: sorted(where)
            for action, where in written().items()
            if not any(re.fullmatch(action, each) for each in known)
        }

        assert wordless == {}

    def test_that_have_words_are_written(self):
        actions = written()

        idle = {
            action
            for _subject, action in registered()
            if not any(re.fullmatch(each, action) for each in actions)
        }

        assert idle == set()

    def test_have_words_that_differ(self):
        """Two things that happen to one subject do not read the same."""
        by_subject: dict[str, list[str]] = {}
        for (subject, _action), told in registered().items():
            by_subject.setdefault(subject, []).append(str(told.words))

        assert {subject for subject, words in by_subject.items() if len(set(words)) < len(words)} == set()


class TestReasons:
    def test_that_the_code_gives_are_codes_and_no_words(self):
        """A literal given as the reason would else be kept as what somebody wrote."""
        given = {
            str(node.value.value)
            for module in modules()
            for call in ast.walk(module.tree)
            if isinstance(call, ast.Call)
            for node in call.keywords
            if node.arg == "why" and isinstance(node.value, ast.Constant) and node.value.value
        }

        assert len(given) > 5
        assert {why for why in given if not is_reason(why)} == set()

    def test_of_each_list_are_codes(self):
        assert all(map(is_reason, WithdrawalReason.values))
        assert all(is_reason(f"consent_{end}") for end in ConsentEnd.values)
