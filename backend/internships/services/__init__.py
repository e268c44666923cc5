"""Every write to internships, follow-ups and employments."""

from backend.internships.services.agreements import (
    LANGUAGE,
    document_of,
    draw_up_agreement,
    is_what_was_signed,
    make_document,
    sign_agreement,
    sign_on_paper,
    translation_of,
)
from backend.internships.services.answers import SIDES
from backend.internships.services.certificates import issue_certificate
from backend.internships.services.concerns import (
    close_concern,
    link_concern,
    mark_handled,
    tell_of_elsewhere,
    tell_of_workplace,
)
from backend.internships.services.consultations import (
    ask_union,
    leave_union_unanswered,
    record_union_answer,
)
from backend.internships.services.corrections import correct_follow_up, correct_terms
from backend.internships.services.decisions import (
    decide_concern,
    decide_extension,
    decide_objection,
    notice_gates,
)
from backend.internships.services.employments import (
    correct_employment,
    end_employment,
    record_employment,
    strike_employment,
)
from backend.internships.services.evaluations import (
    Verdict,
    answer_evaluation,
    leave_evaluation,
    look_at_evaluation,
    skills_to_ask,
)
from backend.internships.services.extensions import apply_extension, extend_internship
from backend.internships.services.follow_ups import (
    GOING_ON,
    add_follow_up,
    answer_follow_up,
    close_follow_up,
    stamps_of,
    want_call,
    write_follow_up,
)
from backend.internships.services.pauses import change_return, pause_internship, resume_internship
from backend.internships.services.placements import (
    cancel_internship,
    complete_internship,
    end_internship_early,
    handle_concern,
    plan_internship,
    raise_concern,
    record_no_show,
    start_internship,
)
from backend.internships.services.placing import plan_without_proposal, renew_placement_consent
from backend.internships.services.plans import write_emergency_contact
from backend.internships.services.retention import (
    MAY_STAY_UNKNOWN,
    answer_retention,
    leave_unknown,
    reply_about_job,
)
from backend.internships.services.signing import (
    AGREEMENT_READ,
    READING,
    VALID_FOR,
    masked,
    open_by_code,
    opened_code,
    send_signing_code,
    sign_by_code,
    waiting_code,
)

__all__ = [
    "AGREEMENT_READ",
    "GOING_ON",
    "LANGUAGE",
    "MAY_STAY_UNKNOWN",
    "READING",
    "SIDES",
    "VALID_FOR",
    "Verdict",
    "add_follow_up",
    "answer_evaluation",
    "answer_follow_up",
    "answer_retention",
    "apply_extension",
    "ask_union",
    "cancel_internship",
    "change_return",
    "close_concern",
    "close_follow_up",
    "complete_internship",
    "correct_employment",
    "correct_follow_up",
    "correct_terms",
    "decide_concern",
    "decide_extension",
    "decide_objection",
    "document_of",
    "draw_up_agreement",
    "end_employment",
    "end_internship_early",
    "extend_internship",
    "handle_concern",
    "is_what_was_signed",
    "issue_certificate",
    "leave_evaluation",
    "leave_union_unanswered",
    "leave_unknown",
    "link_concern",
    "look_at_evaluation",
    "make_document",
    "mark_handled",
    "masked",
    "notice_gates",
    "open_by_code",
    "opened_code",
    "pause_internship",
    "plan_internship",
    "plan_without_proposal",
    "raise_concern",
    "record_employment",
    "record_no_show",
    "record_union_answer",
    "renew_placement_consent",
    "reply_about_job",
    "resume_internship",
    "send_signing_code",
    "sign_agreement",
    "sign_by_code",
    "sign_on_paper",
    "skills_to_ask",
    "stamps_of",
    "start_internship",
    "strike_employment",
    "tell_of_elsewhere",
    "tell_of_workplace",
    "translation_of",
    "waiting_code",
    "want_call",
    "write_emergency_contact",
    "write_follow_up",
]
