"""Why a review is not opened, answered or decided."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class ReviewRefusal(Refusal):
    """Why a review does not move."""

    NO_EVIDENCE = "review_without_evidence", _("Say what it rests on: a concern, or what you have seen.")
    OPEN_ALREADY = "review_open_already", _("A review of the employer is open. Add to that one.")
    BOTH_OPEN = (
        "both_are_reviewed",
        _("Both are being looked into. Decide or dismiss one of the two reviews first."),
    )
    NO_WORDS = "review_without_words", _("Write what the employer is asked to reply to.")
    REPLY_TOO_SOON = (
        "reply_asked_too_soon",
        _("Give the employer at least %(days)d days to reply: until %(first)s. Rule: %(source)s."),
    )
    NO_REPLY = "reply_without_words", _("Write your reply.")
    NO_REASON = "review_without_reason", _("Give your reasons.")
    NO_APPEAL = "appeal_without_words", _("Say why the decision should be another.")
    APPEAL_TOO_LATE = (
        "appeal_too_late",
        _("The time to ask for another decision was over on %(last)s. Call the municipality."),
    )
    OWN_DECISION = (
        "own_decision_appealed",
        _("You made the decision. Another manager or an administrator decides about the appeal."),
    )
