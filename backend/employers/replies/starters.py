"""The replies that every organisation begins with, in the reader's language; each can be changed."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from backend.employers.enums import ReplyTo


@dataclass(frozen=True)
class Starter:
    """A reply of the programme's: its key, what it is for, its name and its words."""

    key: str
    answer: ReplyTo
    title: Any
    text: Any


STARTERS: Final = (
    Starter(
        "welcome",
        ReplyTo.YES,
        _("Welcome"),
        _(
            "Welcome to us! Ring or write to agree on the first day. We show you round, and somebody is "
            "there for your questions from the beginning."
        ),
    ),
    Starter(
        "welcome_later",
        ReplyTo.YES,
        _("Welcome, but not at once"),
        _("We gladly say yes, but cannot begin at once. Can we agree on a first day in a few weeks?"),
    ),
    Starter(
        "visit",
        ReplyTo.MEET,
        _("Come and look first"),
        _(
            "We would like to meet first, here with us, for about half an hour. It is no job interview: we "
            "show the place and talk about what the days are like."
        ),
    ),
    Starter(
        "by_phone",
        ReplyTo.MEET,
        _("Talk on the telephone first"),
        _("We would like to talk on the telephone first. Which days and times suit?"),
    ),
    Starter(
        "full",
        ReplyTo.NO,
        _("Full just now"),
        _("We have nobody who can supervise just now. You are welcome to ask again in a few months."),
    ),
    Starter(
        "other_tasks",
        ReplyTo.NO,
        _("The work has changed"),
        _("What we need help with has changed since we wrote the opening. We will change what it says."),
    ),
)
"""What to say of people whom one has not met: none of them judges anybody."""


def starter_of(key: str) -> Starter | None:
    """Return the starter with a key; None where there is none."""
    return next((each for each in STARTERS if each.key == key), None)
