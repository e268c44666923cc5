"""One person before one opening: what may be told, what of it counts there, and what was told last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from backend.employers.models import Opening
from backend.matching.models import Proposal
from backend.matching.rankings.matches import match_of
from backend.participants.models import Consent, Participant
from backend.participants.services import Releasable, releasable_items


@dataclass(frozen=True)
class Pair:
    """An opening and a participant, and the proposal of them that is open, if any."""

    opening: Opening
    participant: Participant
    proposal: Proposal | None

    @cached_property
    def releasable(self) -> list[Releasable]:
        """What may be told about the participant, item by item."""
        return releasable_items(self.participant)

    @cached_property
    def last_consent(self) -> Consent | None:
        """What the participant let an employer read the last time, whatever became of it."""
        given = self.participant.consents.to_employers().order_by("-given_at", "pk")
        return given.select_related("employer").prefetch_related("items").first()

    def asked_for(self, *, at: datetime) -> set[str]:
        """Return the keys of the items that count towards what the opening asks for."""
        match = match_of(self.opening, self.participant, at=at)
        counting = {concept for mark in match.marks if mark.mark != "missing" for concept in mark.counts}
        codes = codes_asked_for(self.opening)
        return {each.key for each in self.releasable if each.key in codes or str(each.concept_id) in counting}


def codes_asked_for(opening: Opening) -> set[str]:
    """Return the keys of the languages and licences that an opening asks for."""
    return {f"language:{code}" for code in opening.languages} | {f"licence:{c}" for c in opening.licences}


@dataclass(frozen=True)
class ToldLast:
    """The items of the last consent that are in the file still, and whom it was given to."""

    keys: Sequence[str]
    consent: Consent | None


def told_last(pair: Pair) -> ToldLast:
    """Return what can be told again: the same thing in the same words, or in other words for it."""
    consent = pair.last_consent
    if consent is None:
        return ToldLast((), None)
    items = list(consent.items.all())
    words = {(item.kind, item.text) for item in items}
    meanings = {(item.kind, item.concept_id) for item in items if item.concept_id}
    keys = [
        each.key
        for each in pair.releasable
        if (each.kind, each.text) in words or (each.kind, each.concept_id) in meanings
    ]
    return ToldLast(keys, consent)
