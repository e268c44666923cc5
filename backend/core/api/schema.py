"""What the API's schema says of answers that are no success: the same for all operations, so told once."""

from collections.abc import Iterator
from typing import Any, Final

REFUSAL: Final = {
    "type": "object",
    "description": "Why nothing was done: a code for programs and words for people.",
    "properties": {
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "field": {"type": "string", "description": "Which field is meant, where one is."},
        "state": {"type": "string", "description": "With 409: the state that somebody else put it into."},
        "reasons": {
            "type": "array",
            "description": "With 422: every reason, the first of which also stands by itself.",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("code", "detail", "field")},
                "required": ["code", "detail"],
            },
        },
    },
    "required": ["code", "detail"],
}
ANSWERS: Final = {
    "400": "The body cannot be read.",
    "403": "Nobody has signed in, the form token is missing, or the second factor.",
    "404": "There is none, or the sender may not know of it.",
    "409": "Somebody else was first; nothing was changed.",
    "415": "The body is of another kind than is taken here.",
    "422": "It is refused, for the reasons given; nothing was changed.",
    "429": "Too many requests; Retry-After says in how many seconds to go on.",
}
_WRITING: Final = {"post", "put", "patch", "delete"}
_METHODS: Final = {"get", *_WRITING}


def tell_of_refusals(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Return the schema with the refusals that each operation can answer with."""
    result["components"].setdefault("schemas", {})["Refusal"] = REFUSAL
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            for code in _refusals_of(path, method, operation) if method in _METHODS else ():
                answer = {"description": ANSWERS[code], "content": content}
                if code == "429":
                    answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
                operation["responses"].setdefault(code, answer)
    return result


def _refusals_of(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    yield from ("403", "429")
    if "{" in path or _is_paged(operation):
        yield "404"
    if method in _WRITING:
        yield from ("400", "409", "415", "422")
    elif _gives_file(operation) or any(
        parameter["in"] == "query" for parameter in operation.get("parameters", ())
    ):
        yield "422"


def _is_paged(operation: dict[str, Any]) -> bool:
    """Tell whether it gives pages, for there is none after the last."""
    return any(parameter["name"] == "page" for parameter in operation.get("parameters", ()))


def _gives_file(operation: dict[str, Any]) -> bool:
    """Tell whether it answers with a file, which a host that lacks what makes it cannot do."""
    return any(
        kind != "application/json" for kind in operation["responses"].get("200", {}).get("content", ())
    )
