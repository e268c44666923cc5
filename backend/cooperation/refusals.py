"""Why nothing is sent to an agency, and why an earlier effort is not written down."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class PackageRefusal(Refusal):
    """Why a package is not made, or not read."""

    PROTECTED = (
        "package_protected",
        _("The identity is protected. What an agency must know is told by the named handlers alone."),
    )
    NO_READER = "package_no_reader", _("That person reads no longer at the agency. Choose somebody else.")
    NO_PURPOSE = "package_no_purpose", _("Write what it is for.")
    NOT_ON_PAPER = "package_not_on_paper", _("This package is read in Praktikbron, not on paper.")
    OVER = "package_over", _("The package may not be read any more: it was taken back, or its time is over.")


class InterventionRefusal(Refusal):
    """Why an earlier effort is not written down as it is said."""

    NO_BODY = "intervention_no_body", _("Write who did it.")
    TO_COME = "intervention_to_come", _("That lies ahead of us. Here stands what has been, or is going on.")
    ENDS_BEFORE_START = "intervention_ends_before_start", _("It cannot end before it began.")
    GOES_ON = "intervention_goes_on", _("What is going on has no reason to end. Write when it ended.")


class CaseReviewRefusal(Refusal):
    """Why a case review is not planned, held or closed, and nothing noted at it."""

    DAY_PASSED = "case_review_day_passed", _("That day has passed. Choose a day to come.")
    NO_SUCH_TIME = "case_review_no_such_time", _("Clocks skip that hour. Choose another time.")
    NO_AGENCY = "case_review_no_agency", _("Choose at least one agency that comes.")
    AGENCY_TWICE = (
        "case_review_agency_twice",
        _("An agency comes once. Choose one person, or a print."),
    )
    NOT_YET = "case_review_not_yet", _("The day of the review has not come yet.")
    OVER = "case_review_over", _("The review is over, and its agenda stands as it is.")
    NOT_HELD = "case_review_not_held", _("Begin the review first. Then decisions are noted.")
    PROTECTED = (
        "case_review_protected",
        _("The identity is protected. Such a person stands on no agenda."),
    )
    ENDED = "case_review_case_ended", _("The case has ended.")
    ON_AGENDA = "case_review_on_agenda", _("The person is on the agenda already.")
    FULL = "case_review_full", _("There are %(most)s people on the agenda. Plan another review.")
    NOTED = "case_review_noted", _("Something is noted about the person. The row stays.")
    NOTHING_NOTED = "case_review_nothing_noted", _("Write a decision, or an action with who and when.")
    ACTION_UNFINISHED = (
        "case_review_action_unfinished",
        _("An action needs what, one responsible, and a day."),
    )
    ACTION_DAY = "case_review_action_day", _("Choose today or a day to come.")
    OWNER_ELSEWHERE = (
        "case_review_owner_elsewhere",
        _("That person may not read about the participant today. Choose somebody else."),
    )
    CHANGED = "case_review_changed", _("Something was noted meanwhile. Look through it and close again.")
    NO_PDF = "case_review_no_pdf", _("This computer cannot make the minutes as a PDF. Ask whoever runs it.")
