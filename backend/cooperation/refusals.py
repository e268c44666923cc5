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
