"""Every write to proposals, and what coaches answer the matcher: pins and bans, judgements."""

from backend.matching.services.answers import (
    ANSWERS,
    accept_proposal,
    answer_proposal,
    ask_for_interview,
    decline_proposal,
    possible_answers,
)
from backend.matching.services.choices import choose_pair, forget_choice, open_pair
from backend.matching.services.choosing import chosen_items
from backend.matching.services.drafts import (
    check_may_be_proposed,
    draft_pairs,
    draft_proposal,
    draft_proposals,
    save_draft,
)
from backend.matching.services.finding import lock_proposal
from backend.matching.services.judgements import record_judgement
from backend.matching.services.placing import (
    finish_placement,
    place_proposal,
    resume_placement,
    unplace_proposal,
)
from backend.matching.services.renewal import renew_consent
from backend.matching.services.sending import (
    CONSENT_LASTS,
    answer_as_participant,
    ask_participant,
    consent_valid_until,
    propose,
    send_proposal,
)
from backend.matching.services.visits import (
    cancel_visit,
    cancel_visits_of,
    choose_time,
    move_visit,
    note_visit,
    offer_times,
)
from backend.matching.services.withdrawal import withdraw_all, withdraw_proposal

__all__ = [
    "ANSWERS",
    "CONSENT_LASTS",
    "accept_proposal",
    "answer_as_participant",
    "answer_proposal",
    "ask_for_interview",
    "ask_participant",
    "cancel_visit",
    "cancel_visits_of",
    "check_may_be_proposed",
    "choose_pair",
    "choose_time",
    "chosen_items",
    "consent_valid_until",
    "decline_proposal",
    "draft_pairs",
    "draft_proposal",
    "draft_proposals",
    "finish_placement",
    "forget_choice",
    "lock_proposal",
    "move_visit",
    "note_visit",
    "offer_times",
    "open_pair",
    "place_proposal",
    "possible_answers",
    "propose",
    "record_judgement",
    "renew_consent",
    "resume_placement",
    "save_draft",
    "send_proposal",
    "unplace_proposal",
    "withdraw_all",
    "withdraw_proposal",
]
