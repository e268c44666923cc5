"""Form inputs that Django's own do not cover; each works without JavaScript."""

from typing import Any

from django import forms
from django.urls import reverse_lazy


class DatePicker(forms.DateInput):
    """The browser's own date picker, which needs the date as 2026-03-12 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Combobox(forms.TextInput):
    """A text field that suggests while typing; what is written counts, chosen or not.

    `suggestions` names the URL that answers `?q=` with {"suggestions": [{"text": …, "hint": …}]}.
    """

    def __init__(self, suggestions: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"data-suggestions": reverse_lazy(suggestions), "autocomplete": "off", **(attrs or {})}
        )
