"""One search for staff: people, employers and openings by their words, each as far as the reader may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.text.searching import search
from backend.core.ui.addresses import address
from backend.employers.models import Employer, Opening
from backend.participants.models import Participant

MOST_SHOWN = 10


@dataclass(frozen=True)
class Found:
    """What was found of one kind: the best rows, how many there are in all, and the list to go on in."""

    name: str
    heading: Promise
    rows: list[Any]
    count: int
    more: str

    @property
    def is_cut(self) -> bool:
        """Whether there are more than stand here."""
        return self.count > len(self.rows)


def search_everything(reader: User, text: str, *, on: date) -> list[Found]:
    """Return what `reader` may see in which every word of `text` stands or sounds alike, by kind.

    A protected identity is found by nobody: it stands in no list.
    """
    people = Participant.objects.listed_for(reader).select_related("unit", "coach")
    openings = Opening.objects.visible_to(reader, on=on).select_related("workplace__employer")
    return [
        _found("people", _("Participants"), search(people, text, ""), "participants:participant_list"),
        _found(
            "employers",
            _("Employers"),
            search(Employer.objects.visible_to(reader).with_standing(on), text, ""),
            "employers:employer_list",
        ),
        _found(
            "openings",
            _("Openings"),
            search(openings, text, "", "workplace__", "workplace__employer__"),
            "employers:opening_list",
        ),
    ]


def _found(name: str, heading: Promise, rows: QuerySet[Any], more: str) -> Found:
    """Return the first rows with the number of all, in one question to the database."""
    first = list(rows.annotate(in_all=Window(Count("pk")))[:MOST_SHOWN])
    return Found(name, heading, first, first[0].in_all if first else 0, more)


def page_of(row: Participant | Employer | Opening) -> str:
    """Return the page of something that was found."""
    return (
        address("employers:employer_detail", row.pk) if isinstance(row, Employer) else row.get_absolute_url()
    )
