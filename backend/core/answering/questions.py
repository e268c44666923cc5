"""Which messages ask something that can be answered from the mail itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.forms import Form
from django.http import QueryDict

from backend.core.models import Delivery

GOOD_FOR = timedelta(days=14)
Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Asked:
    """What is asked of one receiver now.

    `form` is shown by `template` among `context`; `service` writes what it holds, called with `arguments`
    (made of the valid form), `by` and `at`.
    """

    form: Form
    template: str
    service: Callable[..., Any]
    arguments: Callable[[], Mapping[str, Any]]
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What messages of one kind ask.

    `ask` returns what is asked of a delivery's receiver, with the answer that was sent or None: itself None
    where nothing is asked any more. `choices` are answers that the mail offers one by one (value, words), or
    what makes them for a delivery; a link then leads to the page with that answer chosen. What takes more
    than one step names the `page` of its own instead, which is given the token of the link.
    """

    kind: str
    ask: Callable[[Delivery, QueryDict | None, Mapping[str, str]], Asked | None] | None = None
    choices: Choices | Callable[[Delivery], Choices] = ()
    good_for: timedelta = GOOD_FOR
    page: str = "core:answer"

    def choices_for(self, delivery: Delivery) -> Choices:
        """Return the answers that the mail of `delivery` offers one by one."""
        return self.choices(delivery) if callable(self.choices) else self.choices


_questions: dict[str, Question] = {}


def register(question: Question) -> Question:
    """Let messages of the kind be answered from the mail; an app does so beside its notifications."""
    _questions[question.kind] = question
    return question


def question_of(kind: str) -> Question | None:
    """Return what messages of `kind` ask; None where there is nothing to answer."""
    return _questions.get(kind)
