"""The fields of a form in groups: built in, so that no template loads it."""

from typing import Any

from django import template
from django.forms import BaseForm

from backend.core.ui.summaries import said, said_together

register = template.Library()


@register.filter
def field_groups(form: BaseForm) -> list[dict[str, Any]]:
    """Return the visible fields in groups: those the form names in `groups`, then the rest.

    `groups` is a sequence of (legend, names), (legend, names, help) or (legend, names, help, "later"). The
    last can wait: it is folded unless something in it is wrong, and says what stands in it.
    """
    named: list[dict[str, Any]] = []
    left = {field.name: field for field in form.visible_fields()}
    for legend, names, *more in getattr(form, "groups", ()):
        fields = [left.pop(name) for name in names if name in left]
        group: dict[str, Any] = {"legend": legend, "fields": fields, "help": more[0] if more else ""}
        if len(more) > 1:
            is_open = form.is_bound and any(field.errors for field in fields)
            group |= {"later": True, "is_open": is_open, "said": said_together(map(said, fields))}
        named.append(group)
    rest = [{"legend": "", "fields": list(left.values()), "help": ""}] if left else []
    return [group for group in named if group["fields"]] + rest
