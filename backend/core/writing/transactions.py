"""The transaction of a service: everything or nothing, and once more when the database broke a tie."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection, models, transaction

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=models.Model)

DATABASE_IS_AWAY = (OperationalError, InterfaceError)
"""What may say nothing of the work at hand, only that the database could not be asked."""

DEADLOCK, SERIALIZATION = "40P01", "40001"


def one_write(service: Callable[P, R]) -> Callable[P, R]:
    """Run a service in one transaction, and once more if PostgreSQL rolled it back for another's sake.

    A deadlock or a serialization failure means that nothing was written and that the same call may well
    succeed now. Only the outermost transaction can be begun anew, so a service called by another just joins.
    """

    @wraps(service)
    def written(*args: P.args, **kwargs: P.kwargs) -> R:
        is_outermost = not transaction.get_connection().in_atomic_block
        try:
            with transaction.atomic():
                return service(*args, **kwargs)
        except OperationalError as error:
            if not (is_outermost and lost_a_tie(error)):
                raise
        with transaction.atomic():
            return service(*args, **kwargs)

    return written


def lost_a_tie(error: OperationalError) -> bool:
    """Tell whether the database gave this transaction up so that another could go on."""
    return getattr(error.__cause__, "sqlstate", None) in (DEADLOCK, SERIALIZATION)


def is_away(error: Exception) -> bool:
    """Tell whether an error means that the database does not answer at all."""
    return isinstance(error, DATABASE_IS_AWAY) and not (connection.connection and connection.is_usable())


def locked(rows: "models.QuerySet[Row]", *related: str) -> "models.QuerySet[Row]":
    """Lock the rows in the order of their keys, and return them, with what is `related`, as they are then.

    Two statements: after a wait PostgreSQL reads the row anew that was waited for, but what the same
    statement joins to it, or asks of other rows, it knows as of before the wait.
    """
    keys = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    found = rows.filter(pk__in=keys)
    return found.select_related(*related) if related else found  # without names it would fetch them all
