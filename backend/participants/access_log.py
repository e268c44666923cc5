"""The one way to open a participant's file, which writes down who looked; and that log in plain words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Prefetch, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.accounts.models import Assignment, User
from backend.core.models import ReadEntry
from backend.core.writing import audit
from backend.participants.models import Participant, ParticipantQuerySet

FILE, EDIT = "participants.file", "participants.edit"
EXPORT, PROTECTED = "participants.export", "participants.protected"
LOOKED: Promise = _("Looked at your data")
_words: dict[str, Promise] = {
    FILE: _("Opened your page"),
    EDIT: _("Opened your page to change something"),
    EXPORT: _("Took out a list that you are in"),
    PROTECTED: _("Opened the list of those with protected identity"),
}


class Look(NamedTuple):
    """What one person did with the file on one day, as the participant reads it."""

    at: datetime
    who: str
    role: str
    what: Promise
    times: int


def register_page(page: str, words: Promise) -> None:
    """Name the page code `page` for participants; an app higher up does so for its own pages."""
    _words[page] = words


def open_file(request: HttpRequest, pk: UUID, *, page: str = FILE) -> Participant:
    """Return a participant whose file the reader may open, and log the look. Raises Http404 for strangers."""
    return _open(request, Participant.objects.visible_to(signed_in(request)), pk, page=page)


def open_case(request: HttpRequest, pk: UUID, *, page: str = EDIT) -> Participant:
    """Return a participant in whose case the reader may act, and log the look. Raises Http404."""
    return _open(request, Participant.objects.decidable_by(signed_in(request)), pk, page=page)


def log_looks(participants: Iterable[Participant], *, by: User, at: datetime, page: str) -> None:
    """Log that `by` saw all of `participants` at once, as in an export."""
    audit.record_reads(participants, by=by, at=at, page=page)


def looks_at(participant: Participant) -> "QuerySet[ReadEntry, Any]":
    """Return the looks at a file, newest first: one row a person, page and day."""
    label = Participant._meta.label_lower
    entries = ReadEntry.objects.filter(subject_type=label, subject_id=participant.pk).order_by()
    by_day = entries.annotate(day=TruncDate("at")).values("day", "by", "page")
    return by_day.annotate(times=Count("id"), last=Max("at")).order_by("-last", "by", "page")


def in_words(looks: Iterable[dict[str, Any]]) -> list[Look]:
    """Put rows of `looks_at` in words, with the names and roles of those who looked."""
    looks = list(looks)
    current = Assignment.objects.filter(ended_on__isnull=True).order_by("role", "id")
    users = User.objects.prefetch_related(Prefetch("assignments", queryset=current))
    people = users.in_bulk({look["by"] for look in looks})
    return [
        Look(
            at=look["last"],
            who=str(people[look["by"]]),
            role=_role(people[look["by"]]),
            what=_words.get(look["page"], LOOKED),
            times=look["times"],
        )
        for look in looks
    ]


def _role(user: User) -> str:
    assignment = next(iter(user.assignments.all()), None)
    return assignment.get_role_display() if assignment else user.get_persona_display()


def _open(request: HttpRequest, among: ParticipantQuerySet, pk: UUID, *, page: str) -> Participant:
    """Find and log. What is posted is not a look: the service that it goes to writes its own audit row."""
    participant = get_object_or_404(among.select_related("unit__municipality", "coach", "user"), pk=pk)
    user = signed_in(request)
    if request.method in ("GET", "HEAD") and participant.user_id != user.pk:
        audit.record_read(participant, by=user, at=timezone.now(), page=page)
    return participant
