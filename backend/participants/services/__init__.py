"""Every write about a participant. Other apps and all pages call these and nothing else."""

from backend.participants.services.accounts import invite_participant
from backend.participants.services.agencies import (
    add_agency_contact,
    change_agency,
    end_agency_contact,
    prolong_agency_contact,
    register_agency,
)
from backend.participants.services.consents import close_consent, record_consent, withdraw_consent
from backend.participants.services.contacts import record_contact, remove_contact
from backend.participants.services.enrolment import enrol_participant, update_participant
from backend.participants.services.hand_over import hand_over
from backend.participants.services.locking import lock_as_voice, lock_case, lock_cases
from backend.participants.services.mending import ROWS, change_meaning
from backend.participants.services.occupations import (
    ExperienceDraft,
    WishDraft,
    add_experience,
    add_wish,
    confirm_experience,
    confirm_wish,
    describe_experience,
    describe_wish,
    keep_as_wish,
    move_to_experience,
    remove_experience,
    remove_wish,
)
from backend.participants.services.protection import lift_protection, protect_participant
from backend.participants.services.skills import (
    SkillDraft,
    add_skill,
    add_written,
    confirm_skill,
    remove_skill,
    set_skill_level,
    write_seen_skills,
)
from backend.participants.services.states import change_state, move_participant
from backend.participants.telling.releasable import Releasable, releasable_items, released_adaptations

__all__ = [
    "ROWS",
    "ExperienceDraft",
    "Releasable",
    "SkillDraft",
    "WishDraft",
    "add_agency_contact",
    "add_experience",
    "add_skill",
    "add_wish",
    "add_written",
    "change_agency",
    "change_meaning",
    "change_state",
    "close_consent",
    "confirm_experience",
    "confirm_skill",
    "confirm_wish",
    "describe_experience",
    "describe_wish",
    "end_agency_contact",
    "enrol_participant",
    "hand_over",
    "invite_participant",
    "keep_as_wish",
    "lift_protection",
    "lock_as_voice",
    "lock_case",
    "lock_cases",
    "move_participant",
    "move_to_experience",
    "prolong_agency_contact",
    "protect_participant",
    "record_consent",
    "record_contact",
    "register_agency",
    "releasable_items",
    "released_adaptations",
    "remove_contact",
    "remove_experience",
    "remove_skill",
    "remove_wish",
    "set_skill_level",
    "update_participant",
    "withdraw_consent",
    "write_seen_skills",
]
