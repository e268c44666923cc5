"""A proposal as its employer reads it: small frozen objects from which no way leads to the person's file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.matching.enums import TELLS_EMPLOYER, ProposalState
from backend.matching.models import Proposal
from backend.matching.pages.presenting import Told, told_of
from backend.matching.pages.stands import state_for_employer
from backend.matching.pages.visits import meeting_in_short, seen_visit
from backend.participants.enums import ReleasedKind
from backend.participants.telling.told import (
    Released,
    ToldItem,
    name_for_employer,
    released_on,
    silence,
)

ANSWER_WITHIN: Final = timedelta(days=7)
"""How long an employer is asked to take for an answer: the week that the message names."""


@dataclass(frozen=True)
class Contact:
    """Whom the employer may call: a colleague at the municipality."""

    name: str
    phone: str
    email: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class ProposalToEmployer:
    """One proposal; `told`, `message` and the person's name only as long as they may be read.

    `answer_by` is the day that a first answer is asked for; None where none is waited for.
    """

    pk: UUID
    url: str
    opening: str
    opening_url: str
    opening_kind: str
    state: str
    state_label: str
    state_changed_at: datetime
    sent_at: datetime
    answer_by: date | None
    decided_at: datetime | None
    decline_reason: str
    coach: Contact
    person: str
    told: Told | None = None
    message: str = ""


def contact_of(user: User) -> Contact:
    """Return how a member of staff is reached."""
    return Contact(str(user), user.phone, user.email)


def released_in(proposals: Iterable[Proposal], *, on: date) -> Mapping[UUID, Released]:
    """Return what each proposal tells its employer on `on`, by the proposal's key."""
    consents = {each.pk: each.consent for each in proposals if each.consent is not None}
    released = released_on(on, consents.values())
    return {key: released[consent.pk] for key, consent in consents.items() if consent.pk in released}


def to_employer(proposal: Proposal, *, at: datetime) -> ProposalToEmployer:
    """Return a proposal with everything that its employer may read of it at `at`."""
    released = released_in([proposal], on=day_of(at)).get(proposal.pk)
    told = told_of(proposal.opening, released.items, at=at) if released else None
    return _seen(proposal, released, told=told)


class Listed(NamedTuple):
    """Proposals for a list, and the keys of the people whom it names."""

    rows: list[ProposalToEmployer]
    named: list[UUID]


def listed_to_employer(proposals: Iterable[Proposal], *, on: date) -> Listed:
    """Return proposals for a list, which tells of a person the first name alone, while it is released."""
    proposals = list(proposals)
    released = released_in(proposals, on=on)
    names = {key: Released(tuple(_names(told))) for key, told in released.items()}
    named = [each.participant_id for each in proposals if each.pk in names and names[each.pk].items]
    return Listed([_seen(each, names.get(each.pk)) for each in proposals], named)


def _names(told: Released) -> Iterable[ToldItem]:
    return (item for item in told.items if item.kind == ReleasedKind.FIRST_NAME)


def _seen(proposal: Proposal, released: Released | None, *, told: Told | None = None) -> ProposalToEmployer:
    meeting = meeting_in_short(seen_visit(proposal), side=Persona.EMPLOYER)
    opening, sent_at = proposal.opening, proposal.sent_at or proposal.state_changed_at
    return ProposalToEmployer(
        pk=proposal.pk,
        url=proposal.get_absolute_url(),
        opening=str(opening),
        opening_url=opening.get_absolute_url(),
        opening_kind=opening.get_kind_display(),
        state=proposal.state,
        state_label=state_for_employer(proposal.state, meeting),
        state_changed_at=proposal.state_changed_at,
        sent_at=sent_at,
        answer_by=day_of(sent_at) + ANSWER_WITHIN if proposal.state == ProposalState.SENT else None,
        decided_at=proposal.decided_at,
        decline_reason=proposal.get_decline_reason_display(),
        coach=contact_of(proposal.coach),
        person=name_for_employer(released, case=proposal.pk),
        told=told,
        message=proposal.message if told is not None else "",
    )


@silence
def of_proposals_that_tell_nothing() -> QuerySet[Any, Any]:
    """Silence the consents whose proposal the employer may not read any more: declined or withdrawn."""
    over = Proposal.objects.filter(consent__isnull=False).exclude(state__in=TELLS_EMPLOYER)
    return over.order_by().values("consent")
