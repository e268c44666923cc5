"""Life-cycles as data, and the one function that moves a row from one state to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from backend.core.writing import audit

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class TransitionNotAllowed(Exception):
    """The row is in a state from which the wanted state cannot be reached; `current` says which."""

    def __init__(self, *, current: str, wanted: str) -> None:
        super().__init__(f"{current} -> {wanted}")
        self.current = current
        self.wanted = wanted


class Stateful(models.Model):
    """A row with a life-cycle; `state_changed_at` lets lists show the age of the state."""

    state_changed_at = models.DateTimeField()

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Lifecycle:
    """Which state may follow which, and the steps that a reader is shown on the way."""

    moves: Mapping[str, frozenset[str]]
    steps: tuple[str, ...] = ()

    def allows(self, current: str, wanted: str) -> bool:
        """Tell whether `wanted` may follow `current`."""
        return wanted in self.moves.get(current, frozenset())

    def move(
        self,
        row: Any,
        *,
        to: str,
        by: "AbstractBaseUser | None",
        at: datetime,
        why: str = "",
        action: str = "",
        **changes: Any,
    ) -> None:
        """Put `row` in state `to`, with `changes` to its other columns, and write the audit row.

        The update holds only while the row still is in the state that `row` shows, so of two people who
        click at once one wins. Raises TransitionNotAllowed when the table forbids the move or somebody
        else was first; then nothing has changed.
        """
        current = row.state
        if not self.allows(current, to):
            raise TransitionNotAllowed(current=current, wanted=to)
        values = {"state": to, "state_changed_at": at, **changes}
        rows = type(row)._base_manager.filter(pk=row.pk, state=current)
        with transaction.atomic():
            if not rows.update(**values):
                now = type(row)._base_manager.values_list("state", flat=True).get(pk=row.pk)
                raise TransitionNotAllowed(current=now, wanted=to)
            audit.record(row, action or f"state_{to}", by=by, at=at, from_state=current, to_state=to, why=why)
        for name, value in values.items():
            setattr(row, name, value)
