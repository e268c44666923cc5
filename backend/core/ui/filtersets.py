"""Filters of a list that is asked for often: what django-filter makes anew for each request is made once."""

from collections.abc import Callable
from copy import deepcopy
from functools import cached_property
from typing import Any, ClassVar, Final

import django_filters
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, QueryDict

Rows = QuerySet[Any]


class QuickFilterSet(django_filters.FilterSet):
    """A FilterSet whose form has its class made once; filters and rows are made when something is narrowed.

    So a list whose rows are known costs its form alone. `queryset` may be what makes the rows. All forms
    share their fields, which nobody may change, but for those named in `own`.
    """

    own: ClassVar[tuple[str, ...]] = ()
    """The fields that do not offer the same to everybody, always."""

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: Rows | Callable[[], Rows] | None = None,
        *,
        request: HttpRequest | None = None,
        prefix: str | None = None,
    ) -> None:
        self.is_bound = data is not None
        self.data: Any = data or QueryDict()
        self.request = request
        self.form_prefix = prefix
        self._rows = queryset

    @cached_property
    def queryset(self) -> Rows:
        """The rows that are narrowed."""
        rows = self._rows() if callable(self._rows) else self._rows
        return self._meta.model._default_manager.all() if rows is None else rows

    @cached_property
    def filters(self) -> dict[str, Any]:
        """The filters, this reader's own."""
        own: dict[str, Any] = deepcopy(self.base_filters)
        for each in own.values():
            each.model, each.parent = self._meta.model, self
        return own

    def get_form_class(self) -> Any:
        """Return the class of the form."""
        made = type(self)
        if made not in _forms:
            form: Any = super().get_form_class()
            form.base_fields = _Shared(form.base_fields, own=self.own)
            form.said_alike = form.base_fields.keys() - set(self.own)
            _forms[made] = form
        return _forms[made]


class _Shared(dict[str, Any]):
    """The fields of a form, of which a new form copies its own alone."""

    def __init__(self, fields: dict[str, Any], *, own: tuple[str, ...]) -> None:
        super().__init__(fields)
        self._own = own

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return {name: deepcopy(each, memo) if name in self._own else each for name, each in self.items()}


_forms: Final[dict[type[QuickFilterSet], type[Form]]] = {}
