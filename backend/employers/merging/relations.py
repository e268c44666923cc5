"""Everything that points at a row, found in the models themselves, so that no relation can be forgotten."""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

Keys = dict[str, list[str]]


class Way(NamedTuple):
    """A foreign key that leads from rows of `model` to the row that they follow."""

    model: type[models.Model]
    field: "models.ForeignKey[Any, Any]"

    @property
    def name(self) -> str:
        """How the log names it: `internships.employment.employer`."""
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @property
    def can_collide(self) -> bool:
        """Whether the database may refuse two rows at one end: somebody must have said what happens then."""
        meta, name = self.model._meta, self.field.name
        unique = [each for each in meta.constraints if isinstance(each, models.UniqueConstraint)]
        together = [*map(_named_in, unique), *map(set, meta.unique_together)]
        return self.field.unique or any(name in each for each in together)

    def rows(self, key: UUID) -> "models.QuerySet[Any]":
        """Return the rows that point at `key`, those with them that the model's own manager leaves out."""
        return self.model._base_manager.filter(**{self.field.name: key})


def ways_to(model: type[models.Model]) -> list[Way]:
    """Return every foreign key to `model` of any app, hidden ones and those of many-to-many tables too."""
    relations = [each for each in model._meta.get_fields(include_hidden=True) if _is_of_others(each)]
    ways = [Way(each.related_model, each.field) for each in relations]  # type: ignore[union-attr,arg-type]
    return sorted(ways, key=lambda way: way.name)


def lead_over(old: models.Model, new: models.Model, *, but: Collection[Any] = ()) -> Keys:
    """Let every row that points at `old` point at `new`, save those with the keys `but`; return which did."""
    moved: Keys = {}
    for way in ways_to(type(old)):
        rows = way.rows(old.pk).exclude(pk__in=but)
        keys = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        if keys:
            way.model._base_manager.filter(pk__in=keys).update(**{way.field.name: new.pk})
            moved[way.name] = [str(key) for key in keys]
    return moved


def _is_of_others(field: Any) -> bool:
    return bool(field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one))


def _named_in(constraint: models.UniqueConstraint) -> set[str]:
    parts = [part for each in constraint.expressions for part in (each, *getattr(each, "flatten", list)())]
    names = [getattr(part, "name", "") for part in parts if isinstance(part, models.F)]
    return {*constraint.fields, *names}
