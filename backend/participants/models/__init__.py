"""The participant's file, the journal of the case, and what was consented to."""

from backend.participants.models.contacts import Contact, ContactQuerySet
from backend.participants.models.files import (
    Consent,
    ConsentQuerySet,
    OccupationExperience,
    OccupationWish,
    Participant,
    ParticipantQuerySet,
    Reader,
    ReleasedItem,
    SkillEvidence,
)

__all__ = [
    "Consent",
    "ConsentQuerySet",
    "Contact",
    "ContactQuerySet",
    "OccupationExperience",
    "OccupationWish",
    "Participant",
    "ParticipantQuerySet",
    "Reader",
    "ReleasedItem",
    "SkillEvidence",
]
