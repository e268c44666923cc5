"""No page and no API address reads rows before it has asked who is reading."""

import ast

from tests.architecture.source import Module, modules, modules_in

# A read is scoped when it names the reader (`listed_for(user)`), or takes what is open to everybody.
SCOPES = {"visible_to", "read_by", "decidable_by", "managed_by", "published"}
READERS = {"user", "coach", "signed_in"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
LOOKUPS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}

# What everybody may read, or who reads only about itself: module and function, with the reason.
OPEN = {
    "backend/core/views.py:_readiness": "counts rows for the health address and shows none",
    "backend/core/views.py:message_open": "updates the row it has just found to be the reader's own",
    "backend/core/views.py:kept_email_list": "a page of the demo, where every person is made up",
}
# Facts that are nobody's: the same for every reader.
PUBLIC_MODELS = {
    "CatalogueVersion",
    "Concept",
    "Label",
    "Locality",
    "MunicipalityArea",
    "Postcode",
    "Relation",
}


def unscoped_reads(module: Module) -> list[str]:
    """Name each read in `module` that neither takes a scope nor names who reads."""
    parents = {child: node for node in ast.walk(module.tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(module.tree):
        if not (_is_manager(node) or _is_lookup_by_class(node)):
            continue
        read = _whole_chain(node, parents) if isinstance(node, ast.Attribute) else node
        if not _is_scoped(read):
            found.append(f"{module.name}:{_function_around(node, parents)}")
    return found


def _is_manager(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in MANAGERS
        and isinstance(node.value, ast.Name)
        and node.value.id not in PUBLIC_MODELS
    )


def _is_lookup_by_class(node: ast.AST) -> bool:
    """Tell whether this is `get_object_or_404(Model, …)`, which reads through the plain manager."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in LOOKUPS
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id[0].isupper()
        and node.args[0].id not in PUBLIC_MODELS
    )


def _whole_chain(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> ast.AST:
    """Return the longest `Model.objects.a().b()` that starts at `node`."""
    while True:
        parent = parents.get(node)
        continues = isinstance(parent, ast.Attribute) or (
            isinstance(parent, ast.Call) and parent.func is node
        )
        if parent is None or not continues:
            return node
        node = parent


def _is_scoped(read: ast.AST) -> bool:
    attributes = {node.attr for node in ast.walk(read) if isinstance(node, ast.Attribute)}
    names = {node.id for node in ast.walk(read) if isinstance(node, ast.Name)}
    return bool(attributes & SCOPES or (attributes | names) & READERS)


def _function_around(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return node.name
    return "module"


class TestReadsAreScoped:
    def test_views_and_api_ask_who_is_reading(self):
        found = {read for module in modules_in("views", "api", "exports") for read in unscoped_reads(module)}

        assert found - set(OPEN) == set(), (
            "start from .visible_to(user) or another queryset method that takes the reader"
        )

    def test_no_exception_is_left_over(self):
        found = {read for module in modules() for read in unscoped_reads(module)}

        assert set(OPEN) <= found

    def test_an_unscoped_read_is_noticed(self):
        source = """
def by_manager(request): return Opening.objects.filter(pk=1).first()
def by_lookup(request): return get_object_or_404(Opening, pk=1)
def everything(request): return render(request, {"rows": Opening.objects.all()})
def bare(request): return get_object_or_404(Opening.objects, pk=1)
def scoped(request): return Opening.objects.filter(pk=1).visible_to(request.user).first()
def scoped_lookup(request): return get_object_or_404(Opening.objects.decidable_by(someone), pk=1)
def own(request): return Message.objects.filter(recipient=request.user)
def catalogue(request): return Concept.objects.all()
"""
        module = Module(modules()[0].path, ast.parse(source))

        noticed = {read.rpartition(":")[2] for read in unscoped_reads(module)}

        assert noticed == {"by_manager", "by_lookup", "everything", "bare"}


class TestProtectedIdentity:
    def test_who_may_be_found_is_said_in_one_place(self):
        """Other apps ask `findable()`, `is_findable` or a scope, which say the same everywhere."""
        by_themselves = {
            module.name
            for module in modules()
            if module.app not in ("participants", "demo") and "is_protected" in module.path.read_text()
        }

        assert by_themselves == set()
