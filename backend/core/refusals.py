"""Why core refuses what somebody hands in."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class HandInRefusal(Refusal):
    """Why a file is not taken."""

    TOO_LARGE = (
        "file_too_large",
        _("The file is larger than %(most)s MB. Take a smaller photo, or scan in black and white."),
    )
    EMPTY = "file_empty", _("The file is empty. Choose it again.")
    WRONG_KIND = (
        "file_of_wrong_kind",
        _("The file is no PDF, JPEG or PNG that can be opened. Take a photo of the paper, or scan it."),
    )
