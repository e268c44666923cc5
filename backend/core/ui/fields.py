"""The fields of the filters beside a list, drawn once: most lists are asked for with nothing in them."""

from collections.abc import Hashable, Iterable, Sequence
from functools import partial
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.forms.widgets import ChoiceWidget
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from backend.core.ui.fragments import Fragments
from backend.core.ui.widgets import Combobox

EMPTY: Final[Sequence[Any]] = (None, "", [])
DRAWN_ALIKE: Final = (
    *(forms.TextInput, forms.NumberInput, forms.RadioSelect, forms.Select),
    *(forms.CheckboxSelectMultiple, Combobox),
)
"""The widgets of which name, attributes and choices say all; of another, more may stand in it."""

_fields: Final = Fragments(most=500)


def filter_field(field: BoundField) -> SafeString:
    """Return the HTML of one field. What somebody has written or chosen is drawn anew, and kept nowhere."""
    widget = field.field.widget
    draw = partial(_drawn, field)
    if type(widget) not in DRAWN_ALIKE or field.errors or field.value() not in EMPTY:
        return draw()
    if field.name in getattr(field.form, "said_alike", ()):
        return _fields.piece((type(field.form), field.name, field.auto_id), draw)
    if isinstance(widget, ChoiceWidget):
        widget.choices = list(iter(widget.choices))  # asked for once, and never counted
    return _fields.piece(_said_by(field), draw)


def _drawn(field: BoundField) -> SafeString:
    return render_to_string("components/_filter_field.html", {"field": field})


def _said_by(field: BoundField) -> Hashable:
    """Return all that the HTML of a field with nothing in it is made of."""
    widget = field.field.widget
    attrs = tuple((name, str(value)) for name, value in widget.attrs.items())
    return (
        *(type(widget), attrs, _words(getattr(widget, "choices", ()))),
        *(field.html_name, field.auto_id, field.field.disabled),
        field.field.required and field.form.use_required_attribute,
        *(str(field.label), str(field.help_text)),
    )


def _words(choices: Iterable[Any]) -> Hashable:
    return tuple(
        (str(value), _words(label) if isinstance(label, list | tuple) else str(label))
        for value, label in choices
    )
