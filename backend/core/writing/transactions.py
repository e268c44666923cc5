"""The transaction of a service: everything or nothing, and once more when the database broke a tie."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

P = ParamSpec("P")
R = TypeVar("R")

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
