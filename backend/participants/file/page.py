"""What the page of one participant shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from backend.accounts.access import signed_in
from backend.accounts.enums import Role
from backend.core.models import ReadEntry
from backend.core.timeline import timeline
from backend.core.ui.folding import Folded
from backend.core.ui.panels import panels_for
from backend.participants.access_log import entries_about
from backend.participants.file import wording
from backend.participants.models import Participant
from backend.skills.enums import ConceptKind
from backend.skills.pages.reading import candidates_for

NEWEST = 40
LATEST_LOOKS, LATEST_PEOPLE = 50, 4


@dataclass(frozen=True)
class Texts:
    """Skills or occupations with what each may mean: those that ask something, and the settled ones."""

    all: Sequence[tuple[Any, Any]]

    @property
    def asking(self) -> list[tuple[Any, Any]]:
        """What asks what is meant, or whether it was done or is wished for."""
        return [pair for pair in self.all if _asks(pair[0])]

    @property
    def settled(self) -> list[tuple[Any, Any]]:
        """The others."""
        return [pair for pair in self.all if not _asks(pair[0])]


def _asks(text: Any) -> bool:
    return bool(text.needs_answer or getattr(text, "is_unsorted", False))


def context_of(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """Return the variables of participants/participant_detail.html."""
    skills = _with_candidates(participant.skills.select_related("concept"), ConceptKind.SKILL)
    experiences = _with_candidates(participant.experiences.select_related("concept"), ConceptKind.OCCUPATION)
    wishes = _with_candidates(participant.wishes.select_related("concept"), ConceptKind.OCCUPATION)
    consents = list(participant.consents.with_receiver().prefetch_related("items"))
    contacts = list(participant.contacts.select_related("recorded_by"))
    unanswered = sum(row.needs_answer for row, _candidates in [*skills, *experiences, *wishes])
    today = timezone.localdate()
    can_decide = participant.unit_id in signed_in(request).unit_ids(Role.COACH)
    return {
        "participant": participant,
        "can_decide": can_decide,
        "steps": wording.steps(participant, has_been_proposed=any(each.employer_id for each in consents)),
        "next": wording.next_action(participant, unanswered=unanswered, skills=len(skills))
        if can_decide
        else None,
        "warnings": list(wording.warnings(participant, consents, today=today)),
        "days_waited": participant.days_waited(today),
        "skills": skills,
        "texts": {"skills": Texts(skills), "experiences": Texts(experiences), "wishes": Texts(wishes)},
        "unsorted": [wish for wish, _candidates in wishes if wish.is_unsorted],
        "consents": [(each, each.holds_on(today)) for each in consents],
        "contacts": contacts,
        "agreed": next((each for each in contacts[:1] if each.next_on), None),
        "history": Folded(timeline(participant, *consents, reader=signed_in(request).persona, newest=NEWEST)),
        "looks": _latest_looks(participant),
        "rests": wording.rests(participant),
        **wording.conditions(participant),
        "crumbs": panels_for("participants.crumbs", request, participant),
        "panels": panels_for("participants.participant", request, participant),
        "booked": panels_for("participants.booked", request, participant),
    }


def unsettled(participant: Participant) -> list[UUID]:
    """Return the rows that ask what is meant, in the order of the page."""
    rows: Iterable[Any] = chain(
        participant.skills.all(), participant.experiences.all(), participant.wishes.all()
    )
    return [row.pk for row in rows if row.needs_answer]


def _with_candidates(rows: Any, kind: ConceptKind) -> list[tuple[Any, Any]]:
    """Return each text with the concepts to ask about; only what is unsettled has some."""
    rows = list(rows)
    candidates = candidates_for([row.text for row in rows if row.needs_answer], kind)
    return [(row, candidates.get(row.text, ())) for row in rows]


def _latest_looks(participant: Participant) -> list[ReadEntry]:
    """Return the latest look of each of the people who looked last."""
    looks = entries_about(participant).filter(by__isnull=False).select_related("by")
    of_each: dict[UUID | None, ReadEntry] = {}
    for look in looks[:LATEST_LOOKS]:
        of_each.setdefault(look.by_id, look)
    return list(of_each.values())[:LATEST_PEOPLE]
