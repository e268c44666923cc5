"""Why a write about proposals is refused."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class ProposalRefusal(Refusal):
    """Why a pair is not put forward, asked about, sent or taken back."""

    OPENING_NOT_OPEN = "opening_not_open", _("The opening is not open for proposals.")
    EMPLOYER_NOT_IN_GOOD_STANDING = (
        "employer_not_in_good_standing",
        _("The municipality does not place anybody with this employer at the moment."),
    )
    NOT_WAITING = "not_waiting", _("The participant is not waiting for a place.")
    PROTECTED = "protected", _("Nobody with protected identity is proposed through the system.")
    HAS_A_PLACE = (
        "has_a_place",
        _("An internship is planned for the participant already. Call it off first."),
    )
    CONSENT_OVER = "consent_is_over", _("The participant's consent does not hold any more. Ask again.")
    NOTHING_TO_RENEW = (
        "nothing_to_renew",
        _("Nothing is told to the employer any more, so there is no consent to renew."),
    )
    CANNOT_SIGN_IN = (
        "participant_cannot_sign_in",
        _("The participant cannot sign in yet. Invite them first, or ask in a meeting."),
    )
    INTERNSHIP_PLANNED = (
        "internship_is_planned",
        _("An internship is planned, or a job recorded: call it off, end it or strike it instead."),
    )


class ChoiceRefusal(Refusal):
    """Why the items that a coach has chosen cannot be told."""

    FILE_CHANGED = "chosen_from_old_file", _("The file has changed since the page was opened. Choose again.")
    NOT_ASKED = (
        "not_asked_for",
        _("Your job coach has not asked for that. Open the page again and choose once more."),
    )
    NOTHING = "nothing_chosen", _("Choose at least one thing to tell the employer.")


class AnswerRefusal(Refusal):
    """Why an employer's answer is not taken."""

    NO_REASON = "no_reason_for_declining", _("Say why, so that the next proposal fits better.")
    CONSENT_OVER = (
        "consent_over",
        _("The participant's consent has run out. Please contact the job coach."),
    )
    NOT_LOOKING = (
        "not_looking",
        _("The person is no longer looking for a place. Please contact the job coach."),
    )
    NO_PLACE_LEFT = (
        "no_place_left",
        _("No place is left here, or its time has passed. State more places, or answer no."),
    )
    NOBODY_PLACED_HERE = (
        "nobody_placed_here",
        _("Nobody is placed here at the moment. Please contact the job coach."),
    )


class VisitRefusal(Refusal):
    """Why times are not proposed, chosen or changed."""

    NO_TIMES = "visit_without_times", _("Propose at least one time, and at most five that differ.")
    PAST = "visit_time_past", _("%(when)s has passed. Choose a time to come.")
    AFTER_OPENING = "visit_after_opening", _("%(when)s is after the last day of the opening.")
    TOO_FAR = "visit_too_far", _("%(when)s is more than half a year away. Choose an earlier time.")
    TOO_LONG = "visit_length", _("A meeting is between 10 minutes and a day of 8 hours.")
    OVERLAPS = "visit_overlaps", _("%(when)s is not free: another meeting is booked then.")
    OPEN_ALREADY = "visit_open_already", _("A meeting is proposed already. Move that one instead.")
    NOT_OPEN = "visit_about_settled", _("The proposal has been answered or withdrawn, so nobody meets.")
    CANNOT_GO_ON = "visit_cannot_be_booked", _("It cannot be booked now. Please contact the job coach.")
    NOT_YOURS = "visit_chosen_by_other", _("Somebody else chooses the time.")
    UNKNOWN_TIME = "visit_time_unknown", _("The times have changed since the page was opened. Choose again.")
    NOT_YET = "visit_not_yet", _("The time has not come yet.")
    NO_REASON = "visit_cancelled_without_reason", _("Say why, so that the others know.")
