"""Why nothing is sent to an agency."""

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
