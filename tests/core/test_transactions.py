"""A service's transaction is begun anew when the database gave it up for another's sake, and only then."""

import pytest
from django.db import OperationalError, transaction

from backend.core.writing.transactions import one_write


class LostATie(Exception):
    sqlstate = "40P01"


def given_up(*, cause: Exception) -> OperationalError:
    error = OperationalError("given up")
    error.__cause__ = cause
    return error


def failing(times: int, *, cause: Exception):
    """Return a service that fails so often before it succeeds, and the list of its calls."""
    calls: list[int] = []

    @one_write
    def service(*, by: int) -> int:
        calls.append(by)
        if len(calls) <= times:
            raise given_up(cause=cause)
        return by

    return service, calls


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_is_tried_once_more():
    service, calls = failing(1, cause=LostATie())

    assert service(by=7) == 7
    assert calls == [7, 7]


@pytest.mark.django_db(transaction=True)
def test_not_for_ever():
    service, calls = failing(2, cause=LostATie())

    with pytest.raises(OperationalError):
        service(by=7)

    assert len(calls) == 2


@pytest.mark.django_db(transaction=True)
def test_another_fault_is_not_tried_again():
    service, calls = failing(1, cause=Exception("disk full"))

    with pytest.raises(OperationalError):
        service(by=7)

    assert len(calls) == 1


@pytest.mark.django_db
def test_inside_another_transaction_it_is_left_to_the_outermost():
    service, calls = failing(1, cause=LostATie())

    with pytest.raises(OperationalError), transaction.atomic():
        service(by=7)

    assert len(calls) == 1
