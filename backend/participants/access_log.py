"""Who is shown whose data: noted where a page is made, written when it has been, and told in plain words.

A view, a panel or an API answer that shows data of participants says so by `shown`, or opens the file by
`open_file` and `open_case`, which do. WriteDownLooks (in middleware.py) writes one row for each person, in
one statement, once the answer is made: an answer that shows nothing (a redirect, a 404) leaves no row,
whatever the method. A test renders every address for every role and demands the rows (tests/permissions).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Prefetch, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona
from backend.accounts.models import Assignment, User
from backend.accounts.signing_in.second_factor import demand_fresh
from backend.core.models import ReadEntry
from backend.core.writing import audit
from backend.participants.models import Participant, ParticipantQuerySet

FILE, EDIT = "participants.file", "participants.edit"
EXPORT, PROTECTED, LISTED = "participants.export", "participants.protected", "participants.list"
HAND_OVER = "participants.hand_over"
LOOKED: Promise = _("Looked at your data")
BY_THE_HOUSE = _("Whoever runs Praktikbron")
_words: dict[str, Promise] = {
    FILE: _("Opened your page"),
    EDIT: _("Opened your page to change something"),
    EXPORT: _("Took out a list that you are in"),
    PROTECTED: _("Opened the list of those with protected identity"),
    HAND_OVER: _("Opened the list of cases that shall have another job coach"),
}
_in_passing = {LISTED}
_NOTED = "participants_shown"


class Glimpse(NamedTuple):
    """How often somebody saw the person's name among others, as the participant reads it."""

    last: datetime
    who: str
    role: str
    times: int


class Look(NamedTuple):
    """What one person did with the file on one day, as the participant reads it."""

    at: datetime
    who: str
    role: str
    what: Promise
    times: int


def register_page(page: str, words: Promise | None = None) -> None:
    """Name the page code `page` for participants; an app higher up does so for its own pages.

    Without words it is a list that the reader passes by, in which the person stands among others.
    """
    if words is None:
        _in_passing.add(page)
    else:
        _words[page] = words


def shown(request: HttpRequest, participants: Iterable[Participant | UUID], *, page: str) -> None:
    """Note that the page which is being made shows data of `participants`; what is noted first says where.

    The participant's own reading is none.
    """
    noted = noted_in(request)
    for each in participants:
        noted.setdefault(each if isinstance(each, UUID) else each.pk, page)


def noted_in(request: HttpRequest) -> dict[UUID, str]:
    """Return what `shown` has noted so far: the page for each person."""
    # The API hands out its own request around Django's, which is the one that the middleware has.
    request = getattr(request, "_request", request)
    noted: dict[UUID, str] = vars(request).setdefault(_NOTED, {})
    return noted


def write_down(request: HttpRequest, *, at: datetime) -> None:
    """Write in one statement what was noted in `request`."""
    noted, user = noted_in(request), signed_in(request)
    if noted and user.persona == Persona.PARTICIPANT:
        return  # their pages show nobody else
    if noted:
        audit.record_reads(Participant, noted, by=user, at=at)


def open_file(request: HttpRequest, pk: UUID, *, page: str = FILE) -> Participant:
    """Return a participant whose file the reader may open, and log the look. Raises Http404 for strangers."""
    return _open(request, Participant.objects.visible_to(signed_in(request)), pk, page=page)


def open_case(request: HttpRequest, pk: UUID, *, page: str = EDIT) -> Participant:
    """Return a participant in whose case the reader may act, and log the look. Raises Http404."""
    return _open(request, Participant.objects.decidable_by(signed_in(request)), pk, page=page)


def log_looks(participants: Iterable[Participant], *, at: datetime, page: str) -> None:
    """Log that whoever runs the house was shown `participants` by a command."""
    audit.record_reads(Participant, {each.pk: page for each in participants}, by=None, at=at)


def entries_about(participant: Participant) -> "QuerySet[ReadEntry]":
    """Return the log of looks at a file, those in passing left out; newest first."""
    return _entries(participant).exclude(page__in=_in_passing)


def _entries(participant: Participant) -> "QuerySet[ReadEntry]":
    label = Participant._meta.label_lower
    return ReadEntry.objects.filter(subject_type=label, subject_id=participant.pk)


def looks_at(participant: Participant) -> "QuerySet[ReadEntry, Any]":
    """Return the looks at a file, newest first: one row a person, page and day."""
    entries = entries_about(participant).order_by()
    by_day = entries.annotate(day=TruncDate("at")).values("day", "by", "page")
    return by_day.annotate(times=Count("id"), last=Max("at")).order_by("-last", "by", "page")


def in_words(looks: Iterable[dict[str, Any]]) -> list[Look]:
    """Put rows of `looks_at` in words, with the names and roles of those who looked."""
    looks = list(looks)
    people = _people(looks)
    return [
        Look(look["last"], *people[look["by"]], _words.get(look["page"], LOOKED), look["times"])
        for look in looks
    ]


def glimpses_of(participant: Participant) -> list[Glimpse]:
    """Return who has seen the person's name in lists, how often and when last: one row for each reader."""
    entries = _entries(participant).filter(page__in=_in_passing).order_by().values("by")
    rows: list[Any] = list(entries.annotate(times=Count("id"), last=Max("at")).order_by("-last", "by"))
    people = _people(rows)
    return [Glimpse(row["last"], *people[row["by"]], row["times"]) for row in rows]


def _people(rows: Iterable[dict[str, Any]]) -> dict[UUID | None, tuple[str, str]]:
    """Return name and role of those who looked; nobody by name ran a command of the house."""
    current = Assignment.objects.filter(ended_on__isnull=True).order_by("role", "id")
    users = User.objects.prefetch_related(Prefetch("assignments", queryset=current))
    found = users.in_bulk({row["by"] for row in rows if row["by"]})
    return {None: (str(BY_THE_HOUSE), ""), **{key: (str(user), _role(user)) for key, user in found.items()}}


def _role(user: User) -> str:
    assignment = next(iter(user.assignments.all()), None)
    return assignment.get_role_display() if assignment else user.get_persona_display()


def _open(request: HttpRequest, among: ParticipantQuerySet, pk: UUID, *, page: str) -> Participant:
    participant = get_object_or_404(among.select_related("unit__municipality", "coach", "user"), pk=pk)
    if participant.is_protected:
        demand_fresh(request)
    shown(request, [participant], page=page)
    return participant
