"""Every write about employers, their members, workplaces and openings."""

from backend.employers.replies.services import remove_reply, write_reply
from backend.employers.services.calling import record_call_back, to_call_back
from backend.employers.services.capacity import register_capacity
from backend.employers.services.contacts import record_employer_contact, remove_employer_contact
from backend.employers.services.copying import copy_opening
from backend.employers.services.exceptions import add_exception, withdraw_exception
from backend.employers.services.inviting import (
    accept_invitation,
    forget_invitations,
    invitation_of,
    invite_again,
    invite_member,
    withdraw_invitation,
)
from backend.employers.services.known import show_number, update_facts
from backend.employers.services.measures import begin_measure, end_measure, lift_measure, take_measure
from backend.employers.services.merging import keep_apart, merge_employers
from backend.employers.services.offers import change_places, offer_places
from backend.employers.services.on_behalf import ContactDetails, register_for_employer
from backend.employers.services.openings import (
    approve_opening,
    close_opening,
    publish_opening,
    refresh_opening,
    return_opening,
    save_opening,
)
from backend.employers.services.pausing import pause_opening, resume_opening
from backend.employers.services.places import lock_opening, lock_openings, release_place, take_place
from backend.employers.services.reading import changed_since_read, reads_changes, what_matters
from backend.employers.services.redundancies import (
    correct_redundancies,
    record_redundancies,
    take_back_redundancies,
)
from backend.employers.services.registration import (
    Registration,
    approve_membership,
    change_role,
    end_membership,
    find_or_register_employer,
    leave_employer,
    may_be_reminded,
    remind_of_request,
    request_membership,
    withdraw_request,
)
from backend.employers.services.several import Act, Outcome, act_on_openings
from backend.employers.services.standing import approve_employer, obstacles, record_checks, valid_until
from backend.employers.services.words import RequirementDraft, confirm_requirement, words_of
from backend.employers.services.workplaces import (
    add_workplace,
    answer_adaptations,
    answer_facts,
    update_workplace,
)

__all__ = [
    "Act",
    "ContactDetails",
    "Outcome",
    "Registration",
    "RequirementDraft",
    "accept_invitation",
    "act_on_openings",
    "add_exception",
    "add_workplace",
    "answer_adaptations",
    "answer_facts",
    "approve_employer",
    "approve_membership",
    "approve_opening",
    "begin_measure",
    "change_places",
    "change_role",
    "changed_since_read",
    "close_opening",
    "confirm_requirement",
    "copy_opening",
    "correct_redundancies",
    "end_measure",
    "end_membership",
    "find_or_register_employer",
    "forget_invitations",
    "invitation_of",
    "invite_again",
    "invite_member",
    "keep_apart",
    "leave_employer",
    "lift_measure",
    "lock_opening",
    "lock_openings",
    "may_be_reminded",
    "merge_employers",
    "obstacles",
    "offer_places",
    "pause_opening",
    "publish_opening",
    "reads_changes",
    "record_call_back",
    "record_checks",
    "record_employer_contact",
    "record_redundancies",
    "refresh_opening",
    "register_capacity",
    "register_for_employer",
    "release_place",
    "remind_of_request",
    "remove_employer_contact",
    "remove_reply",
    "request_membership",
    "resume_opening",
    "return_opening",
    "save_opening",
    "show_number",
    "take_back_redundancies",
    "take_measure",
    "take_place",
    "to_call_back",
    "update_facts",
    "update_workplace",
    "valid_until",
    "what_matters",
    "withdraw_exception",
    "withdraw_invitation",
    "withdraw_request",
    "words_of",
    "write_reply",
]
