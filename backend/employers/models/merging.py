"""Rows that stood twice: the one that was closed stays, and says which one stands for it."""

from typing import TYPE_CHECKING, ClassVar, Self, cast
from uuid import UUID

from django.db import models
from django.db.models import F, Q


class Mergeable(models.Model):
    """A row that may turn out to be another one's double; `merged_into` never points at a merged row.

    Its model's own manager leaves out what has been merged, so that no list, figure or choice has it;
    `with_merged` has all. A trigger leads what is written to a merged row on to the other
    (employers.merging.triggers).
    """

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="absorbed"
    )

    if TYPE_CHECKING:
        merged_into_id: UUID | None

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="%(class)s_not_into_itself",
            )
        ]

    @property
    def is_merged(self) -> bool:
        """Whether another row stands for this one."""
        return self.merged_into_id is not None

    @property
    def current(self) -> Self:
        """The row that stands for this one: itself, unless it was merged."""
        return cast("Self", self.merged_into or self)
