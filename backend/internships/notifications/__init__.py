"""Every message about internships, follow-ups, papers and the jobs after, and to whom each goes."""

from backend.internships.notifications.agreements import (
    AGREEMENT_ASKED,
    ask_to_sign,
    page_of_agreement,
    post_signing_code,
)
from backend.internships.notifications.audiences import COACH, CONTACTS, PERSON, morning_of
from backend.internships.notifications.evaluations import (
    ASKED_AGAIN_AFTER,
    EVALUATION_ASKED,
    ask_evaluation,
    tell_of_evaluation,
)
from backend.internships.notifications.follow_ups import FOLLOW_UP_ASKED, ask_follow_ups, tell_of_red
from backend.internships.notifications.managers import (
    ask_about_extension,
    ask_managers,
    tell_decided,
    tell_extension_decided,
    tell_of_gates,
)
from backend.internships.notifications.papers import tell_of_certificate
from backend.internships.notifications.placements import (
    ENDED,
    NO_SHOW,
    tell,
    tell_concern,
    tell_of_doubt,
    tell_of_elsewhere,
    tell_of_resumption,
    tell_of_workplace,
    tell_pause,
    tell_planned,
)
from backend.internships.notifications.retention import RETENTION_ASKED, ask_retention, tell_of_lost_job
from backend.internships.notifications.thanks import YEARLY_THANKS, send_thanks

__all__ = [
    "AGREEMENT_ASKED",
    "ASKED_AGAIN_AFTER",
    "COACH",
    "CONTACTS",
    "ENDED",
    "EVALUATION_ASKED",
    "FOLLOW_UP_ASKED",
    "NO_SHOW",
    "PERSON",
    "RETENTION_ASKED",
    "YEARLY_THANKS",
    "ask_about_extension",
    "ask_evaluation",
    "ask_follow_ups",
    "ask_managers",
    "ask_retention",
    "ask_to_sign",
    "morning_of",
    "page_of_agreement",
    "post_signing_code",
    "send_thanks",
    "tell",
    "tell_concern",
    "tell_decided",
    "tell_extension_decided",
    "tell_of_certificate",
    "tell_of_doubt",
    "tell_of_elsewhere",
    "tell_of_evaluation",
    "tell_of_gates",
    "tell_of_lost_job",
    "tell_of_red",
    "tell_of_resumption",
    "tell_of_workplace",
    "tell_pause",
    "tell_planned",
]
