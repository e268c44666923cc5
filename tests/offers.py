"""How a test asks whether a service would do what a page offers."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from tests.factories.base import NOW

REFUSALS = (Refused, TransitionNotAllowed, ObjectDoesNotExist)


def goes_through(write: Callable[..., Any]) -> bool:
    """Tell whether the service does it, and leave everything as it was."""
    with transaction.atomic():
        done = _is_done(write)
        transaction.set_rollback(True)
    return done


def _is_done(write: Callable[..., Any]) -> bool:
    try:
        with transaction.atomic():
            write(at=NOW)
    except REFUSALS:
        return False
    return True
