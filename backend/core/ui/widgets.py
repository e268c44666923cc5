"""Form inputs that Django's own do not cover; each works without JavaScript."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


class DatePicker(forms.DateInput):
    """The browser's own date picker, which needs the date as 2026-03-12 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimePicker(forms.TimeInput):
    """The browser's own picker of a time, which needs it as 08:00."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Combobox(forms.TextInput):
    """A text field that suggests while typing; what is written counts, chosen or not.

    `suggestions` names the URL that answers `?q=` with {"suggestions": [{"text": …, "hint": …}]}.
    """

    def __init__(self, suggestions: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"data-suggestions": reverse_lazy(suggestions), "autocomplete": "off", **(attrs or {})}
        )


class Faces(forms.RadioSelect):
    """How it goes: one button each with a face and its word; components/_faces.html lays it out."""


class ThreeWay(forms.Widget):
    """Yes, no or not said for each of several things; components/_answers.html lays it out.

    `answers` are the words over the chips of each answer; what is ticked under neither is not said.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, answers: Iterable[Any]) -> None:
        super().__init__(attrs)
        self.answers = list(answers)
        self.choices: Iterable[Any] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Return what was answered, by code; a list of codes under the plain name says yes to each."""
        ticked = data.getlist(name) if hasattr(data, "getlist") else ()
        beginning = f"{name}-"
        said = {
            key.removeprefix(beginning): _one_answer(data, key) for key in data if key.startswith(beginning)
        }
        return {code: answer for code, answer in (dict.fromkeys(ticked, "yes") | said).items() if answer}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell that nothing is left out: what is not sent is not said."""
        return False

    def groups(self, value: Mapping[str, str] | None) -> list[dict[str, Any]]:
        """Return for each answer its words and a chip for each thing, those of this answer checked."""
        said = value or {}
        return [
            {
                "answer": answer,
                "label": words,
                "count": sum(answer in _answers_in(each) for each in said.values()),
                "chips": [
                    {"code": code, "label": label, "checked": answer in _answers_in(said.get(str(code), ""))}
                    for code, label in self.choices
                ],
            }
            for answer, words in self.answers
        ]


class ThreeWayRows(ThreeWay):
    """The same, a row for each thing: yes, no or not told; components/_answer_rows.html lays it out.

    The choices come in groups, a heading and its things; each group folds.
    """

    not_said: Any = _("Not told")

    def groups(self, value: Mapping[str, str] | None) -> list[dict[str, Any]]:
        """Return for each group its heading, how many are answered, and its rows with their answers."""
        said = value or {}
        answers = [*self.answers, ("", self.not_said)]
        return [
            {
                "heading": heading,
                "count": sum(bool(said.get(str(code))) for code, _label in things),
                "rows": [
                    {
                        "code": code,
                        "label": label,
                        "answers": [
                            {"value": answer, "label": words, "checked": said.get(str(code), "") == answer}
                            for answer, words in answers
                        ],
                    }
                    for code, label in things
                ],
            }
            for heading, things in self.choices
        ]


class ThreeWayField(forms.Field):
    """Yes or no to each of `choices`, by code; what nobody has answered is not in it."""

    def __init__(self, *, choices: Iterable[Any], widget: ThreeWay, **kwargs: Any) -> None:
        super().__init__(required=False, widget=widget, **kwargs)
        self.widget.choices = self.choices = list(choices)

    def clean(self, value: Mapping[str, str] | None) -> dict[str, bool]:
        """Return the answers. Raises ValidationError for what is none."""
        said = value or {}
        names = self._names()
        if both := [names[code] for code, answer in said.items() if answer == BOTH and code in names]:
            raise ValidationError(
                _("Both ticked: %(things)s. Choose one of the two."), "both", {"things": ", ".join(both)}
            )
        if not said.keys() <= names.keys() or not set(said.values()) <= _SAID:
            raise ValidationError(_("Choose from the list."), "unknown_choice")
        return {code: answer == "yes" for code, answer in said.items()}

    def _names(self) -> dict[str, str]:
        """Return what is asked about, by code, whether the choices stand in groups or not."""
        groups = [things if isinstance(things, list) else [(code, things)] for code, things in self.choices]
        return {str(code): str(label) for things in groups for code, label in things}


_SAID = {"yes", "no"}
BOTH = "yes no"


def _answers_in(said: str) -> list[str]:
    return said.split()


def _one_answer(data: Any, key: str) -> str:
    """Return the answer that was given; BOTH for one that says both."""
    given = {each for each in data.getlist(key) if each} if hasattr(data, "getlist") else {data[key]}
    return BOTH if given == _SAID else data[key]
