"""Every write of a service is one transaction, begun anew when the database breaks a tie."""

import ast

from tests.architecture.source import Function, modules, modules_in

# These write for a service that holds the case already; each is called inside its transaction.
HELPERS = {
    "ask_evaluations",
    "call_off",
    "cancel_follow_ups",
    "close_consent",
    "come_back",
    "cut_off_old_address",
    "draw_up",
    "finish_place",
    "keep_version",
    "lift",
    "mark_handled",
    "move_follow_ups",
    "note_shown",
    "offer_again",
    "schedule_follow_ups",
    "schedule_retention",
    "set_out_sessions",
    "settle_retention",
    "withdraw",
    "write_experiences",
    "write_measure",
    "write_seen_skills",
    "write_skills",
    "write_plan",
    "write_wishes",
}
WRITES = {"record", "save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create"}
STORES = ("audit.record", "keep_version", "LIFECYCLE.move")


def decorators(function: Function) -> set[str]:
    return {ast.unparse(each) for each in function.decorator_list}


def writes(function: Function) -> bool:
    """Tell whether the function itself stores something (`changes.update(…)` of a dict is no such call)."""
    return any(
        (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
            and not isinstance(node.func.value, ast.Name | ast.Dict)
        )
        or (isinstance(node, ast.Call) and ast.unparse(node.func).endswith(STORES))
        for node in ast.walk(function)
    )


def services() -> dict[str, Function]:
    """Return the functions of services that write as somebody at a time of the clock, by name."""
    return {
        function.name: function
        for module in modules_in("services")
        for function in module.public_functions()
        if "at" in {each.arg for each in function.args.kwonlyargs} and writes(function)
    }


def test_there_are_many():
    assert len(services()) > 40


def test_each_goes_through_the_one_door():
    outside = {name for name, function in services().items() if "one_write" not in decorators(function)}
    assert outside - HELPERS == set()


def test_a_helper_that_has_become_a_service_is_no_longer_listed():
    outside = {name for name, function in services().items() if "one_write" not in decorators(function)}
    assert HELPERS - outside == set()


def test_no_function_of_a_service_opens_a_transaction_of_another_kind():
    others = [
        f"{module.name}:{function.name}"
        for module in modules()
        if module.room == "services"
        for function in module.functions()
        if "transaction.atomic" in decorators(function)
    ]
    assert others == []
