"""A form field that takes a postcode or the name of a place and gives the place."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from backend.core.ui.widgets import Combobox
from backend.places.found import Ambiguous, Place, Unknown
from backend.places.lookup import LONGEST_TEXT, find_place
from backend.places.models import Located


class PlaceField(forms.CharField):
    """A text field whose cleaned value is a `Place`, or None when it is empty and not required.

    Give the fields of `Located` with `cleaned_data["place"].as_fields()`; show a stored place again with
    `initial_place`. Set `near_municipality` to a code to prefer that municipality among places of one name.
    """

    default_error_messages = {
        "unknown": _("We find no place called “%(text)s”. Write a postcode or the name of a town."),
        "similar": _("We find no place called “%(text)s”. Did you mean %(places)s?"),
        "ambiguous": _("There are several places called “%(text)s”. Write one of these: %(places)s."),
    }

    def __init__(self, *, near_municipality: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Place or postcode"))
        kwargs.setdefault("max_length", LONGEST_TEXT)
        kwargs.setdefault("widget", Combobox("places:suggestion_list"))
        super().__init__(**kwargs)
        self.near_municipality = near_municipality

    def prepare_value(self, value: Any) -> Any:
        """Show a place as it was written."""
        return value.text or value.written_out if isinstance(value, Place) else value

    def clean(self, value: Any) -> Place | None:
        """Find the place. Raises ValidationError saying how to mend what was written."""
        text = super().clean(value)
        if not text:
            return None
        answer = find_place(text, near_municipality=self.near_municipality)
        match answer:
            case Place():
                return answer
            case Ambiguous():
                raise self._refusal("ambiguous", text, answer.alternatives)
            case Unknown():
                raise self._refusal("similar" if answer.suggestions else "unknown", text, answer.suggestions)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was written, not what was found."""
        return super().has_changed(self.prepare_value(initial), data)

    def _refusal(self, code: str, text: str, places: Sequence[Place]) -> ValidationError:
        written_out = " · ".join(place.written_out for place in places)
        return ValidationError(self.error_messages[code], code, {"text": text, "places": written_out})


def initial_place(located: Located) -> dict[str, str]:
    """Give the initial value of a form's field `place` for a stored thing."""
    return {"place": located.place_text}
