"""The participant's file, the journal of the case, what was consented to, and partner agencies."""

from backend.participants.models.agencies import (
    Agency,
    AgencyContact,
    AgencyContactQuerySet,
    AgencyQuerySet,
)
from backend.participants.models.consents import Consent, ConsentQuerySet, ReleasedItem
from backend.participants.models.contacts import Contact, ContactQuerySet
from backend.participants.models.files import (
    OccupationExperience,
    OccupationWish,
    Participant,
    ParticipantQuerySet,
    Reader,
    SkillEvidence,
)

__all__ = [
    "Agency",
    "AgencyContact",
    "AgencyContactQuerySet",
    "AgencyQuerySet",
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
