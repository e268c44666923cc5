"""Why a write about placements, follow-ups and jobs is refused."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class PlacementRefusal(Refusal):
    """Why nobody is placed there, or not in this way: the safeguards."""

    NO_DECISION = "no_decision", _("State who decided on the placement and the reference of the decision.")
    NO_INSURANCE = "no_insurance", _("State which insurance covers the participant.")
    NO_SUPERVISOR = "no_supervisor", _("Name the supervisor.")
    UNION_NOT_ASKED = "union_not_asked", _("State when the union was asked and what it answered.")
    EMPLOYER_NOT_IN_GOOD_STANDING = (
        "placement_employer_not_in_good_standing",
        _("The municipality does not place anybody with this employer at the moment."),
    )
    EMPLOYER_CHECK = (
        "employer_check_in_the_way",
        _("A check of the employer is in the way – %(obstacle)s."),
    )
    NO_RULE = "no_rule_in_force", _("There is no rule in force for this kind of placement.")
    EMPLOYER_HAS_NO_SAY = (
        "employer_has_no_say",
        _("The employer has no say in who gets this kind of placement, but has answered a proposal."),
    )
    TOO_LONG = (
        "too_long_at_employer",
        _("This kind of placement may last %(days)d days in all at one employer."),
    )


class InternshipRefusal(Refusal):
    """Why an internship is not planned, started or ended."""

    NOT_ACCEPTED = "proposal_not_accepted", _("The employer has not accepted the proposal.")
    OPENING_IS_JOB = "opening_is_job", _("The opening is a job: record the employment instead.")
    ALREADY_PLANNED = "already_planned", _("The internship is already planned.")
    ENDS_BEFORE_START = "ends_before_start", _("The last day cannot come before the first.")
    IN_ANOTHER = "in_another_internship", _("The participant is already in an internship.")
    NO_SIDE = "no_side_for_end", _("State which side ended the internship, and why.")
    ENDED_BEFORE_START = "ended_before_start", _("An internship ends on or after the day it started.")
    ENDED_TO_COME = "ended_to_come", _("The internship can be ended when its last day has come.")


class FollowUpRefusal(Refusal):
    """Why an answer to a follow-up is not taken."""

    OTHER_SIDE = "other_side", _("Each side answers for itself.")
    NO_ANSWER = "no_mood", _("Choose one of the three answers.")
    CLOSED = "follow_up_closed", _("The follow-up is already closed.")


class ConcernRefusal(Refusal):
    """Why a concern, or what was done about it, is not recorded."""

    NO_WORDS = "concern_without_words", _("Write a few words about what is wrong.")
    NO_OUTCOME = "concern_without_outcome", _("Say what was done about the concern.")


class EmploymentRefusal(Refusal):
    """Why a job, or an answer about whether it lasts, is not recorded."""

    NOT_STARTED = "internship_not_started", _("Only an internship that has started can lead to a job.")
    NO_ANSWER = "no_retention_answer", _("Choose one of the three answers.")
    TOO_EARLY = "retention_too_early", _("It is too early to ask: the check is due later.")
